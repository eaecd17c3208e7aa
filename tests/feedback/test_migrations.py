"""Answers, comments and approvals are all there after they moved."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from tests.factories import NOW, TODAY

BEFORE = [("accounts", "0001_initial"), ("feedback", "0001_initial")]
AFTER = [("accounts", "0004_no_moment_of_use"), ("feedback", "0006_answers_have_moved")]


@pytest.fixture
def database(django_db_blocker: Any) -> Iterator[Any]:
    """A database of its own, in memory, that has no table yet."""
    name = "moving"
    connections.databases[name] = connections["default"].settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {},
    }
    with django_db_blocker.unblock():
        yield connections[name]
        connections[name].close()
    del connections[name], connections.databases[name]


def migrated(database: Any, targets: list[tuple[str, str]]) -> Any:
    """The models as they were at these migrations, on a database that is there."""
    MigrationExecutor(database).migrate(targets)
    apps = MigrationExecutor(database).loader.project_state(targets).apps

    def rows(app: str, model: str) -> Any:
        return apps.get_model(app, model).objects.using(database.alias)

    return rows


def a_review(rows: Any) -> Any:
    """A visit with everything that it needs."""
    service = rows("organisation", "Service").create(
        name="Memory Clinic",
        setting="community",
        directorate=rows("organisation", "Directorate").create(name="Community"),
        site=rows("organisation", "Site").create(name="Market House"),
        role_variant=rows("organisation", "RoleVariant").create(name="Visitor", level="basic"),
    )
    return rows("reviews", "Review").create(reference="R-1", service=service, visit_on=TODAY)


def test_answers_keep_what_they_say(database: Any) -> None:
    rows = migrated(database, BEFORE)
    review = a_review(rows)
    user = rows("accounts", "User").create(email="lead@trust.example.org")
    people = [
        rows("reviewers", "Reviewer").create(
            reference=f"LXR-{n}", joined_on=TODAY, stage_since=TODAY
        )
        for n in (1, 2)
    ]
    said = {"review": review, "received_on": date(2026, 6, 1), "how": "online"}
    quote = {"may_quote": True, "approved_at": NOW, "approved_by": user}
    answers = rows("feedback", "Answer")
    answers.create(audience="team", impact=8, comment="Kind", **quote, **said)
    answers.create(audience="lxr", author=people[0], support_on_visit=3, **said)
    for person, answered_on in zip(people, (date(2026, 6, 1), None), strict=True):
        rows("feedback", "Asking").create(
            review=review, audience="lxr", reviewer=person, asked_at=NOW, answered_on=answered_on
        )
    ends = NOW.replace(year=2027)
    for digest, used_at in (("a", NOW), ("b", None)):
        rows("accounts", "SecretLink").create(
            digest=digest, purpose="feedback", object_id=1, created_at=NOW, expires_at=ends,
            used_at=used_at,
        )  # fmt: skip

    rows = migrated(database, AFTER)

    moved, remark = (
        rows("feedback", "Answer").get(audience="team"),
        rows("feedback", "Remark").get(),
    )
    assert (moved.impact, moved.quote_as, moved.form.number) == (8, "anonymous", 1)
    assert (remark.answer, remark.text, remark.question.kind) == (moved, "Kind", "text")
    assert (remark.approved_at, remark.approved_by_id) == (NOW, user.pk)
    own = rows("feedback", "Answer").get(audience="lxr")
    assert (own.author_id, own.support_on_visit, own.quote_as) == (people[0].pk, 3, "no")
    states = rows("feedback", "Asking").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["answered", "open"]
    assert [each.digest for each in rows("accounts", "SecretLink")] == ["b"]
