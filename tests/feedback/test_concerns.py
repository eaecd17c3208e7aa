"""An LXR who rates support low, or asks for help, hears from a person by the next working day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from feedback import operations
from feedback.asks_for_help import SIGNS, asks_for_help
from feedback.form_queries import form_in_use
from feedback.models import Concern
from feedback.policies import next_working_morning
from notifications.falling_due import queue_due
from notifications.models import Message
from notifications.registry import KINDS
from programme.home.queries import work_of
from tests.factories import (
    NOW,
    AskingFactory,
    ConcernFactory,
    ReviewerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def asking(trust):
    return AskingFactory(audience="lxr", reviewer=ReviewerFactory(first_name="Ada"))


def answer(asking, words="", **ratings):
    form = form_in_use("lxr")
    remarks = {form.questions.get(kind="text").pk: words} if words else {}
    given = operations.Given(form=form, ratings=ratings, remarks=remarks)
    return operations.answer_own(asking=asking, given=given, by=asking.reviewer.user, now=NOW)


@pytest.mark.parametrize(
    ("ratings", "words", "why"),
    [
        ({"support_on_visit": 4}, "", (True, False)),
        ({"support_in_training": 0, "support_on_visit": 9}, "", (True, False)),
        ({"support_after_visit": 9}, "Could somebody ring me please", (False, True)),
        ({"support_after_visit": 2}, "I can’t cope", (True, True)),
    ],
)
def test_a_low_rating_or_a_call_for_help_is_a_concern(ratings, words, why, asking):
    answer(asking, words, **ratings)
    concern = Concern.objects.get()
    assert (concern.is_low_rating, concern.asks_for_help) == why
    assert (concern.raised_at, concern.in_touch_at) == (NOW, None)


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ({"support_on_visit": 5}, ""),
        ({"support_in_training": 10, "support_on_visit": None}, "It helped me to be asked."),
        ({}, "Everyone was kind."),
    ],
)
def test_other_answers_are_none(ratings, words, asking):
    answer(asking, words, **ratings)
    assert not Concern.objects.exists()


def test_what_is_recorded_by_phone_is_looked_at_as_well(asking):
    given = operations.Given(form=form_in_use("lxr"), ratings={"support_on_visit": 1})
    operations.record_answer(asking=asking, given=given, how="phone", by=UserFactory(), now=NOW)
    assert Concern.objects.exists()


def test_a_low_impact_from_a_service_is_no_concern(trust):
    asking = AskingFactory()
    given = operations.Given(form=form_in_use("team"), ratings={"impact": 0})
    operations.record_answer(asking=asking, given=given, how="phone", by=UserFactory(), now=NOW)
    assert not Concern.objects.exists()


@pytest.mark.parametrize("sign", SIGNS)
def test_each_sign_is_seen(sign):
    assert asks_for_help(f"Well: {sign.upper()}.")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Please ring me,\nI can't cope", True),
        ("I CAN’T COPE", True),
        ("I was retraumatised", True),
        ("It helped a lot", False),
        ("The team supported me and I felt safe", False),
        ("The story of the call centre was calming", False),
        ("", False),
    ],
)
def test_words_that_ask_for_help(text, asks):
    assert asks_for_help(text) is asks


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        (datetime(2026, 6, 10, 10, tzinfo=UTC), datetime(2026, 6, 11, 8, tzinfo=UTC)),
        (datetime(2026, 6, 12, 22, 30, tzinfo=UTC), datetime(2026, 6, 15, 8, tzinfo=UTC)),  # Friday
        (datetime(2026, 12, 24, 12, tzinfo=UTC), datetime(2026, 12, 29, 9, tzinfo=UTC)),  # 28 off
    ],
)
def test_the_next_working_morning_is_no_weekend_and_no_bank_holiday(moment, morning):
    assert next_working_morning(moment) == morning


def test_the_team_hears_at_once_without_a_word_of_it(asking, trust, time_machine):
    concern_of = answer(asking, "I am scared of Larch Ward", support_on_visit=1)
    queue_due(now=NOW)

    message = Message.objects.get(kind="feedback-concern")
    assert (message.recipient_kind, message.address) == ("team", trust.mailbox)
    assert message.subject == "Please get in touch with somebody"
    for word in ("scared", "Larch", "Ada", str(concern_of.review.service)):
        assert word not in message.subject + message.body
    assert reverse("feedback:concern", args=[Concern.objects.get().pk]) in message.body
    queue_due(now=NOW + timedelta(minutes=5))
    assert Message.objects.filter(kind="feedback-concern").count() == 1


def test_it_is_said_again_next_morning_unless_somebody_has_been_in_touch(asking, trust):
    answer(asking, support_on_visit=1)
    queue_due(now=NOW)
    concern, morning = Concern.objects.get(), next_working_morning(NOW)

    queue_due(now=morning)
    assert Message.objects.filter(kind="feedback-concern").count() == 2
    operations.say_in_touch(concern=concern, by=UserFactory(), now=morning)

    assert KINDS["feedback-concern"].holding({concern.pk}, morning) == set()
    queue_due(now=morning + timedelta(days=1))
    assert Message.objects.filter(kind="feedback-concern").count() == 2


def test_the_person_reads_that_somebody_will_be_in_touch(asking, client_as):
    client = client_as(asking.reviewer.user)
    page = client.post(
        reverse("own-feedback:form", args=[asking.pk]),
        {"support_on_visit": "2", "quote_as": "no"},
        follow=True,
    )
    assert "Somebody of our team will get in touch with you." in page.text


def lines(user):
    heading = "People to get in touch with after their feedback"
    work = {each.heading: each for each in work_of(user, NOW)}[heading]
    return [(line.text, line.href) for line in work.lines]


@pytest.mark.parametrize("role", ["coordinator", "quality_lead"])
def test_home_leads_to_it_until_somebody_has_been_in_touch(role, client_as, trust):
    concern = ConcernFactory(answer__author__first_name="Ada")
    client = client_as(role)
    address = reverse("feedback:concern", args=[concern.pk])
    assert lines(client.user) == [(str(concern.answer.author), address)]
    assert "They rated their support low." in client.get(address).text

    page = client.post(reverse("feedback:in-touch", args=[concern.pk]), follow=True)

    assert "It is written down that you have been in touch." in page.text
    assert lines(client.user) == []
    concern.refresh_from_db()
    assert (concern.in_touch_at, concern.in_touch_by) == (NOW, client.user)
    event = Event.objects.get(action="got in touch after feedback")
    assert (event.person_id, event.actor_id) == (concern.answer.author_id, client.user.pk)


def test_the_first_who_was_in_touch_stays(trust):
    concern, first = ConcernFactory(), UserFactory()
    for by in (first, UserFactory()):
        operations.say_in_touch(concern=concern, by=by, now=NOW)
    concern.refresh_from_db()
    assert concern.in_touch_by == first
