"""The programs that read paper: which there are, which are missing, and what to install."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.utils.translation import gettext as _

TESSERACT, PDF_TOOLS = "tesseract", ("pdftotext", "pdftoppm", "pdfunite", "pdfseparate")
LANGUAGES = ("eng", "deu")
"""What letters are read in, as far as it is installed."""


def lacking() -> list[str]:
    """What to install so that letters are read by machine, one sentence each; empty when nothing is missing."""
    found = []
    if not shutil.which(TESSERACT):
        found.append(_("Letters are not read by machine: install tesseract-ocr."))
    elif not languages(shutil.which(TESSERACT) or ""):
        found.append(_("Letters are not read by machine: install a language, such as tesseract-ocr-deu."))
    if not all(map(shutil.which, PDF_TOOLS)):
        found.append(_("PDF files are not read by machine: install poppler-utils."))
    return found


def languages(program: str) -> tuple[str, ...]:
    """Those of LANGUAGES that this tesseract can read. Looked for where Debian and others put them, without starting it."""
    places = [Path(program).resolve().parent.parent / "share", Path("/usr/share"), Path("/usr/local/share")]
    found = {file.stem for place in places for file in place.glob("tesseract-ocr/*/tessdata/*.traineddata")}
    found |= {file.stem for place in places for file in place.glob("tessdata/*.traineddata")}
    return tuple(one for one in LANGUAGES if one in found)
