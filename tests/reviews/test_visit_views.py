"""The page on which a lead, or a coordinator for them, says who came."""

import pytest
import time_machine
from django.urls import reverse

from reviews.models import Question
from tests.factories import (
    NOW,
    TODAY,
    LXROnTeamFactory,
    ReviewFactory,
    StaffFactory,
    StaffOnTeamFactory,
    UserFactory,
)


@pytest.fixture
def visit(trust):
    """Today's visit with its lead and an LXR who said yes."""
    with time_machine.travel(NOW):
        review = ReviewFactory(status="confirmed", visit_on=TODAY)
        lead = UserFactory(roles=["visit_lead"])
        review.lead = StaffOnTeamFactory(review=review, staff=StaffFactory(user=lead))
        review.lxr = LXROnTeamFactory(
            review=review, response="accepted", reviewer__phone="07700 900123",
            reviewer__access_needs="A quiet room",
        )  # fmt: skip
        yield review


def send(client, visit, **sent):
    return client.post(reverse("reviews:record", args=[visit.pk]), sent)


def names(visit):
    return f"member_{visit.lead.pk}", f"member_{visit.lxr.pk}"


@pytest.mark.parametrize("role", ["lead", "coordinator"])
def test_lead_or_coordinator_records_who_came(client_as, visit, role):
    client = client_as(visit.lead.staff.user if role == "lead" else "coordinator")
    lead, lxr = names(visit)
    response = send(client, visit, **{lead: "came", lxr: "remote"})
    assert response["Location"] == reverse("reviews:detail", args=[visit.pk])
    visit.refresh_from_db()
    visit.lxr.refresh_from_db()
    assert (visit.status, visit.lxr.attended, visit.lxr.is_remote) == ("completed", True, True)


def test_lead_of_another_visit_finds_nothing(client_as, visit):
    other = StaffOnTeamFactory(staff__user=UserFactory(roles=["visit_lead"])).staff.user
    assert send(client_as(other), visit).status_code == 404


def test_each_of_the_team_must_be_ticked(client_as, visit):
    lead, _ = names(visit)
    response = send(client_as("coordinator"), visit, **{lead: "came"})
    assert f"Select if {visit.lxr.reviewer} came" in response.text
    visit.refresh_from_db()
    assert visit.status == "confirmed"


@pytest.mark.parametrize("gap", ["", "because", "not recorded"])
def test_without_an_lxr_one_of_the_reasons_is_needed(client_as, visit, gap):
    lead, lxr = names(visit)
    response = send(
        client_as("coordinator"), visit, **{lead: "came", lxr: "did not come", "gap_reason": gap}
    )
    assert response.status_code == 200
    visit.refresh_from_db()
    assert visit.status == "confirmed"


def test_page_before_the_day_says_when_to_come_back(client_as, visit):
    visit.visit_on = TODAY.replace(day=20)
    visit.save()
    response = client_as("coordinator").get(reverse("reviews:record", args=[visit.pk]))
    assert "Come back to this page on that day or later." in response.text
    assert "Save who came" not in response.text


def test_lead_sees_phone_numbers_on_the_day_alone_and_never_needs(client_as, visit):
    client, url = client_as(visit.lead.staff.user), reverse("reviews:detail", args=[visit.pk])
    on_the_day = client.get(url).text
    visit.visit_on = TODAY.replace(day=11)
    visit.save()
    the_day_before = client.get(url).text
    assert ("07700 900123" in on_the_day, "07700 900123" in the_day_before) == (True, False)
    assert "quiet room" not in on_the_day


def test_question_is_closed_by_a_coordinator(client_as, visit):
    question = Question.objects.create(member=visit.lxr, words="Parking?", asked_at=NOW)
    client = client_as("coordinator")
    page = client.get(reverse("reviews:question", args=[question.pk])).text
    assert ("Parking?" in page, "07700 900123" in page) == (True, True)
    client.post(reverse("reviews:close-question", args=[question.pk]))
    question.refresh_from_db()
    assert question.closed_by == client.user


def test_missing_reason_is_asked_for_at_its_question(client_as, visit):
    lead, lxr = names(visit)
    response = send(client_as("coordinator"), visit, **{lead: "came", lxr: "did not come"})
    assert list(response.context["form"].errors) == ["gap_reason"]
