"""What every journey may use: a browser, and both widths."""

import pytest

from tests.nets.browser import DESKTOP, PHONE, browser_as, chromium

__all__ = ["browser_as", "chromium", "width"]


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def width(request: pytest.FixtureRequest) -> int:
    """A phone and a desktop."""
    return int(request.param)
