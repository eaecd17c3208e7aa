"""Home's lines about visits: who is missing, who may drop out, what is to be recorded."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from nhsuk.words import nhs_date
from organisation.queries import services_without_contact
from programme.home.work import MOST, Line, Work, days_until, work
from programme.releasing.queries import to_confirm
from reviews.models import Question, Review
from reviews.queries import dropped_out, in_brief, reviews_of, unanswered, without_lxr
from reviews.requests.queries import how_soon, to_answer


def without_an_lxr(user: User, now: datetime) -> Work:
    """Coming visits on which nobody with lived experience has said yes, soonest first."""
    today = localdate(now)
    return work(
        "Coming visits without a Lived Experience Reviewer",
        without_lxr(user, now)[:MOST],
        lambda review: _without_anybody(review, today),
        all_href=reverse("reviews:list") + "?status=coming&lxr=none+yet",
        done="Every coming visit has a Lived Experience Reviewer.",
    )


def drop_outs(user: User, now: datetime) -> Work:
    """Visits of the next two weeks that lost an LXR who had said yes, and have none now."""
    today = localdate(now)
    return work(
        "Visits soon that somebody can no longer come to",
        dropped_out(user, now)[:MOST],
        lambda review: _without_anybody(review, today),
        all_href=reverse("reviews:gaps"),
        done="No visit soon has lost its Lived Experience Reviewer.",
    )


def may_not_go(user: User, now: datetime) -> Work:
    """People on a coming visit whom a rule holds back now."""
    return work(
        "People on a visit who may not be able to go any more",
        to_confirm(user, now, limit=MOST),
        lambda each: Line(
            f"{each.member.reviewer}",
            reverse("programme:to_confirm"),
            f"{each.member.review.service}, {nhs_date(each.member.review.visit_on)}: {each.why}",
        ),
        all_href=reverse("programme:to_confirm"),
        done="Everyone on a coming visit can still go.",
    )


def questions(user: User, now: datetime) -> Work:
    """What people on visits asked, and nobody has answered."""
    asked = (
        Question.objects.filter(closed_at__isnull=True)
        .select_related("member__reviewer", "member__review__service")
        .only(
            "asked_at", "member__review__service__name",
            "member__reviewer__first_name", "member__reviewer__last_name",
        )
        .order_by("asked_at", "pk")[:MOST]
    )  # fmt: skip
    return work(
        "Questions about a visit",
        asked,
        lambda question: Line(
            f"{question.member.reviewer} has a question",
            reverse("reviews:question", args=[question.pk]),
            f"{question.member.review.service}, asked {nhs_date(question.asked_at)}",
        ),
        done="No question is waiting for an answer.",
    )


def requests(user: User, now: datetime) -> Work:
    """What people would like on their visit, and nobody has answered; the soonest visit first."""
    today = localdate(now)
    asked = to_answer().only(
        "kind", "asked_at", "answered_at", "member__review__visit_on",
        "member__review__service__name", "member__reviewer__first_name",
        "member__reviewer__last_name",
    )  # fmt: skip
    return work(
        "What people would like on a visit",
        asked[:MOST],
        lambda each: Line(
            f"{each.member.reviewer}: {each.get_kind_display().lower()}",
            reverse("reviews:request", args=[each.pk]),
            f"{each.member.review.service}, {nhs_date(each.member.review.visit_on)}",
            how_soon(each, today=today),
        ),
        all_href=reverse("reviews:requests"),
        done="Everything that people asked for on a visit has an answer.",
    )


def without_answer(user: User, now: datetime) -> Work:
    """Invitations to visits that nobody has answered."""
    return work(
        "Invitations without an answer",
        unanswered(user, now)[:MOST],
        lambda member: Line(
            f"{member.reviewer}",
            reverse("reviews:detail", args=[member.review_id]),
            f"{member.review.service}, {nhs_date(member.review.visit_on)}"
            + (f", asked {nhs_date(member.invited_at)}" if member.invited_at else ""),
        ),
        done="Nobody we asked still has to answer.",
    )


def to_record(user: User, now: datetime) -> Work:
    """Visits that are over and of which nobody has said who came."""
    over = in_brief(reviews_of(user).coming().filter(visit_on__lt=localdate(now)))
    rows: Iterable[Review] = over.order_by("visit_on", "pk")[:MOST]
    return work(
        "Visits to record",
        rows,
        lambda review: Line(
            f"Record who came to {review.service}",
            reverse("reviews:record", args=[review.pk]),
            nhs_date(review.visit_on),
        ),
        done="Every visit that is over is recorded.",
    )


def own_coming(user: User, now: datetime) -> Work:
    """The visits that a lead will lead."""
    today = localdate(now)
    coming = in_brief(reviews_of(user).coming().filter(visit_on__gte=today))
    return work(
        "Visits you lead",
        coming.order_by("visit_on", "pk")[:MOST],
        lambda review: Line(
            review.service.name,
            reverse("reviews:detail", args=[review.pk]),
            f"{nhs_date(review.visit_on)}, {days_until(review.visit_on, today)}",
        ),
        all_href=reverse("reviews:list"),
        done="No visit is planned for you to lead.",
    )


def without_contact(user: User, now: datetime) -> Work:
    """Services that cannot be asked what a visit was worth."""
    return work(
        "Services without a contact",
        services_without_contact()[:MOST],
        lambda service: Line(
            service.name,
            reverse("organisation:service", args=[service.pk]),
            "Nobody can be asked for feedback.",
        ),
        all_href=reverse("organisation:services"),
        done="Every service has a contact.",
    )


def _without_anybody(review: Review, today: date) -> Line:
    return Line(
        review.service.name,
        reverse("reviews:detail", args=[review.pk]),
        f"{nhs_date(review.visit_on)}, {days_until(review.visit_on, today)}{_asked(review.asked)}",  # type: ignore[attr-defined]  # annotated
        "Harder to reach" if review.service.is_harder_to_reach else "",
    )


def _asked(number: int) -> str:
    if not number:
        return ". Nobody has been asked yet"
    return f". {number} asked, no answer yet"
