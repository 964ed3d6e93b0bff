"""The API describes itself: openapi.json, served and committed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation

from kept.api.acting import LONGEST_KEY
from kept.api.problems import MEDIA_TYPE, answer_to
from kept.api.schemas import Problem

COMMITTED = Path(__file__).with_name("openapi.json")
PREFIX = "api/v1/"
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Names this request: sent again with the same body it is done once and answered the same, for 30 days.",
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
}


class KeptAPI(NinjaAPI):
    """An API that answers every error as a problem, and whose description knows that and the Idempotency-Key."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """The problem that says what went wrong."""
        return answer_to(exc, request)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function; each is there once."""
        return operation.view_func.__name__

    def get_openapi_schema(self, *, path_prefix: str | None = PREFIX, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
        """The description, the same wherever the API is mounted."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        shapes = Problem.model_json_schema(ref_template=REF_TEMPLATE)
        schema["components"]["schemas"] |= shapes.pop("$defs") | {"Problem": shapes}
        for path in schema["paths"].values():
            for method, operation in path.items():
                operation["responses"] |= _problems()
                if method == "post":
                    operation["parameters"].append(KEY)
        return schema


def _problems() -> dict[str, object]:
    content = {MEDIA_TYPE: {"schema": {"$ref": REF_TEMPLATE.format(model="Problem")}}}
    return {
        "4XX": {"description": "Not done, and why.", "content": content},
        "5XX": {"description": "Our fault; nothing was done.", "content": content},
    }


def as_json(api: NinjaAPI) -> str:
    """The description as text."""
    return json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False) + "\n"


def write_openapi(api: NinjaAPI) -> Path:
    """The committed description is current."""
    COMMITTED.write_text(as_json(api), encoding="utf-8")
    return COMMITTED
