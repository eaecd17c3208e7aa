"""The card, its answers and its questions."""

import re
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
    send(client, invitation, "declined")
    response = client.get(reverse("own-reviews:visit", args=[invitation.pk]))
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


def test_card_says_until_when_one_can_answer(client, invitation):
    invitation.answer_by = NOW + timedelta(days=3)
    invitation.save()

    assert "Please tell us by 11am on 13 June 2026." in client.get(reverse("own-reviews:next")).text
    assert "Please tell us by 11am on 13 June 2026." in (
        client.get(reverse("own-reviews:visits")).text
    )


def test_after_the_time_to_answer_one_can_still_come(client, invitation):
    invitation.response, invitation.answer_by = "expired", NOW - timedelta(days=1)
    invitation.save()
    invitation.reviewer.first_visit_anywhere = True
    invitation.reviewer.save()

    page = client.get(reverse("own-reviews:visit", args=[invitation.pk]))
    assert "The time to answer is over." in page.text
    assert "I can still come" in page.text

    answered = send(client, invitation, "accepted")
    assert "Thank you. You have told us that you can come." in answered.text


def test_late_yes_that_cannot_be_taken_goes_to_the_team(client, invitation):
    invitation.response = "expired"
    invitation.save()
    invitation.reviewer.stage = "paused"
    invitation.reviewer.save()

    answered = send(client, invitation, "accepted")

    assert "We have told the team that you can still come." in answered.text
    assert Question.objects.get().member == invitation


@pytest.mark.parametrize(
    ("taken_back", "words"),
    [
        ("plans", "You do not need to come on this visit."),
        ("moved", "You do not need to come on this visit."),
        ("filled", "The places on this visit are filled."),
    ],
)
def test_what_the_team_took_back_is_not_put_in_their_mouth(client, invitation, taken_back, words):
    invitation.response, invitation.taken_back = "withdrawn", taken_back
    invitation.save()

    page = client.get(reverse("own-reviews:visit", args=[invitation.pk])).text

    assert words in page
    assert "You have said" not in page


def test_whoever_cannot_come_is_asked_why_once(client, invitation):
    why_not = reverse("own-reviews:why-not", args=[invitation.pk])
    card = reverse("own-reviews:visit", args=[invitation.pk])

    page = send(client, invitation, "declined")
    assert page.redirect_chain[-1][0] == why_not
    assert "You do not have to. We have your answer." in page.text
    assert why_not not in client.get(card).text  # the card does not ask

    saved = client.post(why_not, {"why": "unsaid"}, follow=True)
    assert saved.redirect_chain[-1][0] == card
    assert client.get(why_not).url == card
    invitation.refresh_from_db()
    assert invitation.why_not == "unsaid"


@pytest.mark.parametrize("why", ["", "lazy", "\x00"])
def test_why_not_is_from_the_list(client, invitation, why):
    send(client, invitation, "declined")

    response = client.post(reverse("own-reviews:why-not", args=[invitation.pk]), {"why": why})

    assert "There is a problem" in response.text
    invitation.refresh_from_db()
    assert invitation.why_not == ""


def without_token(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("name", ["visit", "question", "calendar", "why-not"])
def test_link_that_was_sent_on_says_so_and_not_whose_it_is(name, client, invitation):
    other = LXROnTeamFactory(reviewer__first_name="Zelda", reviewer__last_name="Quill")

    theirs = client.get(reverse(f"own-reviews:{name}", args=[other.pk]))
    nobodys = client.get(reverse(f"own-reviews:{name}", args=[99_999]))

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert without_token(theirs.text) == without_token(nobodys.text)
    assert "a link to an invitation of theirs, only they can answer." in theirs.text
    assert f"You are signed in as {invitation.reviewer}" in theirs.text
    assert "Quill" not in theirs.text
    assert other.review.service.name not in theirs.text


def test_nobody_answers_for_somebody_else(client, invitation):
    other = LXROnTeamFactory()

    response = send(client, other, "accepted")

    assert response.status_code == 404
    other.refresh_from_db()
    assert other.response == "invited"
