import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import links
from accounts.models import SecretLink, SpentSecret
from feedback.form_queries import form_in_use
from feedback.models import Answer, Asking
from nhsuk.words import with_phones
from tests.factories import (
    NOW,
    TODAY,
    AnswerFactory,
    ContactFactory,
    ReviewerFactory,
    ReviewFactory,
)

pytestmark = pytest.mark.django_db

FORM = "/feedback/visit/"


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def asking(trust):
    review = ReviewFactory(status="completed", visit_on=TODAY)
    contact = ContactFactory(service=review.service)
    return Asking.objects.create(review=review, audience="team", contact=contact, asked_at=NOW)


def secret_of(asking, **ends):
    return links.issue(
        purpose="feedback",
        object_id=asking.pk,
        now=NOW - timedelta(days=60),
        expires_at=ends.get("expires_at", NOW + timedelta(days=1)),
    )


def sends(words="", quote_as="no", audience="team", **more):
    """What a browser sends of the form in use."""
    form = form_in_use(audience)
    asked = form.questions.get(kind="text")
    return {
        "version": form.number,
        "told": "alone",
        f"question-{asked.pk}": words,
        "quote_as": quote_as,
        **more,
    }


def test_a_service_answers_by_link_without_signing_in(asking):
    client = Client()
    opened = client.get(f"{FORM}{secret_of(asking)}/")
    assert opened.headers["Location"] == FORM  # the secret has left the address
    assert asking.review.service.name in client.get(FORM).content.decode()

    done = client.post(FORM, sends(impact="9", words="Kind", quote_as="role"), follow=True)

    assert "Thank you" in done.content.decode()
    answer = Answer.objects.get()
    assert (answer.impact, answer.quote_as) == (9, "role")
    assert answer.remarks.get().text == "Kind"


def test_opening_a_link_changes_nothing(asking):
    client, secret = Client(), secret_of(asking)

    for _ in range(3):
        client.get(f"{FORM}{secret}/", follow=True)

    assert not SpentSecret.objects.exists()
    assert Asking.objects.get().state == "open"


def test_unknown_used_expired_and_revoked_links_look_the_same(asking):
    expired = secret_of(asking, expires_at=NOW - timedelta(seconds=1))
    used, revoked = secret_of(asking), secret_of(asking)
    links.spend(used)
    SecretLink.objects.filter(digest=links.digest_of(revoked)).update(revoked_at=NOW)

    pages, asked = set(), set()
    for secret in (
        "never-was",
        expired,
        used,
        revoked,
        "\udcff".encode("utf-8", "replace").decode(),
    ):
        client = Client()
        client.get(f"{FORM}{secret}/")
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(FORM)
        pages.add((answer.status_code, answer.content))
        asked.add(tuple(re.sub("'.*?'|[0-9]+", "", each["sql"]) for each in captured))

    assert len(pages) == len(asked) == 1
    assert next(iter(pages))[0] == 404


@pytest.mark.parametrize(
    "sent", [{"impact": "11"}, {"impact": "x"}, {"words": "a\x00b"}, {"quote_as": ""}]
)
def test_an_answer_that_is_none_is_a_form_error_and_keeps_the_link(sent, asking):
    client = Client()
    client.get(f"{FORM}{secret_of(asking)}/")

    answer = client.post(FORM, sends(**sent))

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert Answer.objects.count() == 0
    assert not SpentSecret.objects.exists()


def test_sending_twice_has_one_effect(asking):
    first, second = Client(), Client()
    secret = secret_of(asking)
    for client in (first, second):
        client.get(f"{FORM}{secret}/")
    first.post(FORM, sends(impact="9"))

    again = second.post(FORM, sends(impact="1"))

    assert again.status_code == 404
    assert Answer.objects.get().impact == 9


def test_the_form_says_where_help_is(asking, trust):
    client = Client()
    client.get(f"{FORM}{secret_of(asking)}/")

    page = client.get(FORM).content.decode()

    assert "not read straight away" in page
    assert with_phones(trust.safeguarding_line) in page
    assert with_phones(trust.crisis_line) in page


def test_an_lxr_answers_about_their_own_visit_only(client_as, trust):
    own, other = ReviewerFactory(), ReviewerFactory()
    review = ReviewFactory(status="completed", visit_on=TODAY)
    mine, theirs = (
        Asking.objects.create(review=review, audience="lxr", reviewer=person, asked_at=NOW)
        for person in (own, other)
    )
    client = client_as(own.user)

    answered = client.post(
        reverse("own-feedback:form", args=[mine.pk]),
        {"support_in_training": "8", "support_on_visit": "9", "quote_as": "no"},
    )

    assert answered.headers["Location"] == reverse("own-feedback:list")
    answer = Answer.objects.get()
    assert (answer.author, answer.support_in_training, answer.support_on_visit) == (own, 8, 9)
    assert client.get(reverse("own-feedback:form", args=[theirs.pk])).status_code == 404


def test_a_coordinator_records_what_was_said_by_phone(client_as, asking):
    page = client_as("coordinator").post(
        reverse("feedback:record", args=[asking.pk]),
        sends(impact="7", words="By phone", how="phone"),
        follow=True,
    )

    assert "The feedback is saved." in page.content.decode()
    assert Answer.objects.get().how == "phone"


def test_answers_are_narrowed_to_words_waiting_to_be_read(client_as):
    AnswerFactory(comment="Wait for me", may_quote=True)
    AnswerFactory(comment="Leave me")
    AnswerFactory(comment="Seen", may_quote=True, comment__approved_at=NOW)

    page = client_as("quality_lead").get("/feedback/", {"quotes": "waiting"}).content.decode()

    assert "Wait for me" in page
    assert "Leave me" not in page
    assert "Seen" not in page


def test_words_that_look_like_a_name_come_back_to_be_looked_at(asking):
    client = Client()
    client.get(f"{FORM}{secret_of(asking)}/")
    words = "Sarah Jones was kind. Ring her on 07700 900123."
    sent = sends(impact="9", words=words, quote_as="role")
    assert "Send it as it is" not in client.get(FORM).content.decode()

    back = client.post(FORM, sent)

    page = back.content.decode()
    assert back.status_code == 200
    assert "a name (“Sarah Jones”) and a phone number (“07700 900123”)" in page
    assert (words in page, "Send it as it is" in page) == (True, True)  # nothing is lost
    assert not Answer.objects.exists()
    assert not SpentSecret.objects.exists()

    done = client.post(FORM, sent | {"as_it_is": "on"}, follow=True)

    assert "We have your feedback" in done.content.decode()
    assert Answer.objects.get().remarks.get().text == words


def test_words_that_were_put_right_are_sent_without_a_tick(asking):
    client = Client()
    client.get(f"{FORM}{secret_of(asking)}/")
    client.post(FORM, sends(words="Sarah was kind"))

    client.post(FORM, sends(words="The reviewer was kind"))

    assert Answer.objects.get().remarks.get().text == "The reviewer was kind"


def test_what_was_said_by_phone_is_looked_at_as_well(client_as, asking):
    client = client_as("coordinator")
    address = reverse("feedback:record", args=[asking.pk])

    page = client.post(address, sends(words="Dr Smith was there", how="phone"))

    assert "a name (“Dr Smith”)" in page.content.decode()
    assert not Answer.objects.exists()
