"""Staff pages of a team: answers, taking back, replacing."""

import pytest
import time_machine
from django.urls import reverse

from reviews.holds import hold_of
from reviews.models import TeamMember
from tests.factories import (
    NOW,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
    StaffOnTeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


@pytest.fixture
def review():
    return ReviewFactory(service__name="Larch Ward")


@pytest.fixture
def ada():
    return ReadyReviewerFactory(first_name="Ada", last_name="Lane", first_visit_anywhere=True)


def page_of(client, name, *args, **sends):
    return client.get(reverse(f"reviews:{name}", args=args), sends)


def press(client, name, *args, **sends):
    return client.post(reverse(f"reviews:{name}", args=args), sends, follow=True)


def text(response):
    return " ".join(response.content.decode().split())


def test_answer_by_phone_is_recorded(client, review, ada):
    press(client, "invite", review.pk, reviewer=ada.pk)
    member = TeamMember.objects.get()

    response = press(client, "answer", review.pk, member.pk, answer="accepted", how="phone")

    member.refresh_from_db()
    assert "Ada can come." in text(response)
    assert (member.response, member.answered_how) == ("accepted", "phone")


def test_answer_after_its_time_is_recorded_too(client, review, ada):
    member = LXROnTeamFactory(review=review, reviewer=ada, response="expired")
    shown = text(page_of(client, "detail", review.pk))
    assert "No answer in time" in shown
    assert reverse("reviews:answer", args=[review.pk, member.pk]) in shown

    press(client, "answer", review.pk, member.pk, answer="accepted", how="phone")

    member.refresh_from_db()
    assert member.response == "accepted"


@pytest.mark.parametrize(
    ("answer", "kept"), [("declined", "unwell"), ("accepted", "")], ids=["no", "yes"]
)
def test_why_somebody_cannot_come_is_kept_with_a_no(client, review, ada, answer, kept):
    member = LXROnTeamFactory(review=review, reviewer=ada)

    press(client, "answer", review.pk, member.pk, answer=answer, how="phone", why_not="unwell")

    member.refresh_from_db()
    assert member.why_not == kept


def test_a_shadow_in_doubt_says_so_and_needs_no_company(client, review):
    LXROnTeamFactory(review=review, role="shadow", reviewer__stage="paused")
    LXROnTeamFactory(review=review, role="shadow", reviewer__first_name="Bo")

    shown = text(page_of(client, "detail", review.pk))

    assert "is taking a break." in shown
    assert "This would be Bo" not in shown


@pytest.mark.parametrize("sends", [{}, {"answer": "withdrawn", "how": "phone"}, {"answer": "yes"}])
def test_answer_that_is_none_is_a_form_error(client, review, sends):
    member = LXROnTeamFactory(review=review)

    response = press(client, "answer", review.pk, member.pk, **sends)

    assert response.context["form"].errors
    member.refresh_from_db()
    assert member.response == "invited"


def test_answer_of_somebody_who_is_off_the_team_leads_back(client, review):
    member = LXROnTeamFactory(review=review, response="declined")

    assert "no longer open" in text(
        client.get(reverse("reviews:answer", args=[review.pk, member.pk]), follow=True)
    )


def test_invitation_is_taken_back_after_a_look(client, review):
    member = LXROnTeamFactory(review=review)
    shown = text(page_of(client, "withdraw", review.pk, member.pk))
    assert f"We will tell {member.reviewer} that they do not need to come." in shown

    response = press(client, "withdraw", review.pk, member.pk)

    member.refresh_from_db()
    assert f"The invitation to {member.reviewer} is taken back." in text(response)
    assert member.response == "withdrawn"


def test_somebody_else_is_asked_instead(client, review, ada):
    member = LXROnTeamFactory(review=review)
    assert "Ask instead" in text(page_of(client, "replace", review.pk, member.pk))

    response = press(client, "replace", review.pk, member.pk, reviewer=ada.pk)

    assert f"Ada Lane has been asked instead of {member.reviewer}." in text(response)
    assert review.team.get(reviewer=ada).response == "invited"


def test_nobody_is_offered_whose_only_company_would_be_the_one_who_goes(client, review):
    first_timer = ReadyReviewerFactory(first_name="Fay", last_name="New")
    second = ReadyReviewerFactory(first_name="Gil", last_name="Old")
    LXROnTeamFactory(
        reviewer=second, review__status="completed", response="accepted", attended=True
    )
    member = LXROnTeamFactory(review=review)

    ready = page_of(client, "detail", review.pk).context["candidates"].ready
    instead = page_of(client, "replace", review.pk, member.pk).context["candidates"].ready

    assert {each.reviewer for each in ready} == {first_timer, second}
    assert [each.reviewer for each in instead] == [second]


def test_first_timer_is_offered_where_another_lxr_stays(client, review):
    first_timer = ReadyReviewerFactory(first_name="Fay", last_name="New")
    LXROnTeamFactory(review=review, response="accepted")
    member = LXROnTeamFactory(review=review)

    instead = page_of(client, "replace", review.pk, member.pk).context["candidates"].ready

    assert first_timer in [each.reviewer for each in instead]


def test_nobody_is_asked_any_more_once_the_visit_has_begun(client, review):
    LXROnTeamFactory(review=review, response="expired")
    with time_machine.travel(hold_of(review)[0]):
        page = text(client_page := page_of(client, "detail", review.pk))

    assert "candidates" not in client_page.context
    assert "The visit has begun. Record who came when it is over." in page
    assert "No answer in time" in page


def test_a_lead_says_that_they_cannot_come(client_as, client, review, trust):
    member = StaffOnTeamFactory(review=review, staff__user=UserFactory(roles=["visit_lead"]))
    mine = client_as(member.staff.user)
    shown = text(page_of(mine, "detail", review.pk))
    assert "Say that you can’t come" in shown

    assert "We take you off the team of this visit" in text(page_of(mine, "cannot-come", review.pk))
    said = press(mine, "cannot-come", review.pk)

    assert "The quality team knows that you can’t come." in text(said)
    assert "You have told us that you can’t come." in text(page_of(mine, "cannot-come", review.pk))
    shown = text(page_of(client, "detail", review.pk))
    assert "Could no longer come" in shown
    assert "a lead, 1 staff" in shown  # still to find


def test_staff_taken_off_are_no_longer_shown(client, review):
    member = StaffOnTeamFactory(review=review, role="staff", staff__name="Kim Shaw")
    assert "Kim Shaw" in text(page_of(client, "detail", review.pk))
    press(client, "remove-staff", review.pk, member.pk)
    assert "Kim Shaw" not in text(page_of(client, "detail", review.pk))


def test_staff_off_the_team_cannot_say_no(client_as, review):
    member = StaffOnTeamFactory(
        review=review, role="staff", response="withdrawn", taken_back="plans",
        staff__user=UserFactory(roles=["visit_lead"]),
    )  # fmt: skip
    mine = client_as(member.staff.user)
    assert "You are not on the team" in text(page_of(mine, "cannot-come", review.pk))
    assert "You are not on the team of this visit." in text(press(mine, "cannot-come", review.pk))
