"""The squares of a QR code, for whoever draws them: as SVG on a card, as ink on a letter."""

from __future__ import annotations

import qrcode
from qrcode.constants import ERROR_CORRECT_M

EDGE = 4
"""Quiet modules around it (ISO/IEC 18004, 5.3.8)."""


def squares(text: str) -> list[list[bool]]:
    """Row after row, True where it is dark; the quiet edge is part of it."""
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=EDGE)
    made.add_data(text)
    made.make(fit=True)
    return [[bool(is_dark) for is_dark in row] for row in made.get_matrix()]
