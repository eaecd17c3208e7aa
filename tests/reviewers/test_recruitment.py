"""From "I'm interested" to a person here: the public page, and what coordinators make of it."""

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from audit.models import Event
from reviewers import operations, recruitment_queries
from reviewers.models import Enquiry, Reviewer
from reviewers.operations import Details
from rules import RuleBroken
from tests.factories import NOW, ReviewerFactory
from tests.races import meeting_after, race

FAY = {"name": "Fay Hill", "contact": "07700 900777", "needs": "Ring after five"}
DETAILS = Details("Fay", "Hill", phone="07700 900777", preferred_contact="phone")


@pytest.fixture
def open_page(trust):
    trust.enquiries_open = True
    trust.save()
    return reverse("interested")


def enquiry(**given):
    values = {"name": "Fay Hill", "contact": "07700 900777", "needs": "Ring after five"}
    return Enquiry.objects.create(**values | {"received_at": NOW} | given)


def test_page_is_not_there_until_the_trust_opens_it(client, trust):
    assert client.get(reverse("interested")).status_code == 404
    assert client.post(reverse("interested"), FAY).status_code == 404
    assert client.get(reverse("interested-thanks")).status_code == 404
    assert reverse("interested") not in client.get(reverse("account_login")).text


def test_sign_in_leads_to_the_page_once_it_is_open(client, open_page):
    assert open_page in client.get(reverse("account_login")).text


def test_what_is_sent_is_kept_and_thanked_for(client, open_page):
    response = client.post(open_page, FAY, follow=True)
    assert "We have your message" in response.text
    kept = Enquiry.objects.get()
    assert (kept.name, kept.contact, kept.needs) == tuple(FAY.values())
    event = Event.objects.get()
    assert (event.action, event.actor_id, event.fields) == (
        "received enquiry", None, ["contact", "name", "needs"],
    )  # fmt: skip


def test_known_people_get_the_same_answer(client, open_page):
    ReviewerFactory(first_name="Fay", last_name="Hill", phone="07700 900777")
    known = client.post(open_page, FAY, follow=True)
    stranger = client.post(open_page, FAY | {"name": "Gil Day", "contact": "1"}, follow=True)
    assert known.redirect_chain == stranger.redirect_chain
    assert Enquiry.objects.count() == 2


def test_form_sent_twice_is_one_enquiry(client, open_page):
    sent = FAY | {"token": str(uuid.uuid4())}
    for _ in range(2):
        client.post(open_page, sent)
    assert Enquiry.objects.count() == 1


def test_machine_is_thanked_and_not_heard(client, open_page):
    response = client.post(open_page, FAY | {"website": "https://example.org"}, follow=True)
    assert "We have your message" in response.text
    assert not Enquiry.objects.exists()


def test_eleventh_within_an_hour_from_one_address_is_asked_to_wait(client, open_page):
    for _ in range(10):
        client.post(open_page, FAY)
    response = client.post(open_page, FAY)
    assert response.status_code == 429
    assert "Please try again later" in response.text
    assert Enquiry.objects.count() == 10
    other = client.post(open_page, FAY, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 302


def test_mistake_is_not_counted_as_a_message(client, open_page):
    for _ in range(12):
        assert client.post(open_page, {}).status_code == 200
    cache.clear()
    assert client.post(open_page, FAY).status_code == 302


def test_enquiry_becomes_a_person_with_what_they_need(user_as):
    sent, by = enquiry(), user_as("coordinator")
    person, is_new = operations.add_from_enquiry(enquiry=sent, details=DETAILS, by=by, now=NOW)
    sent.refresh_from_db()
    assert (is_new, person.stage, person.source) == (True, "enquiry", "themselves")
    assert (person.access_needs, person.needs.get().kind) == ("Ring after five", "other")
    assert (sent.outcome, sent.reviewer, sent.closed_by) == ("added", person, by)
    event = Event.objects.get(action="added enquiry")
    assert (event.person_id, event.fields) == (person.pk, ["outcome"])


def test_adding_twice_is_one_person(user_as):
    sent, by = enquiry(), user_as("coordinator")
    first, _ = operations.add_from_enquiry(enquiry=sent, details=DETAILS, by=by, now=NOW)
    second, is_new = operations.add_from_enquiry(enquiry=sent, details=DETAILS, by=by, now=NOW)
    assert (second, is_new) == (first, False)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_adding_at_once_add_one_person(user_as):
    sent = enquiry()
    others = Details("Fay", "Hill", email="fay@example.org")

    def add(details, by):
        return operations.add_from_enquiry(enquiry=sent, details=details, by=by, now=NOW)

    one, two = user_as("coordinator"), user_as("coordinator")
    with meeting_after("reviewers.operations.recruitment.check_is_open", patience=0.2):
        outcomes = race(lambda: add(DETAILS, one), lambda: add(others, two))

    assert Reviewer.objects.count() == 1
    assert sorted(is_new for _, is_new in outcomes) == [False, True]


def test_closed_enquiry_is_not_added_and_closing_again_is_nothing(user_as):
    sent, by = enquiry(), user_as("coordinator")
    for _ in range(2):
        operations.close_enquiry(enquiry=sent, by=by, now=NOW)
    assert Event.objects.filter(action="closed enquiry").count() == 1
    with pytest.raises(RuleBroken, match="closed already"):
        operations.add_from_enquiry(enquiry=sent, details=DETAILS, by=by, now=NOW)
    assert not Reviewer.objects.exists()


@pytest.mark.parametrize(
    ("contact", "known"),
    [
        ("fay@example.org", {"email": "fay@example.org", "preferred_contact": "email"}),
        ("07700 900777", {"phone": "07700 900777", "preferred_contact": "phone"}),
        ("3 Mill Lane", {"address": "3 Mill Lane", "preferred_contact": "post"}),
    ],
)
def test_form_starts_with_what_they_told_us(client_as, trust, contact, known):
    sent = enquiry(contact=contact)
    form = client_as("coordinator").get(
        reverse("reviewers:add-from-enquiry", args=[sent.pk])
    ).context["form"]  # fmt: skip
    assert form.initial == known | {
        "first_name": "Fay", "last_name": "Hill", "source": "themselves",
    }  # fmt: skip


@pytest.mark.parametrize(
    "there",
    [
        {"first_name": "fay", "last_name": "hill"},
        {"email": "FAY@example.org"},
        {"phone": "07700-900777", "stage": "left"},
    ],
)
def test_people_who_may_be_the_same_are_shown(db, there):
    ReviewerFactory()
    person = ReviewerFactory(user=None, **there)
    found = recruitment_queries.alike(
        name="Fay Hill", email="fay@example.org", phone="07700 900777"
    )
    assert found == [person]


def test_enquiry_of_somebody_known_is_closed_as_theirs(client_as, trust):
    sent, person = enquiry(), ReviewerFactory(first_name="Fay", last_name="Hill")
    client = client_as("coordinator")
    page = client.get(reverse("reviewers:add-from-enquiry", args=[sent.pk]))
    assert "Are they here already?" in page.text
    response = client.post(
        reverse("reviewers:close-enquiry", args=[sent.pk]), {"person": person.pk}
    )
    sent.refresh_from_db()
    assert response["Location"] == reverse("reviewers:detail", args=[person.pk])
    assert (sent.outcome, sent.reviewer) == ("closed", person)


def test_list_shows_those_who_wait_and_others_when_asked(client_as, trust):
    enquiry(name="Open Olga")
    enquiry(name="Closed Carl", outcome="closed", closed_at=NOW)
    client, url = client_as("coordinator"), reverse("reviewers:enquiries")
    names = [each.name for each in client.get(url).context["page"]]
    closed = [each.name for each in client.get(url, {"outcome": "closed"}).context["page"]]
    assert (names, closed) == (["Open Olga"], ["Closed Carl"])


def test_words_are_encrypted_where_they_lie(db):
    enquiry()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact, needs FROM reviewers_enquiry")
        row = " ".join(map(str, cursor.fetchone()))
    assert not any(words in row for words in ("Fay", "900777", "five"))
