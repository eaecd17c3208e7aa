"""A visit about which one or two people of its service were asked."""

from datetime import timedelta

import pytest

from feedback.models import Asking
from tests.factories import (
    TODAY,
    AskingFactory,
    ContactFactory,
    LXROnTeamFactory,
    ReviewFactory,
)


@pytest.fixture
def visit(trust):
    """A covered visit to a service with two contacts, of whom the first was asked."""
    review = ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=2))
    LXROnTeamFactory(review=review, response="accepted", attended=True)
    first = ContactFactory(service=review.service, name="Pat Reed")
    ContactFactory(service=review.service, name="Sam Hill")
    AskingFactory(review=review, contact=first)
    return review


@pytest.fixture
def asking(visit):
    return Asking.objects.get(review=visit)


@pytest.fixture
def second(visit, asking):
    return AskingFactory(review=visit, contact=visit.service.contacts.get(name="Sam Hill"))
