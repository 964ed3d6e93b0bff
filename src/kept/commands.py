"""The dispatcher of `./kept`: exactly the verbs of KEPT.md section 4. What each does lies elsewhere."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from kept.lib import env
from kept.running.locking import CannotStart
from kept.running.plan import CLOCK, EVERYTHING, MAIL, WEB, WORK, Plan
from kept.running.starting import prepare_folder, start

ABOUT = """\
  run       the whole house: pages, worker, clock and mail; ctrl-c stops it
  demo      the sample house with its life, in a folder of its own
  test      every test          check    format, lint, types, house rules
  doctor    what is wrong, in plain words
  intake    one item from standard input: ./kept intake ACCOUNT < message
  employee  add somebody who works here
  account   add a way in or out
  token     add a key for a program
  import    bring in a list: ./kept import months FILE, or facts FILE
  web, work, clock, mail        the roles apart, for PostgreSQL
  bench     measurements        django   Django's own commands
"""
REFUSED = frozenset({"flush", "loaddata", "sqlflush", "runserver", "testserver", "createsuperuser"})
"""Django commands that would delete what arrived, write past the history, or serve without the door."""

TRY_AGAIN, UNDERSTOOD = 75, frozenset({0, 65, 75, 77})
"""Exit codes of the pipe (doors/pipe.py), needed before anything of the house can be loaded."""


def main(arguments: Sequence[str]) -> int:
    """The exit code. Whatever is wrong with a setting is one sentence on standard error."""
    verb, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.settings")
    try:
        if verb in {"run", "demo"}:
            return _run(verb, rest)
        if verb in {WEB, WORK, CLOCK, MAIL}:
            return _role(verb, rest)
        if verb == "django":
            return _django(rest)
        if verb == "intake":
            return _intake(rest)
        if verb in {"doctor", "employee", "account", "token", "import"}:
            return _call(verb, rest)
    except (CannotStart, env.WrongSetting) as trouble:
        print(trouble, file=sys.stderr)
        return 2
    print(f"./kept VERB, where VERB is one of\n{ABOUT}", file=sys.stderr)
    return 0 if verb in {"help", "-h", "--help"} else 2


def _run(verb: str, rest: list[str]) -> int:
    typed = _parser_of(verb).parse_args(rest)
    data = Path(typed.data).absolute()
    if verb == "demo":
        data = data / "demo"
        os.environ["KEPT_DEMO"] = "yes"
        if typed.fresh or not (data / "furnished").is_file():
            shutil.rmtree(data, ignore_errors=True)  # also one that was left half built
    os.environ["KEPT_DATA"] = str(data)
    if typed.smtp:
        os.environ["KEPT_SMTP_URL"] = typed.smtp
    os.environ.setdefault("KEPT_BOUND_HOST", typed.host)
    plan = Plan(EVERYTHING, typed.host, typed.port, typed.lmtp_port, typed.lmtp_host, threads=_threads())
    prepare_folder(data)
    _set_up()
    start(plan, data=data, is_whole=True, furnish=_sample_house if verb == "demo" else None)
    return 0


def _parser_of(verb: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"./kept {verb}")
    _listens(parser)
    parser.add_argument("--data", default=env.text("KEPT_DATA", "data"), help="the folder with everything that is kept")
    parser.add_argument("--smtp", default="", metavar="smtp://host:port", help="the outgoing mail server")
    if verb == "demo":
        parser.add_argument("--fresh", action="store_true", help="begin the sample house anew")
    return parser


def _sample_house() -> str:
    """Furnished, unless it stands already. Returns what else a visitor needs to know: how to get in."""
    from kept.demo.opening import furnish

    return furnish()


def _listens(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address the pages listen on")
    parser.add_argument("--port", type=int, default=8000)
    port = env.number("KEPT_LMTP_PORT", 0, most=65535)
    parser.add_argument("--lmtp-port", type=int, default=port, help="take mail by LMTP at this port")
    parser.add_argument("--lmtp-host", default=env.text("KEPT_LMTP_HOST", "127.0.0.1"))


def _threads() -> int:
    return env.number("KEPT_WEB_THREADS", 16, least=1, most=1024)


def _role(role: str, rest: list[str]) -> int:
    """One role apart. Nothing is migrated and no key is made: that is for whoever installs (docs/self-hosting.md)."""
    parser = argparse.ArgumentParser(prog=f"./kept {role}")
    _listens(parser)
    typed = parser.parse_args(rest)
    _set_up()
    from django.conf import settings

    processes = env.number("KEPT_WEB_PROCESSES", 1, least=1, most=256)
    if "sqlite3" in str(settings.DATABASES["default"]["ENGINE"]) and (processes > 1 or role != WEB):
        raise CannotStart(
            "The roles apart need PostgreSQL (KEPT_DATABASE_URL): on SQLite, ./kept run does everything in one process."
        )
    plan = Plan((role,), typed.host, typed.port, typed.lmtp_port, typed.lmtp_host, processes, _threads())
    start(plan, data=settings.DATA, is_whole=False)
    return 0


def _django(rest: list[str]) -> int:
    if rest and rest[0] in REFUSED:
        raise CannotStart(f"{rest[0]} is not for a house whose history may not be lost.")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./kept django", *rest])
    return 0


def _intake(rest: list[str]) -> int:
    """A mail server bounces what ends in a code it does not know; our own fault is 75, so that it tries again (R1)."""
    try:
        code = _call("intake", rest)
    except Exception as trouble:
        print(f"Not just now, nothing was kept: {trouble}", file=sys.stderr)
        return TRY_AGAIN
    return code if code in UNDERSTOOD else TRY_AGAIN


def _call(verb: str, rest: list[str]) -> int:
    """A verb that is one call into the house; its file is management/commands/<verb>.py."""
    import django
    from django.core.management import ManagementUtility

    django.setup()
    if not {"-h", "--help"} & set(rest) and not _is_furnished():
        says = "There is no house here yet, or its database does not open (KEPT_DATA, KEPT_DATABASE_URL): start ./kept run once."
        raise CannotStart(says)
    try:
        ManagementUtility(["./kept", verb, *rest]).execute()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _is_furnished() -> bool:
    """Tables are there; also false where no database answers."""
    from django.db import OperationalError, connection

    try:
        return "kept_house" in connection.introspection.table_names()
    except OperationalError:
        return False


def _set_up() -> None:
    import django
    from django.conf import settings

    from kept.channels.email.servers import WrongAddress, smtp_server

    django.setup()
    try:
        smtp_server({"smtp_default": settings.SMTP_URL})
    except WrongAddress as trouble:
        raise CannotStart(f"KEPT_SMTP_URL (or --smtp): {trouble}") from None
