"""From rows, logs and times nobody can tell which of several respondents wrote what."""

import logging
from datetime import timedelta
from itertools import product

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from accounts.links import find_unspent
from accounts.models import SecretLink, SpentSecret
from audit.models import Event
from feedback import operations
from feedback.form_queries import form_in_use
from feedback.models import Answer, Asking, ExtraRating, Remark
from feedback.policies import WE_HAVE_IT
from notifications.models import Message
from organisation.models import ServiceContact
from rules import RuleBroken
from tests.factories import NOW, AskingFactory, ContactFactory, StaffFactory, UserFactory
from tests.races import race

pytestmark = pytest.mark.django_db
FORM = "/feedback/visit/"


@pytest.fixture
def two(trust):
    """Two people of a service who were asked about the same visit at the same moment."""
    first = AskingFactory()
    contact = ContactFactory(service=first.review.service)
    return first, AskingFactory(review=first.review, contact=contact)


def secret_of(asking, now=NOW):
    asking.refresh_from_db()
    return operations.open_link(asking, now=now, expires_at=NOW + timedelta(days=60))


def answers(secret, words, client=None):
    """Somebody opens their link and answers, in a browser of their own unless one is given."""
    client = client or Client()
    client.get(f"{FORM}{secret}/")
    told = client.get(FORM).context["form"]["told"].value()
    form = form_in_use("team")
    asked = form.questions.get(kind="text")
    sent = {"version": "1", "impact": "8", f"question-{asked.pk}": words, "quote_as": "no"}
    sent["told"] = told
    assert client.post(FORM, sent, follow=True).status_code == 200


def rows():
    """Every row of every table as it is stored, without what is random in it."""
    found = {}
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        shown = [name for name in names if name not in RANDOM.get(model, ())]
        found[model._meta.label] = sorted(
            repr({name: getattr(row, name) for name in shown}) for row in model._base_manager.all()
        )
    return found


# Nothing else differs, whoever answers first; and these are drawn anew each time.
RANDOM = {
    Answer: ("key", "withdrawal_digest"),
    Remark: ("key", "answer_id"),
    ExtraRating: ("key", "answer_id"),
    SpentSecret: ("digest",),
}


def forget_answers(two):
    """Back to where nobody has answered."""
    Answer.objects.all().delete()
    SpentSecret.objects.all().delete()
    Asking.objects.update(state="open")


def test_every_row_is_the_same_whoever_of_two_wrote_what(two, time_machine):
    """The two swap what they write and in which order they send it: four stories, one database."""
    secrets = [secret_of(each) for each in two]
    stories = []
    for first, swapped in product((0, 1), (False, True)):
        forget_answers(two)
        said = ["Kind", "Cold"] if swapped else ["Cold", "Kind"]
        for step, who in enumerate((first, 1 - first)):
            time_machine.move_to(NOW + timedelta(hours=step))
            answers(secrets[who], said[who])
        stories.append(rows())

    assert all(story == stories[0] for story in stories)
    assert sorted(Remark.objects.values_list("text", flat=True)) == ["Cold", "Kind"]


def test_while_one_of_two_has_answered_no_row_says_which(two, time_machine):
    time_machine.move_to(NOW)
    secrets = [secret_of(each) for each in two]
    stories = []
    for secret in secrets:
        forget_answers(two)
        answers(secret, "Kind")
        stories.append(rows())

    assert stories[0] == stories[1]
    assert set(Asking.objects.values_list("state", flat=True)) == {"open"}


def test_keys_are_random_and_in_no_order(two):
    for model in (Answer, Remark, ExtraRating):
        key = model._meta.pk
        assert (key.name, key.get_internal_type()) == ("key", "UUIDField")
    moments = {
        f"{model.__name__}.{field.name}"
        for model in (Answer, ExtraRating, SpentSecret)
        for field in model._meta.fields
        if field.get_internal_type() in {"DateTimeField", "TimeField", "BigAutoField"}
    }
    assert moments == set()


def test_nothing_is_kept_of_the_moment_an_answer_came(two, time_machine, caplog):
    time_machine.move_to(NOW)
    secrets = [secret_of(each) for each in two]
    events, messages = Event.objects.count(), Message.objects.count()
    links = list(SecretLink.objects.order_by("pk").values())
    caplog.set_level(logging.DEBUG)

    moment = NOW + timedelta(hours=3, minutes=17)
    time_machine.move_to(moment)
    for secret, words in zip(secrets, ("Kind", "Cold"), strict=True):
        answers(secret, words)

    assert (Event.objects.count(), Message.objects.count()) == (events, messages)
    assert list(SecretLink.objects.order_by("pk").values()) == links
    assert not Session.objects.exists()
    assert not [name for name, found in rows().items() if f"{moment:%H, %M}" in str(found)]
    said = [each.getMessage() for each in caplog.records if each.name != "django.db.backends"]
    assert not [each for each in said if any(secret in each for secret in secrets)]


def test_a_session_of_somebody_signed_in_keeps_nothing_of_it(two, client_as, time_machine):
    time_machine.move_to(NOW)
    client = client_as("visit_lead")
    before = list(Session.objects.values())

    answers(secret_of(two[0]), "Kind", client)

    assert list(Session.objects.values()) == before


def test_all_are_answered_at_once_when_as_many_came_as_were_asked(two, time_machine):
    time_machine.move_to(NOW)
    answers(secret_of(two[0]), "Kind")
    assert set(Asking.objects.values_list("state", flat=True)) == {"open"}
    answers(secret_of(two[1]), "Cold")
    assert set(Asking.objects.values_list("state", flat=True)) == {"answered"}


def test_an_answer_by_phone_says_of_nobody_that_it_is_theirs(two, time_machine):
    time_machine.move_to(NOW)
    stories = []
    for who in two:
        forget_answers(two)
        asking = Asking.objects.get(pk=who.pk)
        secret = secret_of(asking)
        given = operations.Given(form=form_in_use("team"), ratings={"impact": 7})
        operations.record_answer(asking=asking, given=given, how="phone", by=UserFactory(), now=NOW)
        assert Client().get(f"{FORM}{secret}/", follow=True).status_code == 404
        event = Event.objects.latest("pk")
        assert (event.object_type, event.object_id) == ("reviews.review", str(asking.review_id))
        stories.append(list(Asking.objects.order_by("pk").values_list("state", flat=True)))
    assert stories[0] == stories[1] == ["open", "open"]


def recorded(asking, by):
    """What recording an answer of this person by phone says: nothing, or the sentence of a rule."""
    given = operations.Given(form=form_in_use("team"), ratings={"impact": 7})
    try:
        operations.record_answer(asking=asking, given=given, how="phone", by=by, now=NOW)
    except RuleBroken as broken:
        return str(broken)
    return ""


def test_recording_an_answer_does_not_tell_whether_that_person_has_answered(two, time_machine):
    time_machine.move_to(NOW)
    by = UserFactory()
    secrets = [secret_of(each) for each in two]
    stories = []
    for secret in secrets:
        forget_answers(two)
        answers(secret, "Kind")
        said = [recorded(each, by) for each in (two[0], two[0], two[1])]
        stored = rows()
        del stored["audit.Event"]  # they stay from story to story
        event = Event.objects.latest("pk")
        stories.append((said, stored, event.object_type, event.object_id, event.why))
        for again in secrets:  # as many as were asked: no link takes another answer
            assert Client().get(f"{FORM}{again}/", follow=True).status_code == 404

    assert stories[0] == stories[1]
    assert said == ["", WE_HAVE_IT, WE_HAVE_IT]
    assert Answer.objects.count() == 2


def test_a_link_takes_no_answer_when_as_many_came_as_were_asked(two, time_machine):
    """The first answers, somebody records another one for them: the second has a link left."""
    time_machine.move_to(NOW)
    secrets = [secret_of(each) for each in two]
    link = find_unspent(secret=secrets[1], purpose="feedback", now=NOW)
    answers(secrets[0], "Kind")
    assert recorded(two[0], UserFactory()) == ""

    given = operations.Given(form=form_in_use("team"), ratings={"impact": 7})
    with pytest.raises(RuleBroken, match="already have this feedback"):
        operations.answer_by_link(
            link=link, secret=secrets[1], given=given, told_alone=True, now=NOW
        )

    assert Answer.objects.count() == 2


@pytest.mark.parametrize(
    ("audience", "sentence"),
    [("team", "your service’s answer"), ("quality", "known that this is your answer")],
)
def test_the_only_one_asked_is_told_that_it_will_be_known(audience, sentence, trust, time_machine):
    time_machine.move_to(NOW)
    whom = {"staff": StaffFactory()} if audience == "quality" else {}
    asking = AskingFactory(audience=audience, **whom)
    client = Client()
    client.get(f"{FORM}{secret_of(asking)}/")

    page = client.get(FORM).content.decode()

    assert sentence in page
    assert "Nobody can tell" not in page


def without_a_link(asking):
    asking.nonce = ""
    asking.save()
    SecretLink.objects.filter(object_id=asking.pk).delete()


def past_its_day(asking):
    SecretLink.objects.filter(object_id=asking.pk).update(
        created_at=NOW - timedelta(days=60), expires_at=NOW
    )


def without_an_address(asking):
    ServiceContact.objects.filter(pk=asking.contact_id).update(email="")


def not_reached(asking):
    Message.objects.create(
        key="one",
        kind="feedback-request",
        about_id=asking.pk,
        recipient_kind="contact",
        recipient_id=asking.contact_id,
        channel="email",
        queued_at=NOW,
        due_at=NOW,
        state="failed",
    )


@pytest.mark.parametrize("lost", [without_a_link, past_its_day, without_an_address, not_reached])
def test_who_shares_with_nobody_that_a_link_reached_is_told_so(lost, two, time_machine):
    time_machine.move_to(NOW)
    secrets = [secret_of(each) for each in two]
    lost(two[1])
    client = Client()
    client.get(f"{FORM}{secrets[0]}/")
    assert "your service’s answer" in client.get(FORM).text


def test_who_was_told_that_nobody_can_tell_is_not_received_once_somebody_can(two, time_machine):
    """The other's link is closed while the form is open."""
    time_machine.move_to(NOW)
    secrets = [secret_of(each) for each in two]
    client = Client()
    client.get(f"{FORM}{secrets[0]}/")
    told = client.get(FORM).context["form"]["told"].value()
    operations.revoke(asking=two[1], by=UserFactory(), now=NOW)

    sent = {"version": "1", "impact": "8", "quote_as": "no", "told": told}
    page = client.post(FORM, sent)
    assert "you have become the only one" in page.text
    assert "your service’s answer" in page.text
    assert not Answer.objects.exists()

    again = client.post(FORM, {**sent, "told": page.context["form"]["told"].value()}, follow=True)
    assert "Thank you" in again.text
    assert Answer.objects.count() == 1


def test_one_of_several_is_told_that_nobody_can_tell(two, time_machine):
    time_machine.move_to(NOW)
    client = Client()
    for each in two:
        client.get(f"{FORM}{secret_of(each)}/")

    page = client.get(FORM).content.decode()

    assert "Nobody can tell who of you wrote what" in page
    assert "The quality team will know your service" in page


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_the_same_moment_are_both_received(trust, time_machine):
    time_machine.move_to(NOW)
    first = AskingFactory()
    contact = ContactFactory(service=first.review.service)
    both = (first, AskingFactory(review=first.review, contact=contact))
    form_in_use("team")
    secrets = [secret_of(each) for each in both]
    connection.close()

    outcomes = race(*(lambda secret=secret: answers(secret, "Kind") for secret in secrets))

    assert outcomes == [None, None]
    assert Answer.objects.count() == 2
    assert set(Asking.objects.values_list("state", flat=True)) == {"answered"}
