"""What data must keep: each constraint is broken by a test, each model has its rule."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from programme.model_rules import MODEL_RULES, Export

OURS = {
    "accounts", "audit", "checks", "feedback", "insights", "jobs", "notifications",
    "organisation", "programme", "reviewers", "reviews", "training",
}  # fmt: skip
TESTS = Path(__file__).resolve().parent.parent


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


@cache
def words_of(app: str) -> str:
    """Everything that the tests of an app say, and the table of rows that break rules."""
    files = [*sorted((TESTS / app).rglob("test_*.py")), TESTS / "nets" / "test_constraints.py"]
    return "\n".join(path.read_text("utf-8") for path in files)


CONSTRAINTS = [
    (model._meta.app_label, constraint.name)
    for model in our_models()
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize(("app", "name"), CONSTRAINTS)
def test_constraint_is_broken_by_a_test(app: str, name: str) -> None:
    """A test of the app names the constraint that it breaks."""
    assert re.search(rf"\b{name}\b", words_of(app)), f"tests/{app} never breaks {name}"


def test_every_model_says_what_becomes_of_its_rows() -> None:
    assert sorted(MODEL_RULES) == sorted(model._meta.label_lower for model in our_models())


def test_every_rule_says_when_a_row_goes() -> None:
    assert [
        label for label, rule in MODEL_RULES.items() if not rule.retention.sentence.endswith(".")
    ] == []


def test_secrets_are_never_exported() -> None:
    assert MODEL_RULES["accounts.secretlink"].export == Export.NEVER


def test_floors_hold_no_other_apps() -> None:
    folders = {path.parent.name for path in TESTS.parent.glob("*/models.py")}
    packages = {path.parent.parent.name for path in TESTS.parent.glob("*/models/__init__.py")}
    assert folders | packages == OURS
