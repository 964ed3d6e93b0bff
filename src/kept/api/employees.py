"""Who answers them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from kept.api.paging import USUAL, Cursor, Limit, page
from kept.api.schemas import EmployeePage
from kept.api.showing import employee_out
from kept.lib import clock
from kept.people.models import Employee

router = Router(tags=["employees"])


@router.get("/employees", response=EmployeePage)
def list_employees(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL) -> EmployeePage:  # noqa: ARG001
    """Everybody who is one of us now."""
    employees = Employee.objects.filter(is_active=True).select_related("team")
    found, following = page(employees, by=("id",), cursor=cursor, limit=limit)
    now = clock.now()
    return EmployeePage(items=[employee_out(employee, now=now) for employee in found], next=following)
