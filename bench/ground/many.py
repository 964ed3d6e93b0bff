"""A hundred thousand open cases: one that came through the front door, copied straight into the tables. For benches only."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection, models

from kept.cases.models import Case, Message, Participant
from kept.demo.cast import Marlow
from kept.lib.clock import now
from kept.people.models import Customer, Identity
from kept.promises.models import Promise
from kept.replies.models import Delivery
from kept.timeline.models import Event

APART = 7
"""Seconds between one case and the next, in all its times."""
FIRST_COPY, FAR_APART = 1_000_000, 10_000_000
"""Ids of copies begin here, so that copy n of every table belongs together."""


def pattern(marlow: Marlow) -> Case:
    """The one that the others are copies of: acknowledged, with its promise and its history."""
    case = marlow.mary.fills_in_the_form("Sixteen of my forty boxes never came. Will you send them, or refund me?")
    marlow.works()
    return case


def fill(case: Case, *, after: int, up_to: int) -> None:
    """Copies `after` + 1 to `up_to` of the pattern stand in every table."""
    ours = _copied(1)
    same, to_customer = {"case_id": _copied(0)}, {"customer_id": _copied(0)}
    words = Message.objects.filter(case=case)
    steps: list[tuple[models.QuerySet[models.Model], dict[str, str], int]] = [
        (Customer.objects.filter(pk=case.customer_id), {}, 0),
        (Identity.objects.filter(customer=case.customer_id)[:1], to_customer | {"value": "value || n"}, 0),
        (Case.objects.filter(pk=case.pk), to_customer, 0),
        (Participant.objects.filter(case=case), same | to_customer, 0),
        (words.filter(is_theirs=True)[:1], same | to_customer | {"arrival_id": "NULL"}, 0),
        (
            words.filter(is_theirs=False)[:1],
            same | {"external_id": "external_id || n", "answers_up_to_id": _copied(0)},
            1,
        ),
        (Promise.objects.filter(case=case), same | {"said_in_id": ours}, 0),
        (Delivery.objects.filter(message__case=case)[:1], {"message_id": ours}, 0),
    ]
    unsealed = {"about": f"'case:' || ({_copied(0)})", "number": "NULL", "commitment": "NULL", "chain": "NULL"}
    events = Event.objects.filter(about=case.about).order_by("id")
    steps += [(Event.objects.filter(pk=event.pk), unsealed, place) for place, event in enumerate(events)]
    for rows, changes, place in steps:
        _copy(rows, changes, place=place, after=after, up_to=up_to)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def a_full_house(cases: int) -> tuple[Marlow, Case]:
    """A fresh house with that many open cases, the pattern among them; its present is the real one."""
    call_command("migrate", verbosity=0, interactive=False)
    marlow = Marlow(now())
    marlow.hires_the_others()
    case = pattern(marlow)
    fill(case, after=0, up_to=cases - 1)
    return marlow, case


def _copied(place: int) -> str:
    """The id of copy n; several copies of one table lie far apart."""
    return f"{FIRST_COPY + place * FAR_APART} + n"


def _copy(rows: models.QuerySet[models.Model], changes: dict[str, str], *, place: int, after: int, up_to: int) -> None:
    """Copy n of the row, with its own id, its own public id, and every time n * APART seconds later."""
    model, row = rows.model, next(iter(rows), None)
    if row is None or up_to <= after:
        return
    columns = [field for field in model._meta.concrete_fields if not field.primary_key]
    values = [changes.get(field.column, _value(field)) for field in columns]
    names = ", ".join(f'"{field.column}"' for field in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} (id, {names}) "
            f"WITH RECURSIVE numbers(n) AS (SELECT {after + 1} UNION ALL SELECT n + 1 FROM numbers WHERE n < {up_to}) "
            f"SELECT {_copied(place)}, {', '.join(values)} FROM {model._meta.db_table}, numbers WHERE id = {row.pk}"
        )


def _value(field: models.Field[object, object]) -> str:
    name, is_sqlite = f'"{field.column}"', connection.vendor == "sqlite"
    if isinstance(field, models.UUIDField):
        return "lower(hex(randomblob(16)))" if is_sqlite else "gen_random_uuid()"
    if isinstance(field, models.DateTimeField):
        later = f"strftime('%Y-%m-%d %H:%M:%S', {name}, '+' || (n * {APART}) || ' seconds')"
        return later if is_sqlite else f"{name} + n * interval '{APART} seconds'"
    return name
