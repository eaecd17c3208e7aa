"""A visit as the rules ask about it."""

import pytest

from organisation.queries import trust_settings
from reviews.eligibility import Visit


@pytest.fixture
def visit_to(db):
    """``visit_to(review)``: the review beside the trust's settings."""
    return lambda review: Visit(review, trust_settings())
