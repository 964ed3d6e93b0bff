"""From an empty folder to a house that answers: the folder, its key, its lock, its ports, its tables, and what a person reads."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from kept.running.locking import CannotStart, lock, must_be_free
from kept.running.plan import MAIL, WEB, Plan


def prepare_folder(data: Path) -> None:
    """The folder is there, only for us, with the key that settings will read. Needs no Django. Raises CannotStart."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = data / "secret-key"
        if not key.exists() and not os.environ.get("KEPT_SECRET_KEY") and not os.environ.get("KEPT_SECRET_KEY_FILE"):
            draft = data / f"secret-key.{os.getpid()}"
            draft.write_text(secrets.token_urlsafe(48) + "\n", encoding="ascii")
            draft.chmod(0o600)
            draft.rename(key)
    except OSError as trouble:
        raise CannotStart(f"The folder {data} cannot be used: {trouble.strerror}. Give another: --data.") from None


def start(plan: Plan, *, data: Path, is_whole: bool, furnish: Callable[[], str] | None = None) -> None:
    """Serves until it is told to stop. `is_whole`: this is `./kept run`, which also makes its tables and a first form.

    `furnish` fills a new house before it opens, and says what else a person should read.
    """
    _held = lock(data) if is_whole else None
    if WEB in plan.roles:
        must_be_free(plan.host, plan.port, option="--port")
    if MAIL in plan.roles and plan.lmtp_port:
        if WEB in plan.roles and plan.lmtp_port == plan.port:
            raise CannotStart(f"Pages and LMTP cannot share port {plan.port}. Choose another: --port or --lmtp-port.")
        must_be_free(plan.lmtp_host, plan.lmtp_port, option="--lmtp-port")
    if is_whole:
        make_tables()
        (data / "address").write_text(_address(plan) + "\n", encoding="ascii")
    _must_have_a_key()
    if WEB in plan.roles:
        from kept.running.static_files import gather

        gather()
    if is_whole:
        _welcome(plan, furnish() if furnish else "")
    _let_go_of_the_database()
    from kept.running.serving import serve

    serve(plan)


def make_tables() -> None:
    """Every migration has run, and the database keeps what it says it keeps. Raises CannotStart when it cannot be reached."""
    from django.core.management import call_command
    from django.db import DatabaseError

    from kept.intake.accepting import check_durability

    try:
        call_command("migrate", verbosity=0, interactive=False)
        if flaws := check_durability():
            raise CannotStart(" ".join(flaws))
    except DatabaseError as trouble:
        raise CannotStart(f"The database cannot be used{_named()}: {str(trouble).strip().splitlines()[0]}") from None


def _named() -> str:
    """Which setting said where it is; without any, it is a file in the data folder."""
    from django.conf import settings
    from django.db import connection

    return f" ({settings.DATABASES['default']['NAME']})" if connection.vendor == "sqlite" else " (KEPT_DATABASE_URL)"


def _must_have_a_key() -> None:
    from django.conf import settings

    if not settings.SECRET_KEY:
        raise CannotStart(
            "KEPT_SECRET_KEY is not set. Give every role the same one, of 32 characters and more (or KEPT_SECRET_KEY_FILE)."
        )


def _address(plan: Plan) -> str:
    host = "localhost" if plan.host in {"0.0.0.0", "::"} else plan.host  # noqa: S104 - read, not bound
    return f"http://[{host}]:{plan.port}" if ":" in host else f"http://{host}:{plan.port}"


def _welcome(plan: Plan, says_more: str) -> None:
    """What a person who has just started Kept needs to know, and no more."""
    from django.conf import settings
    from django.urls import reverse

    from kept.accounts.settling_in import settle_in
    from kept.lib.address import base_url
    from kept.lib.clock import now
    from kept.people.inviting import make_first_link

    form, link = settle_in(now()), make_first_link(now=now())
    lines = [
        f"Kept is here:            {base_url()}/desk/",
        f"A form for all:          {base_url()}{reverse('form', args=[form.slug])}",
    ]
    if link is not None:
        lines.append(f"Sign in first:           {base_url()}{reverse('sign_in_link', args=[link])}   (once, within a week)")
    if plan.lmtp_port:
        lines.append(f"Mail by LMTP:            {plan.lmtp_host}, port {plan.lmtp_port}")
    if not settings.SMTP_URL and not says_more:
        lines.append("No outgoing mail server is set: what you write waits. Give one with --smtp smtp://host:port.")
    lines += [says_more] if says_more else []
    print("\n".join([*lines, "Ctrl-c stops it."]), flush=True, file=sys.stdout)


def _let_go_of_the_database() -> None:
    """No connection may cross the fork."""
    from django.db import connections

    connections.close_all()
