"""Staff pages: what they show to whom, and what a press does."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from notifications.models import Message
from reviews.models import Review, TeamMember
from tests.factories import (
    NOW,
    TODAY,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    StaffFactory,
    StaffOnTeamFactory,
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


# The list


def test_list_shows_what_is_still_to_come_until_asked(client, review):
    ReviewFactory(service__name="Past Ward", status="completed")

    assert [r.service.name for r in page_of(client, "list").context["page"]] == ["Larch Ward"]
    shown = page_of(client, "list", status="completed").context["page"]
    assert [r.service.name for r in shown] == ["Past Ward"]


def test_list_narrows_by_whether_an_lxr_is_on_it(client, review):
    accepted = LXROnTeamFactory(response="accepted").review
    covered = LXROnTeamFactory(
        review=ReviewFactory(status="completed"), response="accepted", attended=True
    ).review
    missed = ReviewFactory(status="completed")

    def shown(lxr):
        return {r.pk for r in page_of(client, "list", lxr=lxr).context["page"]}

    assert shown("can come") == {accepted.pk}
    assert shown("none yet") == {review.pk}
    assert shown("took part") == {covered.pk}
    assert shown("missed") == {missed.pk}


def test_list_narrows_by_place_and_period(client, review):
    other = ReviewFactory(visit_on=TODAY, service__setting="prison")

    def shown(**sends):
        return [r.pk for r in page_of(client, "list", **sends).context["page"]]

    assert shown(setting="prison") == [other.pk]
    assert shown(directorate=review.service.directorate_id) == [review.pk]
    assert shown(since="2026-06-11") == [review.pk]
    assert shown(until="2026-06-11") == [other.pk]


def test_list_of_a_quarter_leaves_the_quarters_beside_it_out(client):
    for name, day in (
        ("Before", date(2026, 6, 30)),
        ("First", date(2026, 7, 1)),
        ("Last", date(2026, 9, 30)),
        ("After", date(2026, 10, 1)),
    ):
        ReviewFactory(service__name=name, visit_on=day)
    found = page_of(client, "list", quarter="2026-q2").context["page"]
    assert [each.service.name for each in found.rows] == ["First", "Last"]


def test_visit_lead_sees_the_visits_they_lead_alone(client_as, user_as, review):
    lead = user_as("visit_lead")
    StaffOnTeamFactory(review=review, staff=StaffFactory(user=lead))
    other = ReviewFactory(service__name="Other Ward")
    client = client_as(lead)

    assert [r.pk for r in page_of(client, "list").context["page"]] == [review.pk]
    assert page_of(client, "detail", review.pk).status_code == 200
    assert page_of(client, "detail", other.pk).status_code == 404


def test_visit_lead_sees_the_team_and_no_candidates(client_as, user_as, review, ada):
    lead = user_as("visit_lead")
    StaffOnTeamFactory(review=review, staff=StaffFactory(user=lead))
    person = ReviewerFactory(first_name="Bo", last_name="Kay", access_needs="Large print")
    LXROnTeamFactory(review=review, reviewer=person)

    shown = text(page_of(client_as(lead), "detail", review.pk))

    assert "Bo Kay" in shown
    assert "Large print" not in shown
    assert "Ada Lane" not in shown


# One review


def test_review_shows_who_is_ready_and_who_is_one_step_away(client, review, ada):
    ReadyReviewerFactory(first_name="Cy", last_name="Dow", role_description_signed_on=None,
                         first_visit_anywhere=True)  # fmt: skip

    shown = text(page_of(client, "detail", review.pk))

    assert "Nobody with lived experience is on this review yet. Ask someone." in shown
    assert "Has not been on a visit yet." in shown
    assert "Cy has not signed the role description." in shown


def test_one_press_asks_somebody(client, review, ada):
    response = press(client, "invite", review.pk, reviewer=ada.pk)

    assert "Ada Lane has been asked to come." in text(response)
    assert TeamMember.objects.get().response == "invited"


def test_a_second_press_says_that_they_are_asked_already(client, review, ada):
    press(client, "invite", review.pk, reviewer=ada.pk)

    response = press(client, "invite", review.pk, reviewer=ada.pk)

    assert "Ada has been asked already." in text(response)
    assert TeamMember.objects.count() == 1


@pytest.mark.parametrize("value", ["", "0", "-1", "x", "\x00", str(2**63), "9" * 5000, "9999"])
def test_asking_nobody_is_not_found(client, review, value):
    assert press(client, "invite", review.pk, reviewer=value).status_code == 404


def test_team_says_who_can_no_longer_be_counted_on(client, review, ada):
    LXROnTeamFactory(review=review, reviewer=ada, response="accepted")
    ada.stage = "paused"
    ada.save()

    assert "Ada is taking a break." in text(page_of(client, "detail", review.pk))


def test_why_not_says_it_in_sentences(client, review):
    ReviewerFactory(first_name="Cy", last_name="Dow", first_visit_anywhere=True)

    shown = text(page_of(client, "detail", review.pk, who="dow"))

    assert "Cy&#x27;s training is not in place for that day." in shown
    assert "Checks under way." in shown
    assert "Nobody is called “xyz”" in text(page_of(client, "detail", review.pk, who="xyz"))


def test_why_not_says_what_somebody_answered_and_asks_no_one_twice(client, review, ada):
    def card():
        found = text(page_of(client, "detail", review.pk, who="lane"))
        return found.partition('<div id="why-not">')[2]

    assert "Ada can be asked." in card()
    member = LXROnTeamFactory(review=review, reviewer=ada, response="invited")
    for response, tag in (("invited", "Asked, no answer yet"), ("accepted", "Can come")):
        TeamMember.objects.filter(pk=member.pk).update(response=response)
        assert tag in card()
        assert reverse("reviews:invite", args=[review.pk]) not in card()
    TeamMember.objects.filter(pk=member.pk).update(response="declined")
    assert "Can&#x27;t come" in card() or "Can’t come" in card()
    assert "Ask again" in card()
    assert "can be asked" not in card()


def test_why_not_says_that_more_people_are_called_so(client, review):
    for number in range(10):
        ReviewerFactory(last_name="Dow", first_name=f"Person {number}")
    more = "More people are called “dow”."
    assert more not in text(page_of(client, "detail", review.pk, who="dow"))
    ReviewerFactory(last_name="Dow")
    shown = page_of(client, "detail", review.pk, who="dow")
    assert more in text(shown)
    assert len(shown.context["found"].people) == 10


@pytest.mark.parametrize("who", ["\x00", "\ud800", "x" * 5000, "%", "'"])
def test_why_not_takes_any_words(client, review, who):
    address = reverse("reviews:detail", args=[review.pk])

    assert client.get(address, {"who": who.encode("utf-8", "surrogatepass")}).status_code == 200


# The review's own changes

SENDS = {
    "reference": "R-NEW",
    "visit_on_day": "1",
    "visit_on_month": "9",
    "visit_on_year": "2026",
    "starts_at": "9:30am",
    "ends_at": "3pm",
    "staff_wanted": "1",
    "lxrs_wanted": "1",
}


def test_review_is_planned(client, review):
    lead = StaffFactory()

    response = press(client, "add", **SENDS, service=review.service_id, lead=lead.pk)

    planned = Review.objects.get(reference="R-NEW")
    assert "The review is planned. Now ask someone to come." in text(response)
    assert planned.team.get().staff == lead


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"reference": "\x00"}, "reference"),
        ({"reference": "x" * 21}, "reference"),
        ({"service": "999999"}, "service"),
        ({"service": "9" * 500}, "service"),
        ({"visit_on_day": "31"}, "visit_on"),
        ({"visit_on_day": "29", "visit_on_month": "2", "visit_on_year": "2027"}, "visit_on"),
        ({"visit_on_year": "2020"}, "__all__"),
        ({"ends_at": ""}, "ends_at"),
        ({"starts_at": ""}, "starts_at"),
        ({"ends_at": "9am"}, "ends_at"),
        ({"lxrs_wanted": "0"}, "lxrs_wanted"),
        ({"staff_wanted": "-1"}, "staff_wanted"),
        ({"lxrs_wanted": "9" * 400}, "lxrs_wanted"),
    ],
)
def test_what_cannot_be_planned_is_a_form_error(client, review, change, field):
    sends = {**SENDS, "service": review.service_id, **change}

    response = press(client, "add", **sends)

    assert field in response.context["form"].errors
    assert Review.objects.count() == 1


def test_taken_reference_is_a_form_error(client, review):
    sends = {**SENDS, "service": review.service_id, "reference": review.reference}

    response = press(client, "add", **sends)

    assert response.context["form"].errors["__all__"] == [
        f"There is already a review with the reference {review.reference}."
    ]


def test_review_is_changed(client, review):
    sends = {**SENDS, "service": review.service_id, "reference": review.reference}

    response = press(client, "change", review.pk, **sends)

    review.refresh_from_db()
    assert "The review is changed." in text(response)
    assert (review.lxrs_wanted, review.ends_at.hour) == (1, 15)


def test_review_is_confirmed_once_somebody_leads_it(client, review):
    assert "Nobody leads this visit yet." in text(press(client, "confirm", review.pk))
    StaffOnTeamFactory(review=review)
    assert "The visit is confirmed." in text(press(client, "confirm", review.pk))
    assert "cannot become confirmed" in text(press(client, "confirm", review.pk))


def test_visit_is_moved_and_says_who_is_told(client, review, trust):
    member = LXROnTeamFactory(review=review)
    assert str(member.reviewer) in text(page_of(client, "postpone", review.pk))

    response = press(
        client, "postpone", review.pk, to_day="2026-09-01", starts_at="9:30am", ends_at="3pm"
    )

    assert "The visit is now on Tuesday 1 September 2026." in text(response)
    assert "Moved from Wednesday 8 July 2026 to Tuesday 1 September 2026" in text(response)


def test_visit_is_called_off_and_everyone_told(client, review, trust):
    member = LXROnTeamFactory(review=review)
    assert str(member.reviewer) in text(page_of(client, "cancel", review.pk))

    response = press(client, "cancel", review.pk)

    assert "This review has been called off." in text(response)
    assert [m.kind for m in Message.objects.all()] == ["visit-cancelled"]


@pytest.mark.parametrize("name", ["change", "postpone", "cancel"])
def test_review_that_is_over_is_not_changed(client, name):
    review = ReviewFactory(status="completed")

    response = client.get(reverse(f"reviews:{name}", args=[review.pk]), follow=True)

    assert "This review is completed. It cannot be changed now." in text(response)


def test_staff_member_joins_and_leaves_the_team(client, review):
    staff = StaffFactory(name="Kim Shaw")

    assert "Kim Shaw is on the team." in text(
        press(client, "staff", review.pk, staff=staff.pk, role="lead")
    )
    member = review.team.get()
    assert "Kim Shaw is no longer on the team." in text(
        press(client, "remove-staff", review.pk, member.pk)
    )


def test_a_service_closed_by_then_says_to_move_the_visit_and_offers_nobody(client, review, ada):
    review.service.closed_on = review.visit_on
    review.service.save()
    page = client.get(f"/reviews/{review.pk}/").content.decode()
    assert "Move the visit to an earlier day, or call it off." in page
    assert "Who to ask" not in page
