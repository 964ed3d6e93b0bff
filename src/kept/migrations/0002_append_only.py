"""Triggers: an Event is sealed once and may be emptied; an Arrival keeps its bytes. Nothing else is ever updated or deleted (R13)."""

from django.db import migrations

EVENT_SQLITE = """
CREATE TRIGGER event_is_append_only BEFORE UPDATE ON kept_event
WHEN NEW.kind IS NOT OLD.kind OR date(NEW.at) IS NOT date(OLD.at)
  OR (OLD.number IS NOT NULL AND (NEW.number IS NOT OLD.number OR NEW.commitment IS NOT OLD.commitment OR NEW.chain IS NOT OLD.chain))
  OR (NEW.salt IS NOT OLD.salt AND NEW.salt IS NOT x'')
  OR ((NEW.facts IS NOT OLD.facts OR NEW.about IS NOT OLD.about OR NEW.by IS NOT OLD.by OR NEW.at IS NOT OLD.at) AND NEW.salt IS NOT x'')
BEGIN SELECT RAISE(ABORT, 'an event may only be sealed or emptied'); END
"""
EVENT_DELETE_SQLITE = """
CREATE TRIGGER event_stays BEFORE DELETE ON kept_event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END
"""
ARRIVAL_SQLITE = """
CREATE TRIGGER arrival_keeps_its_bytes BEFORE UPDATE OF receipt, account_id, key, body, body_file, envelope, reached_us_at ON kept_arrival
BEGIN SELECT RAISE(ABORT, 'what arrived is never changed'); END
"""
ARRIVAL_DELETE_SQLITE = """
CREATE TRIGGER arrival_stays BEFORE DELETE ON kept_arrival
BEGIN SELECT RAISE(ABORT, 'an arrival is never deleted'); END
"""
# "by" is a word of PL/pgSQL itself: without its quotes the record has no such field.
POSTGRESQL = """
CREATE FUNCTION kept_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'an event is never deleted'; END IF;
  IF NEW.kind IS DISTINCT FROM OLD.kind
     OR (NEW.at AT TIME ZONE 'UTC')::date IS DISTINCT FROM (OLD.at AT TIME ZONE 'UTC')::date
     OR (OLD.number IS NOT NULL AND (NEW.number IS DISTINCT FROM OLD.number
         OR NEW.commitment IS DISTINCT FROM OLD.commitment OR NEW.chain IS DISTINCT FROM OLD.chain))
     OR (NEW.salt IS DISTINCT FROM OLD.salt AND length(NEW.salt) > 0)
     OR ((NEW.facts IS DISTINCT FROM OLD.facts OR NEW.about IS DISTINCT FROM OLD.about
          OR NEW."by" IS DISTINCT FROM OLD."by" OR NEW.at IS DISTINCT FROM OLD.at) AND length(NEW.salt) > 0)
  THEN RAISE EXCEPTION 'an event may only be sealed or emptied'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON kept_event
FOR EACH ROW EXECUTE FUNCTION kept_event_is_append_only();
CREATE FUNCTION kept_arrival_keeps_its_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what arrived is never changed or deleted'; END $$;
CREATE TRIGGER arrival_keeps_its_bytes
BEFORE DELETE OR UPDATE OF receipt, account_id, key, body, body_file, envelope, reached_us_at ON kept_arrival
FOR EACH ROW EXECUTE FUNCTION kept_arrival_keeps_its_bytes();
"""
DROP = {
    "postgresql": [
        "DROP TRIGGER event_is_append_only ON kept_event",
        "DROP FUNCTION kept_event_is_append_only()",
        "DROP TRIGGER arrival_keeps_its_bytes ON kept_arrival",
        "DROP FUNCTION kept_arrival_keeps_its_bytes()",
    ],
    "sqlite": [
        f"DROP TRIGGER {name}"
        for name in ("event_is_append_only", "event_stays", "arrival_keeps_its_bytes", "arrival_stays")
    ],
}


def guard(apps, schema_editor):
    """The triggers stand."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for trigger in (EVENT_SQLITE, EVENT_DELETE_SQLITE, ARRIVAL_SQLITE, ARRIVAL_DELETE_SQLITE):
        schema_editor.execute(trigger)


def unguard(apps, schema_editor):
    """The triggers are gone, for a migration back."""
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kept", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
