"""Part of the base: the fields and files of a posted form, in any of the three ways a form can be posted."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from kept.channels.base import Attachment, Handle, Raw, Unreadable
from kept.channels.cleaning import clean_line
from kept.channels.handles import email_address, handles, name_with, proven_at

_FORM = "application/x-www-form-urlencoded"


class _InMemory(MemoryFileUploadHandler):
    """Keeps every file in memory: the door has already limited the whole."""

    def handle_raw_input(self, *_args: Any, **_kwargs: Any) -> None:
        self.activated = True


def posted_key(raw: Raw) -> str:
    """The poster's own key, else the one-time token of our page; empty without either: then every post is new."""
    if key := raw.envelope.get("idempotency-key"):
        return f"key:{clean_line(key, limit=300)}"
    if nonce := raw.envelope.get("form-nonce"):
        return f"form:{clean_line(nonce, limit=300)}"
    return ""


def read_fields(raw: Raw) -> tuple[Mapping[str, str], tuple[Attachment, ...]]:
    """The fields as text, and the files. Raises Unreadable where the bytes are no such form."""
    written = raw.envelope.get("content-type", "")
    kind, _, parameters = written.partition(";")
    kind = kind.strip().lower() or (_FORM if not raw.body.lstrip().startswith(b"{") else "application/json")
    if kind == "application/json":
        return json_fields(raw.body), ()
    if kind == "multipart/form-data":
        return _multipart_fields(raw.body, written)
    if kind == _FORM:
        return _typed_fields(raw.body, charset="latin-1" if "8859-1" in parameters else "utf-8"), ()
    raise Unreadable(f"A form cannot be posted as {clean_line(kind, limit=80)}.")


def writer_in(fields: Mapping[str, str], raw: Raw) -> tuple[tuple[Handle, ...], str]:
    """Whoever filled in a page of ours, and their name; where they typed no address, the one to which its link was mailed."""
    sender, rest = handles([("email", fields.get("email", ""))])
    mailed_to = email_address(raw.envelope.get("proven-email", ""))
    if mailed_to and not sender:
        sender = (Handle("email", mailed_to),)
    return proven_at(sender, mailed_to), name_with(fields.get("name", ""), rest)


def _typed_fields(body: bytes, *, charset: str) -> Mapping[str, str]:
    try:
        fields = QueryDict(body, encoding=charset)
    except (SuspiciousOperation, ValueError) as trouble:
        raise Unreadable(f"The form's fields cannot be read: {trouble}") from None
    return fields.dict()


def _multipart_fields(body: bytes, content_type: str) -> tuple[Mapping[str, str], tuple[Attachment, ...]]:
    about = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": len(body)}
    try:
        fields, files = MultiPartParser(about, io.BytesIO(body), [_InMemory()], "utf-8").parse()
    except (MultiPartParserError, RequestDataTooBig, SuspiciousOperation, ValueError, LookupError) as trouble:
        raise Unreadable(f"The form's parts cannot be read: {trouble}") from None
    attachments = tuple(
        Attachment(clean_line(file.name or "file", limit=200), clean_line(file.content_type or "", limit=100), file.read())
        for _name, each in files.lists()
        for file in each
    )
    return fields.dict(), attachments  # type: ignore[return-value]


def json_fields(body: bytes) -> Mapping[str, str]:
    """The fields as text, of a page that keeps nothing but JSON. Raises Unreadable where it is no object."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as trouble:
        raise Unreadable(f"This is not JSON: {trouble}") from None
    if not isinstance(fields, dict):
        raise Unreadable("This JSON is not an object with the form's fields.")
    return {str(name): _as_text(value) for name, value in fields.items()}


def _as_text(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
