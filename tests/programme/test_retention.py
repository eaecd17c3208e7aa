"""Each rule of the table is carried out, in batches, and stops at a hold."""

import logging
from datetime import date, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from dateutil.relativedelta import relativedelta
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from accounts import links
from accounts.models import SecretLink
from audit.models import Event
from feedback.models import Answer
from insights.api.models import PURPOSE
from insights.models import ApiToken
from jobs.models import Job
from lxr_portal.celery import app
from notifications.models import Message
from programme.model_rules import MODEL_RULES
from programme.models import LegalHold
from programme.retention import holds, running
from programme.retention.clocks import CLOCKS
from programme.retention.terms import Goes
from programme.tasks import carry_out_retention
from reviewers.models import Enquiry, TimeAway
from reviews.models import Question, Review
from tests.factories import (
    NOW,
    TODAY,
    AnswerFactory,
    LXROnTeamFactory,
    ReviewerFactory,
    ReviewFactory,
    UserFactory,
    VisitRequestFactory,
)

pytestmark = pytest.mark.django_db


def ago(**period):
    """The moment so long before NOW, to the minute."""
    return NOW - relativedelta(**period)


def link(ended):
    made = ended - timedelta(days=9)
    links.issue(purpose="x", object_id=1, now=made, expires_at=ended)
    return SecretLink.objects.latest("pk")


def token(ended):
    given = {"name": "x", "scopes": "coverage", "made_by": UserFactory()}
    made = ApiToken.objects.create(made_at=ended - timedelta(days=9), **given)
    links.issue(
        purpose=PURPOSE,
        object_id=made.pk,
        now=ended - timedelta(days=9),
        expires_at=ended,
    )
    return made


def job(ended):
    return Job.objects.create(kind="x", asked_at=ended, state="done", finished_at=ended)


def message(ended, reviewer=None, **given):
    return Message.objects.create(
        **{
            "key": str(uuid4()), "kind": "x", "recipient_kind": "reviewer",
            "recipient_id": reviewer.pk if reviewer else 0, "recipient_name": "A",
            "channel": "post", "body": "Words", "queued_at": ended, "due_at": ended,
            "state": "sent",
            "sent_at": ended, **given,
        }
    )  # fmt: skip


def dropped(ended, reviewer=None):
    return message(ended, reviewer, state="dropped", sent_at=None)


def question(ended, reviewer=None):
    member = LXROnTeamFactory(**({"reviewer": reviewer} if reviewer else {}))
    return Question.objects.create(member=member, words="?", asked_at=ended, closed_at=ended)


def request(ended, reviewer=None):
    return VisitRequestFactory(
        member__review__visit_on=ended.date(),
        **({"member__reviewer": reviewer} if reviewer else {}),
    )


def away(ended, reviewer=None):
    return TimeAway.objects.create(
        reviewer=reviewer or ReviewerFactory(), starts_on=ended.date(), ends_on=ended.date()
    )


def enquiry(ended, reviewer=None):
    return Enquiry.objects.create(
        name="A", contact="B", received_at=ended, outcome="closed", closed_at=ended,
        reviewer=reviewer,
    )  # fmt: skip


def lifted_hold(ended, reviewer=None):
    return LegalHold.objects.create(
        reviewer=reviewer or ReviewerFactory(), reason="A claim", placed_by=UserFactory(),
        placed_at=ended - timedelta(days=9), lifted_by=UserFactory(), lifted_at=ended,
    )  # fmt: skip


def event(ended, reviewer=None):
    return Event.objects.create(
        at=ended, action="x", object_type="x", object_id="1",
        person_id=reviewer.pk if reviewer else None,
    )  # fmt: skip


DELETED = {
    "accounts.secretlink": (link, {"months": 1}),
    "audit.event": (event, {"years": 8}),
    "insights.apitoken": (token, {"months": 1}),
    "jobs.job": (job, {"years": 1}),
    "notifications.message": (message, {"years": 2}),
    "programme.legalhold": (lifted_hold, {"years": 2}),
    "reviewers.enquiry": (enquiry, {"months": 6}),
    "reviewers.timeaway": (away, {"years": 1}),
    "reviews.question": (question, {"years": 1}),
    "reviews.visitrequest": (request, {"months": 1}),
}
OF_A_PERSON = sorted({*DELETED} - {"accounts.secretlink", "insights.apitoken", "jobs.job"})


def test_every_model_with_a_clock_has_its_rows():
    clocks = {label for label, rule in MODEL_RULES.items() if isinstance(rule.retention, Goes)}
    assert set(CLOCKS) == clocks


@pytest.mark.parametrize("label", sorted(DELETED))
def test_a_row_goes_when_its_time_is_over_and_not_before(label, trust):
    make, period = DELETED[label]
    over, not_yet = make(ago(**period, days=1)), make(ago(**period) + timedelta(days=1))

    assert running.run(now=NOW)[label] == 1

    kept = type(over).objects.filter(pk__in=[over.pk, not_yet.pk])
    assert [each.pk for each in kept] == [not_yet.pk]


@pytest.mark.parametrize("label", OF_A_PERSON)
def test_a_hold_keeps_what_is_over(label, trust):
    make, period = DELETED[label]
    person = ReviewerFactory()
    row = make(ago(**period, days=9), person)
    hold = holds.place(reviewer=person, reason="A claim", by=UserFactory(), now=NOW)

    assert running.run(now=NOW)[label] == 0
    assert type(row).objects.filter(pk=row.pk).exists()

    holds.lift(hold=hold, by=UserFactory(), now=NOW)
    assert running.run(now=NOW)[label] == 1


def test_a_message_that_was_dropped_goes_by_when_it_was_queued(trust):
    dropped(ago(years=2, days=1))
    waiting = message(ago(years=3), state="waiting", sent_at=None)

    assert running.run(now=NOW)["notifications.message"] == 1
    assert list(Message.objects.all()) == [waiting]


def test_a_question_that_is_open_stays(trust):
    asked = question(ago(years=5))
    Question.objects.update(closed_at=None)

    running.run(now=NOW)
    assert Question.objects.filter(pk=asked.pk).exists()


def test_words_of_an_old_review_go_and_what_is_counted_stays(trust):
    old = ReviewFactory(visit_on=TODAY - relativedelta(years=8), status="closed", bring="Your pass")
    answer = AnswerFactory(
        review=old, impact=7, may_quote=True, withdrawal_digest="d", comment="Words",
        comment__approved_at=NOW, comment__approved_by=UserFactory(),
    )  # fmt: skip
    fresh = AnswerFactory(comment="Newer words")

    done = running.run(now=NOW)

    assert (done["reviews.review"], done["feedback.answer"], done["feedback.remark"]) == (1, 1, 1)
    old.refresh_from_db()
    assert (old.meet_at, old.ring_on_the_day, old.bring, old.status) == ("", "", "", "closed")
    cleared = Answer.objects.get(pk=answer.pk)
    assert (cleared.withdrawal_digest, cleared.impact) == (None, 7)
    assert not cleared.remarks.exists()
    assert fresh.remarks.get().text == "Newer words"


class TestSomebodyWhoLeft:
    @pytest.fixture
    def leaver(self):
        return ReviewerFactory(
            first_name="Ada",
            last_name="Moss",
            stage="left",
            stage_since=TODAY - relativedelta(years=2),
            user=None,
        )

    def test_is_made_anonymous_after_two_years(self, leaver, trust):
        assert running.run(now=NOW - timedelta(days=1))["reviewers.reviewer"] == 0
        assert running.run(now=NOW)["reviewers.reviewer"] == 1

        leaver.refresh_from_db()
        assert leaver.is_erased
        assert (leaver.first_name, leaver.email, leaver.phone) == ("Erased", "", "")
        event = Event.objects.get(object_type="reviewers.reviewer", action="erased")
        assert (event.actor_id, event.person_id, event.why) == (None, leaver.pk, "time is over")

    def test_is_not_made_so_again(self, leaver, trust):
        running.run(now=NOW)
        events = Event.objects.count()

        assert running.run(now=NOW)["reviewers.reviewer"] == 0
        assert Event.objects.count() == events

    def test_stays_as_they_are_while_held(self, leaver, trust):
        holds.place(reviewer=leaver, reason="A claim", by=UserFactory(), now=NOW)

        assert running.run(now=NOW)["reviewers.reviewer"] == 0
        leaver.refresh_from_db()
        assert str(leaver) == "Ada Moss"

    def test_is_left_alone_who_did_not_leave(self, leaver, trust):
        leaver.stage = "paused"
        leaver.save()

        assert running.run(now=NOW)["reviewers.reviewer"] == 0


class TestTheRun:
    def test_goes_on_from_batch_to_batch(self, trust, monkeypatch):
        monkeypatch.setattr(running, "BATCH", 3)
        person = ReviewerFactory()
        for days in range(10):
            away(ago(years=2, days=days), person)

        assert running.run(now=NOW)["reviewers.timeaway"] == 10
        assert not TimeAway.objects.exists()
        assert (
            Event.objects.filter(object_type="reviewers.timeaway", person_id=person.pk).count()
            == 10
        )

    def test_records_how_many_where_rows_are_nobodys(self, trust):
        first, last = job(ago(years=2)), job(ago(years=3))
        running.run(now=NOW)

        recorded = Event.objects.get(object_type="jobs.job")
        assert (recorded.action, recorded.object_id, recorded.why) == (
            "deleted by the retention rule",
            f"{first.pk}-{last.pk}",
            "2 in all",
        )

    def test_a_second_one_changes_nothing(self, trust):
        for make, period in DELETED.values():
            make(ago(**period, days=9))
        assert set(running.run(now=NOW).values()) == {0, 1, 2}  # a token and its link
        events = Event.objects.count()

        assert set(running.run(now=NOW).values()) == {0}
        assert Event.objects.count() == events

    def test_forgets_sign_ins_that_ended(self, trust):
        Session.objects.create(session_key="a" * 32, expire_date=NOW - timedelta(minutes=1))
        Session.objects.create(session_key="b" * 32, expire_date=NOW + timedelta(minutes=1))
        running.run(now=NOW)
        assert Session.objects.get().session_key == "b" * 32

    def test_a_hold_placed_while_a_batch_waits_is_obeyed(self, trust, monkeypatch):
        person = ReviewerFactory()
        away(ago(years=2), person)
        locks = running._lock_people

        def then_somebody_places_a_hold(people, database):
            locks(people, database)
            if people:
                holds.place(reviewer=person, reason="A claim", by=UserFactory(), now=NOW)

        monkeypatch.setattr(running, "_lock_people", then_somebody_places_a_hold)

        assert running.run(now=NOW)["reviewers.timeaway"] == 0
        assert TimeAway.objects.count() == 1

    def test_one_that_fails_stops_no_other_and_says_no_value(self, trust, monkeypatch, caplog):
        caplog.set_level(logging.DEBUG, logger="programme")
        job(ago(years=2))
        away(ago(years=2))
        batch = running._batch

        def refused(rule, due, now):
            if rule.label == "jobs.job":
                message = "permission denied for CANARY"
                raise DatabaseError(message)
            return batch(rule, due, now)

        monkeypatch.setattr(running, "_batch", refused)

        with pytest.raises(running.RetentionFailed, match=r"^jobs\.job$"):
            running.run(now=NOW)
        assert not TimeAway.objects.exists()
        assert "retention of jobs.job failed: DatabaseError" in caplog.text
        assert "CANARY" not in caplog.text


class TestTheCommand:
    def test_a_dry_run_lists_what_would_go_and_changes_nothing(self, trust):
        person = ReviewerFactory(reference="LXR-HELD")
        holds.place(reviewer=person, reason="A claim", by=UserFactory(), now=NOW)
        away(ago(years=2))
        away(ago(years=2), person)
        out = StringIO()

        call_command("retention", "--dry-run", as_at=TODAY, stdout=out)

        said = out.getvalue().splitlines()
        assert said[0] == "reviewers.timeaway: 1. Deleted 1 year after its last day."
        assert "Held: LXR-HELD, since 2026-06-10." in said
        assert said[-1] == "Dry run as at 2026-06-10: nothing was changed."
        assert "A claim" not in out.getvalue()
        assert TimeAway.objects.count() == 2

    def test_says_what_went(self, trust, time_machine):
        time_machine.move_to(NOW)
        away(ago(years=2))
        out = StringIO()
        call_command("retention", stdout=out)
        assert "reviewers.timeaway: 1" in out.getvalue().splitlines()

    def test_nothing_goes_as_at_another_day(self, trust):
        with pytest.raises(CommandError, match="--as-at goes with --dry-run"):
            call_command("retention", as_at=date(2030, 1, 1))


def test_sentences_read_as_sentences(trust):
    said = {
        label: rule.retention.sentence_for(trust)
        for label, rule in MODEL_RULES.items()
        if isinstance(rule.retention, Goes)
    }
    assert said["checks.dbscheck"] == (
        "The reference number is cleared 6 months after the decision."
        " So is which documents were seen, and where."
        " Level, dates and decision stay with the person."
    )
    assert said["accounts.secretlink"] == "Deleted 1 month after it ended."
    assert said["audit.event"] == "Deleted 8 years after it was written."
    trust.outcome_kept_months = 0
    assert MODEL_RULES["checks.condition"].retention.sentence_for(trust) == (
        "Deleted the night after it ended."
    )


def test_the_task_is_on_the_schedule(trust, time_machine):
    assert app.conf.beat_schedule["retention"]["task"] == carry_out_retention.name
    time_machine.move_to(NOW)
    away(ago(years=2))
    carry_out_retention()
    assert not TimeAway.objects.exists()
    assert Review.objects.count() == 0


def test_why_somebody_could_not_come_goes_a_month_after_the_visit(trust):
    old, late = (
        LXROnTeamFactory(
            review=ReviewFactory(visit_on=TODAY - relativedelta(months=1, days=days)),
            response="declined",
            why_not="unwell",
        )
        for days in (1, -1)
    )

    assert running.run(now=NOW)["reviews.teammember"] == 1

    old.refresh_from_db()
    late.refresh_from_db()
    assert (old.why_not, old.response, late.why_not) == ("", "declined", "unwell")
    assert running.run(now=NOW)["reviews.teammember"] == 0
