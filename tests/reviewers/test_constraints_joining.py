"""What the database keeps true about enquiries, interviews and the role description."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from reviewers.models import Enquiry, Interview, RoleDescription, RoleSignature, StageChange
from tests.factories import NOW, TODAY, ReviewerFactory


def enquiry(**given):
    values = {"name": "Fay Hill", "contact": "07700 900777", "received_at": NOW}
    return Enquiry.objects.create(**values | given)


def interview(reviewer, **given):
    values = {"held_on": TODAY, "interviewers": "Kim Shaw", "recorded_at": NOW}
    return Interview.objects.create(reviewer=reviewer, **values | given)


def version(number):
    return RoleDescription.objects.create(
        number=number, words="Words", published_at=NOW, needed_from=TODAY
    )


def role_file(of=None, **given):
    values = {"format": "easy read", "kind": "pdf", "name": "a.pdf", "size": 1, "content": b"a"}
    return (of or version(2)).files.create(**values | given)


def signature(reviewer, **given):
    values = {"version": 1, "signed_on": TODAY, "how": "paper"}
    return RoleSignature.objects.create(reviewer=reviewer, **values | given)


BREAKS = {
    "reviewers_reviewer_source": lambda person: ReviewerFactory(source="a dream"),
    "reviewers_reviewer_signed_version": lambda person: ReviewerFactory(signed_version=0),
    "reviewers_change_leaving_reason": lambda person: StageChange.objects.create(
        reviewer=person, from_stage="active", to_stage="paused", at=NOW, leaving_reason="no time"
    ),
    "reviewers_enquiry_closed_at": lambda person: enquiry(outcome="closed"),
    "reviewers_interview_outcome": lambda person: interview(person, outcome="maybe"),
    "reviewers_description_number": lambda person: version(0),
    "reviewers_rolefile_kind": lambda person: role_file(kind="exe"),
    "reviewers_rolefile_format": lambda person: role_file(format="tiny"),
    "reviewers_rolefile_not_standard": lambda person: role_file(format="standard"),
    "reviewers_signature_version": lambda person: signature(person, how="by owl"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_table_refuses_the_row(db, name):
    person = ReviewerFactory()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAKS[name](person)


ONCE = {
    "reviewers_rolefile_once": lambda person: role_file(
        RoleDescription.objects.first() or version(2)
    ),
    "reviewers_interview_once_a_day": interview,
    "reviewers_signature_once": signature,
    "number of a version": lambda person: version(2),
    "token of an enquiry": lambda person: enquiry(token=uuid.UUID(int=7)),
}


@pytest.mark.parametrize("name", ONCE)
def test_there_is_one_of_each(db, name):
    person = ReviewerFactory()
    ONCE[name](person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ONCE[name](person)
