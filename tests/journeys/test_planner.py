"""A coordinator plans the next weeks, keeps and changes lines, asks; and one says yes by phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from nhsuk.words import nhs_date
from reviews.models import TeamMember
from reviews.planner.models import KeptProposal
from tests.factories import LXROnTeamFactory, ReadyReviewerFactory, ReviewFactory, UserFactory
from tests.nets.browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def been(name, visits=1, **fields):
    """Somebody ready who has been on a visit, and so may be the only LXR."""
    today = timezone.localdate()
    person = ReadyReviewerFactory(first_name=name, last_name="Okoro", **fields)
    for number in range(visits):
        past = ReviewFactory(status="completed", visit_on=today - timedelta(days=90 + number))
        LXROnTeamFactory(review=past, reviewer=person, response="accepted", attended=True)
    return person


def first_of_a_month():
    """A day far enough ahead with a week of the same month behind it."""
    return (timezone.localdate() + timedelta(days=60)).replace(day=8)


def visit(name, day, **fields):
    return ReviewFactory(visit_on=day, service__name=name, **{"lxrs_wanted": 1} | fields)


def test_plan_keep_change_ask_and_plan_again(browser_as, width, trust):
    # Given three visits of one day, one of a week later, and four people; Dot comes that day alone
    day = first_of_a_month()
    larch, elm = visit("Larch Ward", day), visit("Elm Ward", day, lxrs_wanted=2)
    oak = visit("Oak Ward", day + timedelta(days=7))
    been("Ada", visits_a_month=1)
    ben = been("Ben", visits=2, visits_a_month=1)
    dot = been("Dot", visits=3, visits_a_month=1, available_weekdays=1 << day.weekday())
    dot.times_away.create(starts_on=oak.visit_on, ends_on=oak.visit_on)
    new = ReadyReviewerFactory(first_name="Nia", last_name="New", visits_a_month=1)
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When a coordinator plans, every visit has somebody, and Nia goes along on her first visit
    page.goto(f"/reviews/plan/?first={day}&last={oak.visit_on}")
    expect(
        page.get_by_text("3 visits without a Lived Experience Reviewer would get")
    ).to_be_visible()
    expect(page.get_by_label("Ask Nia New to Elm Ward")).to_be_checked()
    assert fits(page)

    # And keeps Nia beside the other
    page.get_by_role("row").filter(has_text="Nia New").get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Nia New is kept for Elm Ward")).to_be_visible()

    # And looks who else could go to Larch Ward, and what that costs
    row = page.get_by_role("row").filter(has_text="Larch Ward")
    row.get_by_role("link", name="Somebody else").click()
    expect(page.get_by_role("heading", name="Who else could go")).to_be_visible()
    assert fits(page)
    taken = page.get_by_text("The plan has").inner_text()
    other = "Ada" if "Ben" in taken else "Ben"
    choice = page.get_by_role("row").filter(has_text=f"{other} Okoro")
    expect(choice).to_contain_text("No other visit is left open.")
    page.get_by_label("Look for somebody").fill(other)
    page.get_by_role("button", name="Look").click()
    choice.get_by_role("button", name="Choose").click()
    expect(page.get_by_text(f"{other} Okoro is kept for Larch Ward")).to_be_visible()

    # Then the plan is made around both
    expect(
        page.get_by_text("3 visits without a Lived Experience Reviewer would get")
    ).to_be_visible()
    expect(page.get_by_label(f"Ask {other} Okoro to Larch Ward")).to_be_checked()
    assert KeptProposal.objects.count() == 2

    # When the coordinator asks for Larch Ward alone
    for box in page.get_by_role("checkbox").all():
        if "Larch Ward" not in (box.get_attribute("aria-label") or ""):
            box.uncheck()
    page.get_by_role("button", name="Ask those I ticked").click()
    expect(page.get_by_text("1 person has been asked.")).to_be_visible()
    assert list(TeamMember.objects.filter(response="invited").values_list("review")) == [
        (larch.pk,)
    ]

    # Then planning again still keeps Nia, and nobody is asked twice
    page.goto(f"/reviews/plan/?first={day}&last={oak.visit_on}")
    expect(page.get_by_role("row").filter(has_text="Nia New")).to_contain_text("Kept by")
    expect(page.get_by_text("Waiting for an answer (1)")).to_be_visible()
    assert list(KeptProposal.objects.values_list("reviewer", flat=True)) == [new.pk]
    assert not elm.team.exists()
    assert ben.pk != dot.pk

    # And the one who was asked says yes from a phone
    member = TeamMember.objects.get(response="invited")
    phone = browser_as(member.reviewer.user, width=width)
    phone.goto("/me/next/")
    phone.get_by_role("button", name="I can come").click()
    page.reload()
    expect(page.get_by_text("Waiting for an answer")).to_have_count(0)


def test_what_a_change_costs(browser_as, width, trust):
    # Given one person who can go to either of two visits, and one who can go to the first alone
    day = first_of_a_month()
    larch, oak = visit("Larch Ward", day), visit("Oak Ward", day + timedelta(days=1))
    been("Ada", visits_a_month=1)
    other = been("Wes", visits=3)
    other.times_away.create(starts_on=oak.visit_on, ends_on=oak.visit_on)
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)
    page.goto(f"/reviews/plan/?first={day}&last={oak.visit_on}")
    expect(page.get_by_label("Ask Wes Okoro to Larch Ward")).to_be_checked()

    # When a coordinator would rather send Ada to the first
    row = page.get_by_role("row").filter(has_text="Larch Ward")
    row.get_by_role("link", name="Somebody else").click()
    choice = page.get_by_role("row").filter(has_text="Ada Okoro")
    expect(choice).to_contain_text(f"Nobody could go to Oak Ward, {nhs_date(oak.visit_on)}.")
    choice.get_by_role("button", name="Choose").click()

    # Then the plan says what that leaves open, and what would help
    expect(page.get_by_text("Who is kept leaves visits open")).to_be_visible()
    expect(page.get_by_role("heading", name="1 visit with nobody")).to_be_visible()
    expect(page.get_by_text("One step would do: 1 away that day.")).to_be_visible()
    assert fits(page)

    # And letting the plan choose again covers both
    page.get_by_role("button", name="Let the plan choose").click()
    expect(
        page.get_by_text("2 visits without a Lived Experience Reviewer would get")
    ).to_be_visible()
    assert larch.pk != oak.pk


def test_a_plan_is_accepted_after_the_world_has_changed(browser_as, width, trust):
    # Given a coordinator who looks at a plan of three visits
    day = first_of_a_month()
    visits = [
        visit(name, day + timedelta(days=2 * number))
        for number, name in enumerate(("Larch Ward", "Elm Ward", "Oak Ward"))
    ]
    people = {name: been(name, visits_a_month=1) for name in ("Ada", "Ben", "Cal")}
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)
    page.goto(f"/reviews/plan/?first={day}&last={visits[-1].visit_on}")
    expect(
        page.get_by_text("3 visits without a Lived Experience Reviewer would get")
    ).to_be_visible()
    planned = {
        each.service.name: page.get_by_role("row").filter(has_text=each.service.name).inner_text()
        for each in visits
    }
    going = {
        service: next(name for name in people if f"{name} Okoro" in text)
        for service, text in planned.items()
    }

    # When somebody takes a break meanwhile, and somebody else asks another person to Elm Ward
    paused = people[going["Larch Ward"]]
    paused.stage = "paused"
    paused.save()
    LXROnTeamFactory(review=visits[1], response="invited")

    # And the coordinator presses the button
    page.get_by_role("button", name="Ask those I ticked").click()

    # Then two lines come back with the reason, and the third went through
    expect(page.get_by_text("1 person has been asked.")).to_be_visible()
    expect(page.get_by_text(f"{paused.first_name} is taking a break.")).to_be_visible()
    expect(page.get_by_text("it wants no more.")).to_be_visible()
    asked = TeamMember.objects.filter(response="invited", reviewer__in=people.values())
    assert [each.reviewer for each in asked] == [people[going["Oak Ward"]]]
