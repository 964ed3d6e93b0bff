"""Provisional; being replaced."""
from __future__ import annotations
from zoneinfo import ZoneInfo
def moment_in_words(moment, zone, now, relative=False): return moment.astimezone(ZoneInfo(zone)).strftime("%A %-d %B, %H:%M")
