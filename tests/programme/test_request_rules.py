"""What the tables of requests themselves refuse."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from programme.models import ErasedReference, Erasure, SubjectRequest
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def request(**given: Any) -> Any:
    values: dict[str, Any] = {"way": "post", "state": "waiting", "asked_at": NOW, **given}
    values.setdefault("reviewer", make.ReviewerFactory())
    return SubjectRequest.objects.create(**values)


def erasure(**given: Any) -> Any:
    values: dict[str, Any] = {"reason": "they asked", "asked_at": NOW, **given}
    values.setdefault("reviewer", make.ReviewerFactory())
    values.setdefault("asked_by", make.UserFactory())
    return Erasure.objects.create(**values)


def two_open() -> None:
    person = make.ReviewerFactory()
    request(reviewer=person)
    request(reviewer=person, state="ready", document=b"x", made_at=NOW)


def two_erasures() -> None:
    person, by = make.ReviewerFactory(), make.UserFactory()
    erasure(reviewer=person, state="done", ended_by=by, ended_at=NOW)
    erasure(reviewer=person)


def two_of_an_enquiry() -> None:
    for _ in range(2):
        erasure(reviewer=None, enquiry=7)


def by_one_person() -> None:
    user = make.UserFactory()
    erasure(asked_by=user, state="done", ended_by=user, ended_at=NOW)


def same_reference() -> None:
    ErasedReference.objects.create(digest="a")
    ErasedReference.objects.create(digest="a")


BREAKS: dict[str, Callable[[], object]] = {
    "programme_request_way": lambda: request(way="fax"),
    "programme_request_files_while_ready": lambda: request(document=b"x"),
    "programme_request_ended_when_done": lambda: request(state="done"),
    "programme_request_one_open": two_open,
    "programme_erasure_reason": lambda: erasure(reason="no reason"),
    "programme_erasure_ended_by_somebody": lambda: erasure(state="done"),
    "programme_erasure_two_people": by_one_person,
    "programme_erasure_once": two_erasures,
    "programme_erasure_of_one": lambda: erasure(enquiry=1),
    "programme_erasure_enquiry_once": two_of_an_enquiry,
    "digest": same_reference,
}


@pytest.mark.parametrize("name", BREAKS)
def test_table_refuses_the_row(name: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREAKS[name]()
    is_unique = name.endswith(("_once", "_one_open"))
    expected = "UNIQUE" if is_unique and connection.vendor == "sqlite" else name
    assert expected in str(refusal.value)


def test_one_that_was_called_off_leaves_room_for_another() -> None:
    person, by = make.ReviewerFactory(), make.UserFactory()
    erasure(reviewer=person, state="called off", asked_by=by, ended_by=by, ended_at=NOW)
    assert erasure(reviewer=person).state == "waiting"


def test_one_to_download_and_one_to_post_may_be_open_together() -> None:
    person = make.ReviewerFactory()
    request(reviewer=person)
    assert request(reviewer=person, way="online", state="making").way == "online"
