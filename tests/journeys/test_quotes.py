"""A quality lead reads a comment; its words become a quote that a coordinator can copy."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories import AnswerFactory, ReviewFactory, ThemeFactory, UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trust"),
]
Opens = Callable[..., Page]


def test_words_are_read_and_become_a_quote(browser_as: Opens, width: int) -> None:
    # Given what a service said, and allowed to be quoted by role
    ThemeFactory(name="Being listened to")
    AnswerFactory(comment="They listened. Ring 020 7946 0123.", quote_as="role")
    page = browser_as(UserFactory(roles=["quality_lead"]), width=width)

    # When a quality lead reads it, with what looks like a phone number marked
    page.goto("/feedback/")
    page.get_by_role("link", name="Comments to read").click()
    page.get_by_role("main").get_by_role("link").filter(has_text="Service").first.click()
    expect(page.get_by_role("main")).to_contain_text("holds a phone number (“020 7946 0123”).")
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


def test_a_coordinator_finds_a_quote_and_copies_it_with_whose_it_is(
    browser_as: Opens, width: int, javascript: bool
) -> None:
    # Given quotes of a ward and of the quality team, of two years
    ward = ReviewFactory(
        status="completed", visit_on=date(2025, 5, 5), service__setting="inpatient"
    )
    for words, given in (
        ("They listened.", {"review": ward}),
        ("It made us think.", {"audience": "quality"}),
    ):
        AnswerFactory(comment=words, comment__approved_at=timezone.now(), quote_as="role", **given)
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/feedback/quotes/")
    expect(page.locator("blockquote")).to_have_count(2)

    # When a coordinator looks for what wards said in that year
    page.get_by_label("Who said it").select_option("Reviewed service")
    page.get_by_label("Kind of service").select_option("Inpatient")
    page.get_by_label("Year of the visit").fill("2025")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("blockquote")).to_have_count(1)

    # Then the words stand with whose they are, and a button copies them where one can work
    cited = "“They listened.” – a member of staff at an inpatient service, 2025"
    expect(page.locator("blockquote")).to_have_text(cited)
    copies = page.get_by_role("button", name="Copy with whose they are")
    if javascript:
        copies.click()
        expect(page.get_by_role("status")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == cited
    else:
        expect(copies).to_have_count(0)

    # And another year has none
    page.get_by_label("Year of the visit").fill("2024")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("There are no words like this.")
