"""What every journey may use: a browser, and the ways in which it is walked."""

import pytest
from django.db import connection

from tests.nets.browser import DESKTOP, PHONE, browser_as, chromium

__all__ = ["browser_as", "chromium", "javascript", "way", "width"]

WAYS = {
    "phone": (PHONE, True),
    "phone without JavaScript": (PHONE, False),
    "desktop": (DESKTOP, True),
}
# The database does not see how wide a window is: on PostgreSQL each journey is walked one way.
WALKED = WAYS if connection.vendor == "sqlite" else ("phone",)


@pytest.fixture(params=WALKED)
def way(request: pytest.FixtureRequest) -> tuple[int, bool]:
    """What takes ``width`` is walked on a phone, there also without JavaScript, and at a desk."""
    return WAYS[request.param]


@pytest.fixture
def width(way: tuple[int, bool]) -> int:
    """A phone and a desktop."""
    return way[0]


@pytest.fixture
def javascript(request: pytest.FixtureRequest) -> bool:
    """Whether every page of the journey may run scripts, where it does not say so itself."""
    return "way" not in request.fixturenames or request.getfixturevalue("way")[1]
