"""A visit with one place, and four people for its line."""

import pytest

from tests.factories import ReadyReviewerFactory, ReviewFactory


@pytest.fixture(autouse=True)
def _sending(trust):
    """Sending is switched on."""


@pytest.fixture
def review():
    return ReviewFactory(lxrs_wanted=1)


@pytest.fixture
def people():
    return [
        ReadyReviewerFactory(first_name=name, first_visit_anywhere=True)
        for name in ("Ada", "Bo", "Cy", "Di")
    ]
