"""Provisional; being replaced."""
from __future__ import annotations
import nh3, html as _h
def safe_html(dirty): return nh3.clean(dirty)
def text_of(dirty): return _h.unescape(nh3.clean(dirty, tags=set()))
