"""A visit as the rules ask about it."""

import pytest

from organisation.queries import trust_settings
from reviews.eligibility import Visit
from tests.factories import ReadyReviewerFactory, ReviewFactory


@pytest.fixture
def visit_to(db):
    """``visit_to(review)``: the review beside the trust's settings."""
    return lambda review: Visit(review, trust_settings())


@pytest.fixture
def review():
    """A coming visit that asks for nothing special."""
    return ReviewFactory()


@pytest.fixture
def person():
    """Somebody ready to go anywhere, also on a first visit."""
    return ReadyReviewerFactory(first_name="Ada", first_visit_anywhere=True)
