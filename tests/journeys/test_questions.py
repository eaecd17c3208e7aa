"""A focus group's questions end up on a review, and on the phone of the one who goes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories import LXROnTeamFactory, ReviewerFactory, ReviewFactory, UserFactory
from tests.nets.browser import fits
from training.models import QuestionSet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def on(page: Page, group: str) -> None:
    """Write yesterday into the boxes of a date."""
    day = timezone.localdate() - timedelta(days=1)
    boxes = page.get_by_role("group", name=group)
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(label, exact=True).fill(str(number))


def test_a_focus_group_writes_what_a_visit_asks(browser_as, width, trust):
    today = timezone.localdate()
    review = ReviewFactory(visit_on=today + timedelta(days=20), service__name="Memory Clinic")
    lxr = ReviewerFactory()
    LXROnTeamFactory(review=review, reviewer=lxr, response="accepted")
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # Given the framework that groups the questions
    page.goto("/training/questions/")
    page.get_by_role("button", name="Add a framework").click()
    page.get_by_role("button", name="Add this framework").click()
    expect(page.locator("main .nhsuk-heading-m")).to_have_text(
        ["Safe", "Effective", "Caring", "Responsive", "Well-led"]
    )

    # When a group of people met, proposed questions, and voted
    page.get_by_role("link", name="Questions for visits").first.click()
    page.get_by_role("button", name="Write down a focus group").click()
    page.get_by_label("Name of the group").fill("Wards, spring")
    for boxes in ("First meeting", "Last meeting"):
        on(page, boxes)
    page.get_by_label("How many times did it meet?").fill("4")
    page.get_by_label("How many had used services?").fill("11")
    page.get_by_label("How many had cared for someone?").fill("4")
    page.get_by_label("How many came as staff?").fill("0")
    page.get_by_role("button", name="Save this group").click()
    for key_question, words in (
        ("Caring", "Do staff know your name?\nCan you see your family?"),
        ("Safe", "Do you feel safe at night?"),
    ):
        page.get_by_role("button", name="Add questions").click()
        page.get_by_label(key_question, exact=True).check()
        page.get_by_label("What did the group propose?").fill(words)
        page.get_by_role("button", name="Add these questions").click()
    page.get_by_role("link", name="Do you feel safe at night?").click()
    page.get_by_label("Safe environments").check()
    page.get_by_role("button", name="Save this question").click()
    page.get_by_role("button", name="Record the votes").click()
    for words, votes in (("Do you feel safe at night?", "15"), ("Do staff know your name?", "9")):
        box = page.get_by_role("group", name=words)
        box.get_by_label("Votes").fill(votes)
        box.get_by_label("Agreed: it goes in the set").check()
    page.get_by_role("button", name="Save votes").click()
    expect(page.get_by_text("2 of 3 questions agreed.")).to_be_visible()
    page.get_by_role("button", name="Make the next version").click()
    page.get_by_label("What changes, and why?").fill("People told us what matters at night.")
    page.get_by_role("button", name="Make this version").click()

    # Then the set tells who wrote it, and a coordinator puts it on the visit
    expect(page.get_by_text("Written by 15 people in 4 meetings")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Choose the visits that use it").click()
    expect(page.get_by_label("Tick Memory Clinic")).to_be_checked()
    page.get_by_role("button", name="Use it on the visits I ticked").click()
    expect(page.get_by_text("1 visit uses version 1 now.")).to_be_visible()
    review.refresh_from_db()
    assert review.question_set == QuestionSet.objects.get()

    # And the one who goes has it on their phone
    phone = browser_as(lxr.user, width=width)
    phone.goto("/me/next/")
    phone.get_by_role("link", name="Questions you can ask on the visit").click()
    expect(phone.get_by_role("listitem").filter(has_text="?")).to_have_text(
        ["Do you feel safe at night?", "Do staff know your name?"]
    )
    assert fits(phone)
