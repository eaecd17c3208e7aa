"""Which rows are due: for each model that goes by a clock, its rows up to a cut-off.

``MODEL_RULES`` says how long and what happens; here stands what the clock counts from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from accounts.models import SecretLink
from audit import retention as audit_retention
from checks.models import Condition, DBSCheck, RiskAssessment
from feedback.models import Answer, Remark
from insights.api.models import PURPOSE
from insights.models import ApiToken
from jobs.models import Job
from notifications.models import Message
from programme.erasure.anonymising import anonymise
from programme.models import Erasure, LegalHold
from programme.retention.terms import CutOff
from reviewers.models import Enquiry, Reviewer, Stage, TimeAway
from reviews.models import Question, Review, TeamMember, Turn, VisitRequest
from reviews.planner.models import KeptProposal


@dataclass(frozen=True)
class Clock:
    """``rows``: those whose time is over at a cut-off. ``person``: the path to whose they are.

    ``anonymise`` makes one of them, which is locked, nobody's, and records it.
    """

    rows: Callable[[CutOff], QuerySet[Any]]
    person: str = ""
    anonymise: Callable[[Any, datetime], None] | None = None


def _ended(by: CutOff) -> Q:
    return Q(expires_at__lt=by.moment) | Q(revoked_at__lt=by.moment)


def _links(by: CutOff) -> QuerySet[Any]:
    return SecretLink.objects.filter(_ended(by))


def _tokens(by: CutOff) -> QuerySet[Any]:
    """Those whose link ended, or is gone already."""
    links = SecretLink.objects.filter(purpose=PURPOSE, object_id=OuterRef("pk"))
    return ApiToken.objects.exclude(Exists(links.exclude(_ended(by))))


def _messages(by: CutOff) -> QuerySet[Any]:
    over = Q(state=Message.State.SENT, sent_at__lt=by.moment) | Q(
        state__in=[Message.State.FAILED, Message.State.DROPPED], queued_at__lt=by.moment
    )
    to_reviewer = When(recipient_kind=Message.Recipient.REVIEWER, then=F("recipient_id"))
    return Message.objects.filter(over).annotate(person=Case(to_reviewer, default=Value(0)))


def _enquiries(by: CutOff) -> QuerySet[Any]:
    """Closed since then; or come in before it, and nobody ever dealt with them."""
    return Enquiry.objects.filter(
        Q(closed_at__lt=by.moment) | Q(closed_at__isnull=True, received_at__lt=by.moment)
    )


def _open_rounds() -> QuerySet[Any, Any]:
    """Checks with a round of deciding that has not ended: what it is about is still needed."""
    return RiskAssessment.objects.filter(is_in_force=False, replaced_at__isnull=True).values(
        "check_made"
    )


def _checks(by: CutOff) -> QuerySet[Any]:
    """A blank certificate is decided the day it is issued; a disclosure when its assessment is.

    An application that was stopped is over the day it was.
    """
    decided = RiskAssessment.objects.filter(is_in_force=True, decided_on__lte=by.day)
    blank = Q(result=DBSCheck.Result.CLEAR, issued_on__lte=by.day)
    return DBSCheck.objects.filter(
        blank
        | Q(withdrawn_on__lte=by.day)
        | Q(pk__in=decided.values("check_made")) & ~Q(pk__in=_open_rounds())
    )


def _assessments(by: CutOff) -> QuerySet[Any]:
    return RiskAssessment.objects.filter(
        Q(is_in_force=True) | Q(replaced_at__isnull=False), decided_on__lte=by.day
    ).exclude(check_made__in=_open_rounds())


def _conditions(by: CutOff) -> QuerySet[Any]:
    """Their last day is over, or another decision has taken the place of theirs."""
    return Condition.objects.filter(Q(until__lt=by.day) | Q(assessment__replaced_at__lt=by.moment))


def _leavers(by: CutOff) -> QuerySet[Any]:
    """Those who left, and are not anonymous yet."""
    left = Reviewer.objects.filter(stage=Stage.LEFT, stage_since__lte=by.day)
    erased = Concat(Value("Erased-"), Cast("pk", CharField()))
    return left.exclude(reference=erased).select_related("user")


def _anonymise(reviewer: Reviewer, now: datetime) -> None:
    anonymise(reviewer=reviewer, by=None, now=now, why=Erasure.Reason.TIME)


CLOCKS: dict[str, Clock] = {
    "accounts.secretlink": Clock(_links),
    "audit.event": Clock(lambda by: audit_retention.older_than(by.moment), "person_id"),
    "checks.dbscheck": Clock(_checks, "reviewer"),
    "checks.riskassessment": Clock(_assessments, "check_made__reviewer"),
    "checks.condition": Clock(_conditions, "assessment__check_made__reviewer"),
    "feedback.answer": Clock(
        lambda by: Answer.objects.filter(review__visit_on__lte=by.day), "author"
    ),
    "feedback.remark": Clock(
        lambda by: Remark.objects.filter(answer__review__visit_on__lte=by.day), "answer__author"
    ),
    "insights.apitoken": Clock(_tokens),
    "jobs.job": Clock(lambda by: Job.objects.filter(finished_at__lt=by.moment)),
    "notifications.message": Clock(_messages, "person"),
    "programme.legalhold": Clock(
        lambda by: LegalHold.objects.filter(lifted_at__lt=by.moment), "reviewer"
    ),
    "reviewers.enquiry": Clock(_enquiries, "reviewer"),
    "reviewers.reviewer": Clock(_leavers, "pk", _anonymise),
    "reviewers.timeaway": Clock(
        lambda by: TimeAway.objects.filter(ends_on__lte=by.day), "reviewer"
    ),
    "reviews.keptproposal": Clock(
        lambda by: KeptProposal.objects.filter(review__visit_on__lte=by.day), "reviewer"
    ),
    "reviews.question": Clock(
        lambda by: Question.objects.filter(closed_at__lt=by.moment), "member__reviewer"
    ),
    "reviews.teammember": Clock(
        lambda by: TeamMember.objects.filter(review__visit_on__lte=by.day), "reviewer"
    ),
    "reviews.turn": Clock(
        lambda by: Turn.objects.filter(wave__review__visit_on__lte=by.day), "reviewer"
    ),
    "reviews.visitrequest": Clock(
        lambda by: VisitRequest.objects.filter(member__review__visit_on__lte=by.day),
        "member__reviewer",
    ),
    "reviews.review": Clock(lambda by: Review.objects.filter(visit_on__lte=by.day)),
}
