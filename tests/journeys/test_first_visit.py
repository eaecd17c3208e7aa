"""A trained person who has not been on a visit accepts a first one, with a buddy."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviewers.models import Reviewer
from tests.factories import (
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
    StaffOnTeamFactory,
    UserFactory,
)
from tests.nets.browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(trust: Any) -> Any:
    """A visit to come, on which somebody who has been before has said yes."""
    today = timezone.localdate()
    before = ReviewFactory(status="completed", visit_on=today - timedelta(days=40))
    ada = ReadyReviewerFactory(first_name="Ada", last_name="Lane")
    LXROnTeamFactory(review=before, reviewer=ada, response="accepted", attended=True)
    review = ReviewFactory(
        visit_on=today + timedelta(days=20), service__name="Larch Ward", lxrs_wanted=2
    )
    StaffOnTeamFactory(review=review, staff__name="Kim Shaw")
    LXROnTeamFactory(review=review, reviewer=ada, response="accepted")
    return review


def test_first_visit_with_a_buddy(browser_as: Any, width: int, visit: Any) -> None:
    # Given somebody who is trained and has not been on a visit
    cal = ReadyReviewerFactory(first_name="Cal", last_name="Price", email="cal@example.org")
    staff = browser_as(UserFactory(roles=["coordinator"]), width=width)
    staff.goto("/reviews/first-visits/")
    row = staff.get_by_role("row").filter(has_text="Cal Price")
    expect(row).to_contain_text("Never asked")

    # When a coordinator asks gently
    row.get_by_role("checkbox").check()
    staff.get_by_role("button", name="Ask those I ticked").click()
    expect(
        staff.get_by_text("We have asked Cal Price how they would like to start")
    ).to_be_visible()
    expect(row).to_contain_text("Asked, no answer yet")

    # And the person says on their phone that they would like somebody beside them
    own = browser_as(cal.user, width=width)
    own.goto("/")
    own.get_by_role("link", name="Tell us how you would like to start").click()
    own.get_by_label("I would like somebody beside me").check()
    own.get_by_role("button", name="Save").click()
    expect(own.get_by_text("Thank you. You have told us how you would like")).to_be_visible()
    assert fits(own)

    # Then the list says what is wanted, and the coordinator names a buddy
    staff.goto("/reviews/first-visits/")
    expect(row).to_contain_text("Wants more confidence")
    row.get_by_role("link", name="Cal Price").click()
    assert fits(staff)
    staff.get_by_role("link", name="Change Buddy").click()
    staff.get_by_label("A Lived Experience Reviewer who has been on a visit").select_option(
        label="Ada Lane"
    )
    staff.get_by_role("button", name="Save the buddy").click()

    # Until Ada has agreed neither is told of the other
    expect(staff.get_by_role("alert")).to_contain_text("Ask Cal and Ada first")
    beside = browser_as(Reviewer.objects.get(first_name="Ada").user, width=width)
    beside.goto("/me/visits/")
    expect(beside.get_by_text("Cal Price")).to_have_count(0)

    # Ada agrees, and the coordinator records it
    staff.get_by_label("Both reviewers have agreed").check()
    staff.get_by_role("button", name="Save the buddy").click()
    expect(staff.get_by_text("Ada Lane is Cal’s buddy now.")).to_be_visible()

    # And asks them to the visit that Ada goes on too
    staff.get_by_role("link", name="Larch Ward").click()
    staff.get_by_role("button", name="Ask Cal Price").click()
    asked = "Cal Price has been asked to come. Their buddy, Ada Lane, is on this team."
    expect(staff.get_by_text(asked)).to_be_visible()

    # The person sees who goes with them, and says yes
    own.goto("/me/first-visit/")
    expect(own.get_by_text("Ada Lane will go with you")).to_be_visible()
    own.goto("/")
    expect(own.get_by_text("Ada Lane, who comes too")).to_be_visible()
    own.get_by_role("button", name="I can come").click()
    expect(own.get_by_text("Thank you. You have told us that you can come.")).to_be_visible()

    # Ada sees whom she goes with
    beside.reload()
    expect(beside.get_by_text("You go with Cal Price on their first visit.")).to_be_visible()
    assert fits(beside)

    # By that they have left the list, and have a visit to come
    staff.goto("/reviews/first-visits/")
    expect(
        staff.get_by_text("Everyone who is trained has been on a visit or has one")
    ).to_be_visible()
    expect(row).to_have_count(0)
    staff.get_by_role("link", name="Visit to come").click()
    expect(row).to_contain_text("Larch Ward")
    expect(row).to_contain_text("Ada Lane")
    assert fits(staff)
    visit.team.filter(reviewer__isnull=False).update(
        attended=True, holds_from=None, holds_until=None
    )
    type(visit).objects.filter(pk=visit.pk).update(
        status="completed", visit_on=timezone.localdate() - timedelta(days=1)
    )
    staff.reload()
    expect(staff.get_by_text("Nobody has a first visit to come.")).to_be_visible()

    # And the talk about it is recorded
    staff.get_by_role("link", name="To talk about").click()
    assert fits(staff)
    staff.get_by_role("link", name="Cal Price", exact=True).click()
    staff.get_by_role("link", name="Change Talk after it").click()
    today = timezone.localdate()
    staff.get_by_label("Day", exact=True).fill(str(today.day))
    staff.get_by_label("Month").fill(str(today.month))
    staff.get_by_label("Year").fill(str(today.year))
    staff.get_by_role("button", name="Save the talk").click()
    expect(staff.get_by_text("The talk with Cal is saved.")).to_be_visible()
