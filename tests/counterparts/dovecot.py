"""A real Dovecot with one mailbox, in a folder and at a port of its own; it can be stopped, changed, and started again."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from imaplib import IMAP4
from pathlib import Path
from urllib.parse import quote

from tests.counterparts.patience import eventually, free_port

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "dovecot"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u:INDEX=MEMORY
mail_fsync = never
first_valid_uid = 1
{users}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Dovecot:
    """The mailbox of help@marlow.example."""

    folder: Path
    port: int
    user: str = "help@marlow.example"
    password: str = "quay street 8"

    @property
    def url(self) -> str:
        """What `--set imap=` wants to hear."""
        return f"imap://{quote(self.user)}@127.0.0.1:{self.port}"

    def start(self) -> None:
        """It greets."""
        self.lets_in(self.password)
        subprocess.run(
            [PROGRAM, "-c", str(self.folder / "dovecot.conf")], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        eventually(self._greets)

    def _greets(self) -> bool:
        try:
            with IMAP4("127.0.0.1", self.port, timeout=5):
                return True
        except (OSError, IMAP4.error):
            return False

    def stop(self) -> None:
        """Nobody listens, and whoever was connected is cut off."""
        subprocess.run(
            [PROGRAM, "-c", str(self.folder / "dovecot.conf"), "stop"],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        eventually(lambda: not self._greets())

    def lets_in(self, password: str) -> None:
        """From now on with this password only."""
        users = self.folder / "users"
        users.write_text(f"{self.user}:{{PLAIN}}{password}\n", encoding="utf-8")
        users.chmod(0o644)
        self.password = password

    @contextmanager
    def opened(self, folder: str = "INBOX") -> Iterator[IMAP4]:
        """The mailbox as a person's own mail program has it."""
        with IMAP4("127.0.0.1", self.port, timeout=10) as imap:
            imap.login(self.user, self.password)
            imap.select(folder)
            yield imap

    def receives(self, mail: bytes, *, date: str | None = None, flags: str = "") -> None:
        """One more mail lies in it; `date` as IMAP writes it, such as "01-Jun-2026 09:00:00 +0000"."""
        with self.opened() as imap:
            answer, why = imap.append("INBOX", flags, f'"{date}"' if date else "", mail)  # type: ignore[arg-type]
            assert answer == "OK", why

    def holds(self, folder: str = "INBOX") -> dict[str, str]:
        """Every mail in that folder: its Message-ID and its flags. Empty where there is no such folder."""
        with IMAP4("127.0.0.1", self.port, timeout=10) as imap:
            imap.login(self.user, self.password)
            if imap.select(folder, readonly=True)[0] != "OK":
                return {}
            _answer, found = imap.uid("FETCH", "1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
            mails = [part for part in found if isinstance(part, tuple)]
            return {said.decode().split(":", 1)[1].strip(): _flags(line.decode()) for line, said in mails}

    def counts_anew(self) -> None:
        """Its UIDVALIDITY is another, as after a move to another server: every UID means something else."""
        (self.folder / "mail" / self.user / "dovecot-uidlist").unlink()

    def has_somebody(self) -> bool:
        """A program is logged in just now."""
        who = subprocess.run(["doveadm", "-c", str(self.folder / "dovecot.conf"), "who"], check=True, capture_output=True)
        return self.user.encode() in who.stdout

    @property
    def said(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


def _flags(line: str) -> str:
    return line.partition("FLAGS (")[2].partition(")")[0].replace("\\Recent", "").strip()


@contextmanager
def a_mailbox() -> Iterator[Dovecot]:
    """Dovecot, running, and gone with its folder at the end."""
    folder = Path(tempfile.mkdtemp(prefix="kept-dovecot-"))
    folder.chmod(0o755)
    me = pwd.getpwuid(os.geteuid())
    owner, users = me, f"default_internal_user = {me.pw_name}\ndefault_login_user = {me.pw_name}"
    if me.pw_uid == 0:
        owner, users = pwd.getpwnam("mail"), ""
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
    dovecot = Dovecot(folder, free_port())
    config = CONFIG.format(folder=folder, port=dovecot.port, uid=owner.pw_uid, gid=owner.pw_gid, users=users)
    (folder / "dovecot.conf").write_text(config, encoding="utf-8")
    try:
        dovecot.start()
        yield dovecot
    finally:
        dovecot.stop()
        shutil.rmtree(folder, ignore_errors=True)
