"""The same visitor as on the customer's pages."""

from __future__ import annotations

from kept.web.customer.tests.conftest import visitor

__all__ = ["visitor"]
