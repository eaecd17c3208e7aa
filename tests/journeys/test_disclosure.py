"""A disclosure becomes approved with conditions; planning obeys them and never shows why."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from audit.models import Event
from checks.models import RiskAssessment
from tests.factories import (
    DBSCheckFactory,
    LXROnTeamFactory,
    PlaceFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    StaffFactory,
    StaffOnTeamFactory,
    UserFactory,
)
from tests.journeys.test_checks import fill_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Words that would say why.
WHY = ("isclosure", "onditions", "ondition", "assessment", "ccompanied", "approved", "Larch first")


class Programme:
    """Somebody whose certificate is not blank, and three visits four weeks from now."""

    def __init__(self) -> None:
        today = timezone.localdate()
        self.person = ReviewerFactory(
            first_name="Ada", last_name="Okoro", first_visit_anywhere=True
        )
        PlaceFactory(reviewer=self.person, outcome="attended")
        check = DBSCheckFactory(
            reviewer=self.person,
            result="disclosure",
            applied_on=today - timedelta(days=60),
            issued_on=today - timedelta(days=30),
            renewal_due_on=today + timedelta(days=900),
        )
        self.assessment = RiskAssessment.objects.create(
            check_made=check, opened_on=today - timedelta(days=30)
        )
        self.larch = self.visit("Larch Ward", with_staff=True)
        self.oak = self.visit("Oak Clinic", with_staff=True)
        self.alone = self.visit("Elm Clinic", with_staff=False)

    @staticmethod
    def visit(name: str, *, with_staff: bool) -> Any:
        """A visit, with somebody of the trust on the team or nobody."""
        review = ReviewFactory(
            service=ServiceFactory(name=name),
            visit_on=timezone.localdate() + timedelta(days=28),
        )
        if with_staff:
            StaffOnTeamFactory(review=review, staff=StaffFactory())
        return review


def purposeful(page: Page, purpose: str, address: str) -> None:
    """Open a page of the checks, saying what for."""
    page.goto(address)
    page.get_by_role("radio", name=purpose).check()
    page.get_by_role("button", name="Continue").click()


def can_be_asked(page: Page, review: Any) -> bool:
    """Whether the candidates of a review offer Ada; the page never says why not."""
    page.goto(f"/reviews/{review.pk}/")
    check_discreet(page)
    return page.get_by_role("button", name="Ask Ada Okoro").count() > 0


READY = 2  # the column of the gap board


def ready_on_the_gap_board(page: Page, *reviews: Any) -> list[int]:
    """How many people the gap board counts as ready for each review."""
    page.goto("/reviews/gaps/")
    check_discreet(page)
    rows = [page.get_by_role("row").filter(has_text=each.service.name) for each in reviews]
    ready = [row.get_by_role("cell").nth(READY).inner_text() for row in rows]
    return [int(re.sub(r"\D", "", each)) for each in ready]


def planned_for_ada(page: Page, *reviews: Any) -> list[bool]:
    """For which of the reviews the planner proposes Ada."""
    page.goto("/reviews/plan/")
    check_discreet(page)
    boxes = [page.get_by_label(f"Ask Ada Okoro to {each.service.name}") for each in reviews]
    return [box.count() > 0 for box in boxes]


def check_discreet(page: Page) -> None:
    """No word on the page says where a limit comes from."""
    text = page.content()
    assert [word for word in WHY if word in text] == []


def test_conditions_are_obeyed_everywhere_and_shown_nowhere(
    browser_as: Any, width: int, trust: Any
) -> None:
    # Given somebody with a disclosure, whom no visit may have yet
    programme = Programme()
    today = timezone.localdate()
    coordinator = browser_as(UserFactory(roles=["coordinator"]), width=width)
    visits = (programme.larch, programme.oak, programme.alone)
    assert [can_be_asked(coordinator, each) for each in visits] == [False, False, False]
    assert ready_on_the_gap_board(coordinator, *visits) == [0, 0, 0]
    assert planned_for_ada(coordinator, *visits) == [False, False, False]

    # When an officer records HR's decision, with conditions
    officer_user = UserFactory(roles=["checks_officer", "second_approver"])
    officer = browser_as(officer_user, width=width)
    purposeful(officer, "To record a check", "/checks/")
    officer.get_by_role("link", name="Record the decision").click()
    officer.get_by_role("radio", name="Approved with conditions").check()
    fill_day(officer, "Day of the decision", today)
    officer.get_by_label("Conditions: not these services").fill("Larch Ward")
    officer.get_by_label("Only with somebody of the trust on the team").check()
    officer.get_by_label("How they are accompanied").fill("Larch first, by the visit lead")
    officer.get_by_role("button", name="Save this decision").click()
    expect(officer.get_by_text("A second person must approve it")).to_be_visible()

    # Then the officer cannot approve it alone, and that is on record
    officer.goto("/checks/approvals/")
    officer.get_by_role("button", name="Approve Ada Okoro").click()
    expect(officer.get_by_text("Somebody else must approve it.")).to_be_visible()
    assert Event.objects.get(action="refused: approve").why == "their own decision"
    assert [can_be_asked(coordinator, each) for each in visits] == [False, False, False]

    # When a second person approves it
    second = browser_as(UserFactory(roles=["second_approver"]), width=width)
    purposeful(second, "To approve a decision", "/checks/approvals/")
    second.get_by_role("button", name="Approve Ada Okoro").click()
    expect(second.get_by_text("counts from now")).to_be_visible()

    # Then the candidates obey: not the ward, and not where nobody of the trust goes
    assert [can_be_asked(coordinator, each) for each in visits] == [False, True, False]
    coordinator.goto(f"/people/{programme.person.pk}/")
    expect(coordinator.get_by_text("Ready.", exact=True)).to_be_visible()
    check_discreet(coordinator)

    # So do the gap board and the plan of who goes, which say of the others what they say of a delay
    assert ready_on_the_gap_board(coordinator, *visits) == [0, 1, 0]
    assert planned_for_ada(coordinator, *visits) == [False, True, False]
    for review in (programme.larch, programme.alone):
        row = coordinator.get_by_role("row").filter(has_text=review.service.name)
        expect(row.get_by_text("is one step away, is needed on another visit")).to_be_visible()

    # And "why not" says the same of the ward as of any delay
    for review in (programme.larch, programme.alone):
        coordinator.goto(f"/reviews/{review.pk}/?who=Okoro")
        card = coordinator.locator("#why-not")
        expect(card.get_by_text("Checks under way.")).to_be_visible()
        check_discreet(coordinator)

    # And so does the page on which somebody is replaced
    member = LXROnTeamFactory(review=programme.larch, reviewer=ReadyReviewerFactory())
    coordinator.goto(f"/reviews/{programme.larch.pk}/team/{member.pk}/replace/")
    expect(coordinator.get_by_role("button", name="Ask instead Ada Okoro")).to_have_count(0)
    check_discreet(coordinator)

    # And an invitation that was prepared before is refused in the same words
    coordinator.goto(f"/reviews/{programme.oak.pk}/")
    form = coordinator.locator("form", has=coordinator.get_by_role("button", name="Ask Ada Okoro"))
    form.evaluate(f"form => {{ form.action = '/reviews/{programme.larch.pk}/invite/' }}")
    form.get_by_role("button").click()
    expect(coordinator.get_by_text("Checks under way.").first).to_be_visible()
    check_discreet(coordinator)
    assert programme.larch.team.filter(reviewer=programme.person).count() == 0

    # And the person reads of it once an officer has told them
    own = browser_as(programme.person.user, width=width)
    own.goto("/me/checks/")
    expect(own.get_by_text("The checks team is working on this.")).to_be_visible()
    officer.goto("/checks/")
    officer.get_by_role("link", name="Record that you told them").click()
    fill_day(officer, "When did you tell them", today)
    officer.get_by_role("button", name="Save").click()
    own.reload()
    expect(own.get_by_text("We will not ask you to visit Larch Ward.")).to_be_visible()
    assert "Larch first" not in own.content()
