"""How another program reads the figures, for the tests: a token, a request, the promised shape."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.contrib.staticfiles import finders
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from insights.api.operations import make_token
from insights.api.scopes import Scope
from insights.models import ApiToken
from tests import factories as make
from tests.factories import NOW, TODAY

OPENAPI = yaml.safe_load(Path(finders.find("api/openapi.yaml")).read_text(encoding="utf-8"))
PATHS = ("/coverage", "/misses", "/impact", "/training")


def token(*scopes: str, **given: Any) -> tuple[ApiToken, str]:
    """A token, of every scope unless some are named, and its secret."""
    return make_token(
        **{
            "name": "Power BI",
            "scopes": scopes or Scope.values,
            "last_day": TODAY + timedelta(days=30),
            "once": uuid.uuid4(),
            "by": make.UserFactory(roles=["quality_lead"]),
            "now": NOW,
            **given,
        }
    )


def ask(path: str, secret: str = "", client: Client | None = None, **asked: Any) -> Any:
    """The answer to one request."""
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return (client or Client()).get(f"/api/v1{path}", asked, headers=headers)


def read(path: str, secret: str, **asked: Any) -> dict[str, Any]:
    """A good answer, which is as the OpenAPI file says."""
    response = ask(path, secret, **asked)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert "no-store" in response["Cache-Control"]
    assert broken_promises(path, response) == []
    document: dict[str, Any] = response.json()
    return document


def broken_promises(path: str, response: Any) -> list[str]:
    """Where an answer is not as the OpenAPI file says."""
    said = OPENAPI["paths"][path]["get"]["responses"][str(response.status_code)]
    if "$ref" in said:
        said = OPENAPI["components"]["responses"][said["$ref"].rpartition("/")[2]]
    kind = response["Content-Type"]
    schema = pinned(said["content"][kind]["schema"])
    registry = Registry().with_resource("api", Resource(OPENAPI, DRAFT202012))
    validator = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
    found = [error.message for error in validator.iter_errors(response.json())]
    return found + [name for name in said.get("headers", {}) if not response.has_header(name)]


def pinned(schema: Any) -> Any:
    """The schema with its references to the whole file."""
    if isinstance(schema, dict):
        return {
            key: f"api{value}" if key == "$ref" else pinned(value) for key, value in schema.items()
        }
    return schema
