"""Audit events are written with the change they describe, and never touched again."""

from typing import Any

import pytest
from django.db import IntegrityError

from audit.models import Event
from audit.operations import OutsideTransaction, record
from tests.factories import NOW, ReviewerFactory, UserFactory

pytestmark = pytest.mark.django_db


def event(**given: Any) -> Event:
    return Event.objects.create(
        **{"at": NOW, "action": "looked", "object_type": "x", "object_id": "1", **given}
    )


def test_record_writes_ids_and_field_names() -> None:
    user, reviewer = UserFactory(), ReviewerFactory()

    written = record(
        "changed details",
        on=reviewer,
        by=user,
        now=NOW,
        about=reviewer.pk,
        fields=["phone", "email"],
        why="asked by phone",
    )

    assert Event.objects.values_list(
        "at", "kind", "action", "actor_id", "object_type", "object_id", "person_id", "fields", "why"
    ).get(pk=written.pk) == (
        NOW,
        "done",
        "changed details",
        user.pk,
        "reviewers.reviewer",
        str(reviewer.pk),
        reviewer.pk,
        ["email", "phone"],
        "asked by phone",
    )


def test_the_portal_itself_is_no_actor() -> None:
    written = record("expired", on=UserFactory(), by=None, now=NOW, kind=Event.Kind.LOOKED)

    assert (written.actor_id, written.kind) == (None, "looked")


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused() -> None:
    user = UserFactory()

    with pytest.raises(OutsideTransaction):
        record("changed", on=user, by=None, now=NOW)

    assert Event.objects.count() == 0


def test_events_are_found_by_person() -> None:
    event(person_id=1)
    wanted = event(person_id=2)

    assert list(Event.objects.all().about_person(2)) == [wanted]


def test_events_are_never_changed_or_deleted() -> None:
    written = event()

    for attempt in (
        written.save,
        written.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(action="other"),
    ):
        with pytest.raises(TypeError):
            attempt()

    assert Event.objects.get().action == "looked"


def test_newest_event_comes_first() -> None:
    first, second = event(), event()

    assert list(Event.objects.all()) == [second, first]
    assert str(first) == "looked x 1"


def test_kind_is_one_of_two() -> None:
    with pytest.raises(IntegrityError, match="audit_event_kind"):
        event(kind="read")


def test_event_says_what_was_done() -> None:
    with pytest.raises(IntegrityError, match="audit_event_says_what"):
        event(action="")
