"""Whoever sent words can take back that we may quote them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts import links
from audit.models import Event
from feedback import operations, queries
from feedback.form_queries import form_in_use
from feedback.models import Answer
from tests.factories import (
    NOW,
    AnswerFactory,
    AskingFactory,
    ReviewerFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def withdrawal(trust):
    """The address that the thank-you page gave to somebody whose words are a quote now."""
    client = Client()
    secret = operations.open_link(
        AskingFactory(), now=NOW, expires_at=NOW.replace(year=NOW.year + 1)
    )
    client.get(reverse("feedback:open", args=[secret]))
    words = form_in_use("team").questions.get(kind="text")
    sent = {"version": "1", "told": "alone", f"question-{words.pk}": "Kind", "quote_as": "role"}
    page = client.post("/feedback/visit/", sent, follow=True).content.decode()
    for remark in Answer.objects.get().remarks.all():
        operations.approve_quote(remark=remark, by=UserFactory(), now=NOW)
    return re.search(r"/feedback/words/[\w-]{43}/", page).group()


def test_the_thank_you_page_gives_the_link_and_only_its_hash_is_kept(withdrawal):
    secret = withdrawal.split("/")[-2]
    assert Answer.objects.get().withdrawal_digest == links.digest_of(secret)
    assert "/feedback/words/" not in Client().get("/feedback/visit/thank-you/").content.decode()


def test_opening_it_changes_nothing_and_says_what_reports_keep(withdrawal):
    client = Client()
    for _ in range(2):
        opened = client.get(withdrawal)
        page = client.get("/feedback/words/").content.decode()
    assert opened.headers["Location"] == "/feedback/words/"  # the secret has left the address
    assert "reports that are already published keep them" in page
    assert "Kind" not in page  # whoever finds the link does not find the words
    assert (Answer.objects.get().quote_as, queries.quotes().count()) == ("role", 1)


@pytest.mark.parametrize(
    ("audience", "person"),
    [("team", {}), ("quality", {"staff": StaffFactory}), ("lxr", {"reviewer": ReviewerFactory})],
)
def test_every_form_says_before_what_reports_keep(audience, person, trust, client_as):
    made = {name: factory() for name, factory in person.items()}
    asking = AskingFactory(audience=audience, **made)
    if audience == "lxr":
        page = client_as(asking.reviewer.user).get(f"/me/feedback/{asking.pk}/").text
    else:
        secret = operations.open_link(asking, now=NOW, expires_at=NOW + timedelta(days=60))
        page = Client().get(f"/feedback/visit/{secret}/", follow=True).text
    by_hand = client_as("coordinator").get(f"/feedback/waiting/{asking.pk}/record/").text
    for each in (page, by_hand):
        assert "reports that are already published keep your words" in each


def test_an_author_withdraws_and_can_allow_it_again(withdrawal):
    client = Client()
    client.get(withdrawal)

    page = client.post("/feedback/words/", {"quote_as": "no"}, follow=True).content.decode()

    assert "We have changed how we may quote you." in page
    assert (Answer.objects.get().quote_as, queries.quotes().count()) == ("no", 0)
    client.post("/feedback/words/", {"quote_as": "anonymous"})
    assert Answer.objects.get().quote_as == "anonymous"
    assert queries.quotes().count() == 0  # a person reads them again first


@pytest.mark.parametrize("secret", ["x" * 43, "y", "x" * 5000])
def test_an_unknown_link_opens_nothing(secret, withdrawal):
    client = Client()
    client.get(withdrawal)
    client.get(f"/feedback/words/{secret}/")
    assert client.get("/feedback/words/").status_code == 404
    assert Client().get("/feedback/words/").status_code == 404


def test_the_link_of_an_asking_does_not_open_the_words(trust):
    AnswerFactory(withdrawal_digest=links.digest_of("w" * 43))
    client = Client()
    client.get(f"/feedback/visit/{'w' * 43}/")
    assert client.get("/feedback/visit/").status_code == 404


def test_an_lxr_changes_their_own_signed_in(client_as, trust):
    own, other = ReviewerFactory(), ReviewerFactory()
    mine, theirs = (
        AnswerFactory(
            audience="lxr", impact=None, author=person, may_quote=True, comment="Kind",
            comment__approved_at=NOW,
        )
        for person in (own, other)
    )  # fmt: skip
    client = client_as(own.user)
    assert reverse("own-feedback:words", args=[mine.pk]) in client.get("/me/feedback/").text

    page = client.post(
        reverse("own-feedback:words", args=[mine.pk]), {"quote_as": "no"}, follow=True
    )

    assert "We have changed how we may quote you." in page.text
    assert [each.answer for each in queries.quotes()] == [theirs]
    event = Event.objects.get(action="changed the permission to quote")
    assert (event.person_id, event.object_id) == (own.pk, str(mine.pk))
    assert client.get(reverse("own-feedback:words", args=[theirs.pk])).status_code == 404


def test_a_coordinator_takes_permission_back_for_somebody_who_rings(client_as, trust):
    answer = AnswerFactory(may_quote=True, comment="Kind", comment__approved_at=NOW)
    client = client_as("coordinator")

    page = client.post(reverse("feedback:take-back", args=[answer.pk]), follow=True).text

    assert "We may not quote these words any more." in page
    assert "Not to be quoted." in page
    assert not queries.quotes().exists()
