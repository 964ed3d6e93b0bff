"""The signed page on which customers say how one of us did."""

from __future__ import annotations

from kept.lib.address import base_url
from kept.lib.links import page_token
from kept.people.models import Employee


def about_link(employee: Employee) -> str:
    """“Did I do well, or not? Tell my manager.” leads here; only this house can have made the link."""
    return f"{base_url()}/say-a-good-word/about/{page_token('employee', employee.public_id)}"
