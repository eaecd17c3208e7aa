"""Talks about the role: planned, told, reminded of and recorded."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from notifications.delivery import drop_what_no_longer_holds
from notifications.models import Message
from reviewers import operations
from reviewers.operations.recruitment import Talk
from reviewers.reminders import due_interviews
from rules import RuleBroken
from tests.factories import NOW, TODAY, ReviewerFactory

TALK = Talk(TODAY + timedelta(days=5), "Kim Shaw", starts_at=time(14), place="Market House")


def save(person, by, talk=TALK, **given):
    return operations.save_interview(reviewer=person, talk=talk, by=by, now=NOW, **given)


def test_planning_moves_on_and_tells_the_person_once(user_as, trust):
    person, by = ReviewerFactory(stage="enquiry", first_name="Fay"), user_as("coordinator")
    first, second = save(person, by), save(person, by)
    person.refresh_from_db()
    assert (first, person.stage) == (second, "interview")
    message = Message.objects.get()
    assert (message.kind, message.subject) == (
        "interview", "Talking about the role on Monday 15 June",
    )  # fmt: skip
    assert "Dear Fay" in message.body
    assert "Monday 15 June 2026, 2pm" in message.body
    assert "Market House" in message.body


def test_moved_interview_is_told_anew(user_as, trust):
    person, by = ReviewerFactory(stage="interview"), user_as("coordinator")
    planned = save(person, by)
    later = replace(TALK, held_on=TODAY + timedelta(days=6))
    operations.save_interview(
        reviewer=person, talk=later, interview=planned, by=by, now=NOW + timedelta(minutes=1)
    )
    assert person.interviews.count() == 1
    assert Message.objects.count() == 2


def test_called_off_before_its_day_is_told_and_the_plan_no_longer_holds(user_as, trust):
    person, by = ReviewerFactory(stage="interview"), user_as("coordinator")
    planned = save(person, by)
    save(person, by, replace(TALK, outcome="did not meet"), interview=planned)
    drop_what_no_longer_holds(Message.objects.all(), now=NOW)
    waiting = Message.objects.filter(state="waiting")
    assert [each.kind for each in waiting] == ["interview-off"]


def test_reminder_is_due_the_day_before_until_it_begins(user_as, trust):
    person = ReviewerFactory(stage="interview")
    planned = save(person, user_as("coordinator"))
    day_before = datetime(2026, 6, 14, 7, 0, tzinfo=UTC)  # 08:00 in London
    assert not list(due_interviews(day_before - timedelta(minutes=1)))
    (due,) = due_interviews(day_before)
    assert due.key == f"interview-reminder:{planned.pk}:2026-06-15"
    assert "Tomorrow we talk with you" in due.body()
    assert list(due_interviews(datetime(2026, 6, 15, 12, 59, tzinfo=UTC)))
    assert not list(due_interviews(datetime(2026, 6, 15, 13, 0, tzinfo=UTC)))


def test_who_pauses_is_left_in_peace(user_as, trust):
    person = ReviewerFactory(stage="interview")
    save(person, user_as("coordinator"))
    operations.pause(reviewer=person, by=person.user, now=NOW)
    assert not list(due_interviews(datetime(2026, 6, 14, 7, 0, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("held_on", "outcome", "words"),
    [
        (TODAY - timedelta(days=1), "planned", "This day is past"),
        (TODAY + timedelta(days=1), "go on", "still to come"),
    ],
)
def test_day_and_outcome_must_fit(user_as, held_on, outcome, words):
    person = ReviewerFactory(stage="enquiry")
    with pytest.raises(RuleBroken, match=words):
        save(person, user_as("coordinator"), replace(TALK, held_on=held_on, outcome=outcome))
    assert not person.interviews.exists()


def test_second_interview_on_a_day_is_refused(user_as, trust):
    person, by = ReviewerFactory(stage="interview"), user_as("coordinator")
    save(person, by)
    other = save(person, by, replace(TALK, held_on=TODAY))
    with pytest.raises(RuleBroken, match="on this day already"):
        save(person, by, TALK, interview=other)


def test_who_left_is_not_interviewed(user_as):
    with pytest.raises(RuleBroken, match="has left"):
        save(ReviewerFactory(stage="left"), user_as("coordinator"))


@time_machine.travel(NOW)
def test_whoever_goes_on_is_moved_on_from_their_page(client_as, trust):
    person, client = ReviewerFactory(stage="enquiry"), client_as("coordinator")
    sent = {
        "held_on_day": TODAY.day, "held_on_month": TODAY.month, "held_on_year": TODAY.year,
        "interviewers": "Kim Shaw", "outcome": "planned",
    }  # fmt: skip
    client.post(reverse("reviewers:add-interview", args=[person.pk]), sent)
    page = client.get(reverse("reviewers:detail", args=[person.pk]))
    assert "Move to Checks" not in page.text
    url = reverse("reviewers:interview", args=[person.pk, person.interviews.get().pk])
    page = client.post(url, sent | {"outcome": "go on"}, follow=True)
    assert "Move to Checks" in page.text
    client.post(reverse("reviewers:stage", args=[person.pk]), {"to": "checks"})
    person.refresh_from_db()
    assert person.stage == "checks"
