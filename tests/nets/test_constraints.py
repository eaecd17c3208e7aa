"""What the tables themselves refuse: one row that breaks each rule of the apps named here."""

import uuid
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import UniqueConstraint

from checks.models import Condition, SiteClearance
from feedback.models import Asking, FeedbackForm
from insights.models import (
    ApiToken,
    BoardReport,
    MonthCounts,
    MonthRatings,
    Partner,
    PartnerFigures,
    SigningKey,
    Snapshot,
)
from jobs.models import Job
from programme.models import ImportedRow, Keeping, LegalHold, Upload
from reviewers.models import Exclusion, TimeAway
from reviews.models import TeamFeed
from reviews.planner.models import KeptProposal
from tests import factories as make
from tests.factories import NOW, TODAY

FIRST = TODAY.replace(day=1)
World = Any


def counts(world: World, **given: Any) -> MonthCounts:
    of = {"completed": 2, "covered": 1, "missed_declined": 1}
    return MonthCounts.objects.create(**cell(world) | of | given)


def cell(world: World) -> dict[str, Any]:
    return {"month": FIRST, "directorate": world.directorate, "setting": "secure"}


def ratings(world: World, **given: Any) -> MonthRatings:
    return MonthRatings.objects.create(**cell(world) | {"question": "team"} | given)


def snapshot(**given: Any) -> Snapshot:
    values = {"figure": "coverage", "definition": 1, "month": FIRST, "taken_at": NOW}
    return Snapshot.objects.create(**values | {"numerator": 1, "denominator": 2} | given)


def second_snapshot(**given: Any) -> Snapshot:
    snapshot(**given)
    return snapshot(**given, number=2)


def token(world: World, **given: Any) -> ApiToken:
    given = {"name": "Power BI", "scopes": "coverage"} | given
    return ApiToken.objects.create(made_by=world.quality_lead, made_at=NOW, **given)


def partner(**given: Any) -> Partner:
    return Partner.objects.create(**{"public_key": "a", "added_at": NOW, **given})


def figures_of(world: World, **given: Any) -> PartnerFigures:
    """The partner's figures of the months that are here already."""
    kept = world.partner.figures.get()
    return world.partner.figures.create(
        **{
            "since": kept.since,
            "until": kept.until,
            "written_at": NOW,
            "content": {},
            "received_at": NOW,
            "received_by": world.quality_lead,
            **given,
        }
    )


def report(world: World, **given: Any) -> BoardReport:
    given = {"since": FIRST, "until": FIRST, **given}
    return BoardReport.objects.create(
        **{"title": "Board report", "made_at": NOW, "made_by": world.coordinator, **given}
    )


def job(world: World, **given: Any) -> Job:
    return Job.objects.create(kind="x", asked_by=world.coordinator, asked_at=NOW, **given)


def file(world: World, **given: Any) -> Any:
    given = {"format": "easy read", "kind": "pdf"} | given
    return world.new_document.files.create(name="a.pdf", size=1, content=b"a", **given)


def statements(world: World) -> Any:
    return world.framework.key_questions.first().statements


def asks(world: World, **given: Any) -> Any:
    key_question = world.framework.key_questions.first()
    return world.question_set.questions.create(key_question=key_question, **given)


def upload(world: World, **given: Any) -> Upload:
    return Upload.objects.create(
        **{
            "token": uuid.uuid4(),
            "asked_by": world.coordinator,
            "asked_at": NOW,
            "name": "a.xlsx",
            "taking": "all",
            **given,
        }
    )


def hold(world: World, **given: Any) -> LegalHold:
    return LegalHold.objects.create(
        **{
            "reviewer": world.candidate,
            "reason": "A claim",
            "placed_by": world.governance,
            "placed_at": NOW,
            **given,
        }
    )


def ask(world: World, **whom: Any) -> Asking:
    return Asking.objects.create(review=world.completed, asked_at=NOW, **whom)


def question(world: World, **given: Any) -> Any:
    given = {"kind": "text", "words": "What else?", "position": 9} | given
    return world.draft.questions.create(**given)


def rated(world: World, value: int = 9) -> Any:
    return world.answer.extra_ratings.create(question=world.draft_question, value=value)


def check(world: World, **given: Any) -> Any:
    return make.DBSCheckFactory(reviewer=world.candidate, applied_on=EARLIER, **given)


def assessment(world: World, **given: Any) -> Any:
    return make.AssessmentFactory(
        check_made__reviewer=world.candidate, check_made__applied_on=EARLIER, **given
    )


def clearance(world: World, **given: Any) -> SiteClearance:
    return SiteClearance.objects.create(
        **{"reviewer": world.candidate, "site": world.prison_site, **given}
    )


def twice(make_one: Callable[[], Any]) -> None:
    make_one()
    make_one()


BREAKS: dict[str, Callable[[World], Any]] = {
    "programme_hold_says_why": lambda w: hold(w, reason=""),
    "programme_hold_lifted_by_somebody": lambda w: hold(w, lifted_at=NOW),
    "programme_hold_lifted_later": lambda w: hold(
        w, lifted_at=NOW - timedelta(days=1), lifted_by=w.governance
    ),
    "programme_hold_one_live": lambda w: twice(lambda: hold(w)),
    "programme_keeping_says_why": lambda w: Keeping.objects.create(
        member=w.membership, seen="x", at=NOW
    ),
    "programme_imported_row_once": lambda w: twice(
        lambda: ImportedRow.objects.create(sheet="people", key="LXR-1", digests={})
    ),
    "programme_upload_state": lambda w: upload(w, state="lost"),
    "programme_upload_taking": lambda w: upload(w, taking="some"),
    "programme_upload_erased_at_the_end": lambda w: upload(w, state="done", content=b"rows"),
    "insights_month_counts_once": lambda w: twice(lambda: counts(w)),
    "insights_month_counts_first_day": lambda w: counts(w, month=FIRST + timedelta(days=1)),
    "insights_month_counts_setting": lambda w: counts(w, setting="ship"),
    "insights_covered_within_completed": lambda w: counts(w, covered=3),
    "insights_each_miss_has_a_reason": lambda w: counts(w, missed_other=1),
    "insights_month_ratings_once": lambda w: twice(lambda: ratings(w)),
    "insights_month_ratings_first_day": lambda w: ratings(w, month=FIRST + timedelta(days=1)),
    "insights_month_ratings_setting": lambda w: ratings(w, setting="ship"),
    "insights_month_ratings_question": lambda w: ratings(w, question="price"),
    "insights_in_person_within_covered": lambda w: counts(w, covered_in_person=2),
    "insights_assigned_within_completed": lambda w: counts(w, assigned=3),
    "insights_snapshot_once": lambda w: twice(
        lambda: snapshot(directorate=w.directorate, replaced_at=NOW)
    ),
    "insights_snapshot_overall_once": lambda w: twice(lambda: snapshot(replaced_at=NOW)),
    "insights_snapshot_one_newest": lambda w: second_snapshot(directorate=w.directorate),
    "insights_snapshot_overall_one_newest": lambda w: second_snapshot(),
    "insights_snapshot_number": lambda w: snapshot(number=0),
    "insights_snapshot_first_day": lambda w: snapshot(month=FIRST + timedelta(days=1)),
    "insights_snapshot_replaced_later": lambda w: snapshot(replaced_at=NOW - timedelta(days=1)),
    "insights_token_opens_something": lambda w: token(w, scopes=""),
    "insights_token_has_name": lambda w: token(w, name=""),
    "insights_signing_key_one_row": lambda w: SigningKey.objects.create(
        pk=2, private_key=b"a", public_key="a", made_at=NOW
    ),
    "insights_partner_name_once": lambda w: partner(name="EASTMOOR trust"),
    "insights_partner_has_name": lambda w: partner(name=""),
    "insights_partner_figures_once": figures_of,
    "insights_partner_figures_period": lambda w: figures_of(w, since=FIRST, until=date(2026, 1, 1)),
    "insights_report_whole_months": lambda w: report(w, since=FIRST + timedelta(days=1)),
    "insights_report_has_title": lambda w: report(w, title=""),
    "insights_report_one_draft": lambda w: twice(lambda: report(w)),
    "insights_report_frozen_once_approved": lambda w: report(
        w, state="approved", approved_at=NOW, approved_by=w.quality_lead, page=b"a", document=b"a"
    ),
    "feedback_asking_one_person": lambda w: ask(
        w, audience="team", contact=w.contact, staff=w.other_staff
    ),
    "feedback_asked_contact": lambda w: ask(w, audience="team", contact=w.contact),
    "feedback_asked_reviewer": lambda w: ask(w, audience="lxr", reviewer=w.reviewer),
    "feedback_asked_staff": lambda w: ask(w, audience="quality", staff=w.staff),
    "feedback_answer_ratings_of_audience": lambda w: make.AnswerFactory(author=w.reviewer),
    "feedback_answer_ratings_to_ten": lambda w: make.AnswerFactory(impact=11),
    "feedback_answer_once": lambda w: make.AnswerFactory(
        review=w.closed, audience="lxr", author=w.other.reviewer, impact=None
    ),
    "feedback_asking_state": lambda w: make.AskingFactory(state="lost"),
    "feedback_answer_quote_as": lambda w: make.AnswerFactory(quote_as="by name"),
    "feedback_form_audience": lambda w: FeedbackForm.objects.create(audience="all", number=1),
    "feedback_form_from_one": lambda w: FeedbackForm.objects.create(audience="team", number=0),
    "feedback_form_once": lambda w: FeedbackForm.objects.create(
        audience="team", number=1, published_at=NOW
    ),
    "feedback_form_one_draft": lambda w: FeedbackForm.objects.create(audience="lxr", number=9),
    "feedback_question_kind": lambda w: question(w, kind="yes or no"),
    "feedback_question_says_something": lambda w: question(w, words=""),
    "feedback_question_labels": lambda w: question(w, kind="rating"),
    "feedback_question_position": lambda w: question(w, position=1),
    "feedback_question_fixed_once": lambda w: question(
        w, kind="support_on_visit", low="a", middle="b", high="c"
    ),
    "feedback_remark_once": lambda w: w.answer.remarks.create(
        question=w.remark.question, text="Again"
    ),
    "feedback_remark_says_something": lambda w: w.own_answer.remarks.create(
        question=w.draft_question, text=""
    ),
    "feedback_remark_approved_at": lambda w: w.own_answer.remarks.create(
        question=w.draft_question, text="Kind", approved_by=w.quality_lead
    ),
    "feedback_concern_says_why": lambda w: make.ConcernFactory(is_low_rating=False),
    "feedback_concern_in_touch_at": lambda w: make.ConcernFactory(in_touch_by=w.coordinator),
    "feedback_rating_once": lambda w: twice(lambda: rated(w)),
    "feedback_rating_to_ten": lambda w: rated(w, value=11),
    "reviews_first_visit_wish": lambda w: make.FirstVisitFactory(wish="never"),
    "reviews_first_visit_not_before": lambda w: make.FirstVisitFactory(not_before=TODAY),
    "reviews_first_visit_said": lambda w: make.FirstVisitFactory(said_how=""),
    "reviews_first_visit_one_buddy": lambda w: make.FirstVisitFactory(
        buddy=w.reviewer, staff_buddy=w.staff
    ),
    "reviews_first_visit_buddy_is_another": lambda w: make.FirstVisitFactory(
        reviewer=w.reviewer, buddy=w.reviewer
    ),
    "reviews_kept_once": lambda w: twice(
        lambda: KeptProposal.objects.create(review=w.unasked, reviewer=w.candidate, kept_at=NOW)
    ),
    "training_course_kind": lambda w: make.CourseFactory(kind="talk"),
    "training_course_lasts": lambda w: make.CourseFactory(lasts_months=0),
    "training_course_version_once": lambda w: make.CourseVersionFactory(course=w.version.course),
    "training_course_version_from_one": lambda w: make.CourseVersionFactory(number=0),
    "training_session_kind": lambda w: make.SessionFactory(kind="talk"),
    "training_session_ends_later": lambda w: make.SessionFactory(
        starts_at=time(10), ends_at=time(9)
    ),
    "training_place_once": lambda w: make.PlaceFactory(session=w.session, reviewer=w.reviewer),
    "training_place_outcome": lambda w: make.PlaceFactory(outcome="late"),
    "training_place_invited_until": lambda w: make.PlaceFactory(outcome="invited"),
    "training_place_how": lambda w: make.PlaceFactory(how="by pigeon"),
    "training_place_follow_up_of_no_show": lambda w: make.PlaceFactory(followed_up_on=TODAY),
    "training_place_cancelled_at_of_cancelled": lambda w: make.PlaceFactory(cancelled_at=NOW),
    "training_session_cancelled_says_why": lambda w: make.SessionFactory(is_cancelled=True),
    "training_course_version_of_cycle": lambda w: twice(
        lambda: make.CourseVersionFactory(course=make.CourseFactory(), cycle=w.cycle)
    ),
    "training_said_ratings_to_ten": lambda w: make.SaidFactory(support=11),
    "training_cyclenote_says_something": lambda w: w.cycle.notes.create(
        reviewer=w.reviewer, written_at=NOW
    ),
    "training_roomlink_read_once_closed": lambda w: make.ReadFormFactory(attended=None),
    "reviews_team_feed_one_row": lambda w: TeamFeed.objects.create(pk=2, nonce="n", made_at=NOW),
    "reviews_request_kind": lambda w: make.VisitRequestFactory(kind="pet"),
    "reviews_request_answer": lambda w: make.VisitRequestFactory(answer="met", answered_at=NOW),
    "reviews_request_open_once": lambda w: make.VisitRequestFactory(member=w.invitation),
    "reviews_first_visit_buddy_agreed": lambda w: make.FirstVisitFactory(buddy_agreed_on=TODAY),
    "reviews_first_visit_talk_or_none": lambda w: make.FirstVisitFactory(
        debriefed_on=TODAY, no_debrief_why="x"
    ),
    "training_said_something": lambda w: make.SaidFactory(support=None, pace=None, usefulness=None),
    "training_cycle_about_one_thing": lambda w: make.CycleFactory(course=None),
    "training_cycle_dates_of_its_stage": lambda w: make.CycleFactory(stage="doing"),
    "training_cycle_acted_says_what": lambda w: make.CycleFactory(stage="acted", acted_on=TODAY),
    "training_cycle_dates_in_order": lambda w: make.CycleFactory(
        stage="doing", done_on=TODAY - timedelta(days=101)
    ),
    "training_cycle_summary_is_agreed": lambda w: make.CycleFactory(summary="Start later"),
    "training_document_once": lambda w: make.DocumentFactory(title=w.document.title.upper()),
    "training_document_must_read": lambda w: make.DocumentFactory(must_read="some"),
    "training_docversion_once": lambda w: make.DocumentVersionFactory(document=w.document),
    "training_docversion_says_what": lambda w: make.DocumentVersionFactory(number=2),
    "training_docfile_once": lambda w: file(w, format="standard"),
    "training_docfile_kind": lambda w: file(w, kind="exe"),
    "training_docfile_format": lambda w: file(w, format="tiny"),
    "training_reading_once": lambda w: w.old_document.readings.create(
        reviewer=w.reviewer, read_on=TODAY, how="online"
    ),
    "training_framework_once": lambda w: make.FrameworkFactory(
        name=w.framework.name.upper(), version=w.framework.version
    ),
    "training_keyquestion_position": lambda w: w.framework.key_questions.create(
        position=1, name="Effective"
    ),
    "training_keyquestion_name": lambda w: w.framework.key_questions.create(
        position=9, name="SAFE"
    ),
    "training_statement_position": lambda w: statements(w).create(position=1, name="Calm"),
    "training_statement_name": lambda w: statements(w).create(position=9, name="learning Culture"),
    "training_group_days_in_order": lambda w: make.FocusGroupFactory(began_on=TODAY),
    "training_group_met_once": lambda w: make.FocusGroupFactory(meetings=0),
    "training_group_lived_experience": lambda w: make.FocusGroupFactory(users=0, carers=0),
    "training_proposed_once": lambda w: make.ProposedQuestionFactory(
        group=w.group, words=w.proposed.words.upper()
    ),
    "training_proposed_says_something": lambda w: make.ProposedQuestionFactory(words=""),
    "training_questionset_number": lambda w: make.QuestionSetFactory(number=0),
    "training_setquestion_position": lambda w: asks(w, position=1, words="Is it calm?"),
    "training_setquestion_once": lambda w: asks(w, position=9, words="DO YOU FEEL SAFE HERE?"),
    "checks_dbs_level": lambda w: check(w, level="highest"),
    "checks_dbs_result_with_issue": lambda w: check(w, issued_on=None),
    "checks_dbs_issued_after_applied": lambda w: check(w, issued_on=EARLIER - timedelta(days=1)),
    "checks_dbs_once": lambda w: twice(lambda: check(w, issued_on=TODAY)),
    "checks_assessment_decided_on": lambda w: assessment(w, decision="approved"),
    "checks_assessment_two_people": lambda w: assessment(
        w,
        decision="approved",
        decided_on=TODAY,
        decided_by=w.checks_officer,
        approved_by=w.checks_officer,
        approved_at=NOW,
    ),
    "checks_assessment_approved_pair": lambda w: assessment(w, approved_at=NOW),
    "checks_condition_names_one": lambda w: Condition.objects.create(
        assessment=w.assessment, not_service=w.service, not_setting="secure"
    ),
    "checks_clearance_once": lambda w: twice(lambda: clearance(w)),
    "checks_clearance_rung": lambda w: clearance(w, rung="maybe", decided_on=TODAY),
    "checks_clearance_decided_on": lambda w: clearance(w, rung="cleared"),
    "reviewers_exclusion_once": lambda w: Exclusion.objects.create(
        reviewer=w.reviewer, service=w.excluded_service
    ),
    "reviewers_away_once": lambda w: TimeAway.objects.create(
        reviewer=w.reviewer, starts_on=w.time_away.starts_on, ends_on=w.time_away.ends_on
    ),
    "jobs_job_progress_per_cent": lambda w: job(w, progress=101),
    "jobs_job_state": lambda w: job(w, state="lost"),
    "jobs_job_finished_when_ended": lambda w: job(w, state="done"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_table_refuses_the_row(name: str, world: World) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREAKS[name](world)

    if connection.vendor == "sqlite" and name in UNIQUE:
        assert "UNIQUE" in str(refusal.value)  # SQLite names the columns, not the rule
        return
    # Of two rules that one row breaks, a database may name either.
    assert name in str(refusal.value) or name in EITHER


# Before the candidate's certificate was issued, and not the day their own check was applied for.
EARLIER = TODAY - timedelta(days=330)
UNIQUE = {
    rule.name
    for model in apps.get_models()
    for rule in model._meta.constraints
    if isinstance(rule, UniqueConstraint)
}
EITHER = {
    "insights_covered_within_completed",
    "jobs_job_state",
    "checks_clearance_rung",
    "programme_upload_state",
}
