"""The card, its answers and its questions."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from reviews.models import Question
from tests.factories import NOW, LXROnTeamFactory


@pytest.fixture
def invitation(trust):
    """Somebody asked to a visit four weeks from NOW."""
    with time_machine.travel(NOW):
        yield LXROnTeamFactory()


@pytest.fixture
def client(client_as, invitation):
    """Their browser."""
    return client_as(invitation.reviewer.user)


def send(client, member, answer):
    return client.post(reverse("own-reviews:answer", args=[member.pk]), {"answer": answer},
                       follow=True)  # fmt: skip


def test_answer_is_kept_as_online_and_can_be_taken_back(client, invitation):
    send(client, invitation, "accepted")
    invitation.refresh_from_db()
    assert (invitation.response, invitation.answered_how) == ("accepted", "online")
    send(client, invitation, "withdrawn")
    invitation.refresh_from_db()
    assert invitation.response == "withdrawn"


def test_double_press_is_one_answer(client, invitation):
    for _ in range(2):
        send(client, invitation, "accepted")
    assert Event.objects.filter(action="answered an invitation").count() == 1


@pytest.mark.parametrize("answer", ["", "expired", "invited", "\x00"])
def test_answer_that_is_none_changes_nothing(client, invitation, answer):
    assert "Choose one of the answers." in send(client, invitation, answer).text
    invitation.refresh_from_db()
    assert invitation.response == "invited"


def test_declined_visit_says_whom_to_ring(client, invitation):
    response = send(client, invitation, "declined")
    assert "You have said: I can’t come." in response.text
    assert "020 7946 0100" in response.text
    again = send(client, invitation, "accepted")
    assert "This invitation is no longer open." in again.text


def test_visit_called_off_asks_nothing(client, invitation):
    invitation.review.status = "cancelled"
    invitation.review.save()
    response = client.get(reverse("own-reviews:visit", args=[invitation.pk]))
    assert "This visit has been called off." in response.text
    assert "I can come" not in response.text


@pytest.mark.parametrize("words", ["", " ", "x" * 1001, "a\x00"])
def test_question_that_cannot_be_kept_is_a_form_error(client, invitation, words):
    response = client.post(reverse("own-reviews:question", args=[invitation.pk]), {"words": words})
    assert response.status_code == 200
    assert not Question.objects.exists()


def test_question_is_sent_once_however_often_pressed(client, invitation):
    for _ in range(2):
        client.post(
            reverse("own-reviews:question", args=[invitation.pk]), {"words": "Is there parking?"}
        )
    assert Question.objects.count() == 1


def test_calendar_file_is_a_download(client, invitation):
    response = client.get(reverse("own-reviews:calendar", args=[invitation.pk]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="visit.ics"'
    assert response.content.startswith(b"BEGIN:VCALENDAR")


def test_site_rules_are_on_the_card(client, invitation):
    site = invitation.review.service.site
    site.identity_needed, site.phones_allowed = "Your passport", False
    site.save()
    response = client.get(reverse("own-reviews:next"))
    assert "To get in: Your passport" in response.text
    assert "You cannot take a phone in." in response.text


def test_visit_that_is_over_offers_no_answer(client, invitation):
    with time_machine.travel(NOW + timedelta(days=60)):
        response = client.get(reverse("own-reviews:visit", args=[invitation.pk]))
    assert "This visit is over." in response.text
    assert "I can come" not in response.text
