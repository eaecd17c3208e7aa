"""A quality lead reads a comment; its words become a quote that a coordinator can copy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import AnswerFactory, ThemeFactory, UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trust"),
]
Opens = Callable[..., Page]


@pytest.mark.parametrize("javascript", [True, False])
def test_words_are_read_and_become_a_quote(browser_as: Opens, width: int, javascript: bool) -> None:
    # Given what a service said, and allowed to be quoted by role
    ThemeFactory(name="Being listened to")
    AnswerFactory(comment="They listened. Ring 020 7946 0123.", quote_as="role")
    page = browser_as(UserFactory(roles=["quality_lead"]), width=width, javascript=javascript)

    # When a quality lead reads it, with what looks like a phone number marked
    page.goto("/feedback/")
    page.get_by_role("link", name="Comments to read").click()
    page.get_by_role("main").get_by_role("link").filter(has_text="Service").first.click()
    expect(page.get_by_role("main")).to_contain_text("This looks as if it holds a phone number.")
    page.get_by_label("Being listened to").check()
    page.get_by_label("Yes, use the words below").check()
    page.get_by_label("The words to use").fill("They listened.")
    page.get_by_role("button", name="I have read this").click()

    # Then it waits no longer, and its words stand in the library with whose they are
    expect(page.get_by_role("main")).to_contain_text("Every comment has been read.")
    page.get_by_role("link", name="Words that can be quoted").click()
    expect(page.get_by_role("main")).to_contain_text(
        "“They listened.” – a member of staff at a community service"
    )
