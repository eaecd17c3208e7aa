"""Home for staff: what needs doing, soonest first, each line leading to where it is done."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from feedback.queries import visits_without_feedback
from nhsuk.words import nhs_date
from notifications.models import Message
from organisation.queries import services_without_contact, trust_settings
from programme.releasing.queries import to_confirm
from reviewers.contact import missing_way, without_their_way
from reviewers.models import Reviewer, Stage
from reviewers.next_steps import next_steps
from reviewers.recruitment_queries import waiting
from reviews.first_visits.queries import first_to_help
from reviews.models import Question, Review
from reviews.queries import in_brief, reviews_of, unanswered, without_lxr

SHOWN = 8
# Of a person, no column that a line does not say: nothing is decrypted for it.
NAME = ("first_name", "last_name")

T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """One thing to do: what, where it is done, a note beside it, a tag."""

    text: str
    href: str
    note: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Work:
    """A kind of work: its heading, its first lines, and where the rest is."""

    heading: str
    lines: list[Line]
    all_href: str = ""
    has_more: bool = False
    done: str = ""


def _work(
    heading: str, things: Iterable[T], line: Callable[[T], Line], *, all_href: str = "", done: str
) -> Work:
    """The first lines of a kind of work, and whether there are more."""
    found = list(islice(things, SHOWN + 1))
    return Work(
        heading,
        [line(each) for each in found[:SHOWN]],
        all_href=all_href,
        has_more=len(found) > SHOWN,
        done=done,
    )


def work_of(user: User, now: datetime) -> list[Work]:
    """What this user has to do, in the order of the page. A fixed number of queries."""
    if user.may(Permission.PLAN_REVIEWS):
        return list(_coordination(user, now))
    if user.may(Permission.RECORD_OWN_VISITS):
        return [_own_visits(user, now), _own_coming(user, now)]
    return []


def _coordination(user: User, now: datetime) -> Iterator[Work]:
    today = localdate(now)
    yield _work(
        "Coming visits without a Lived Experience Reviewer",
        without_lxr(user, now)[: SHOWN + 1],
        lambda review: Line(
            review.service.name,
            reverse("reviews:detail", args=[review.pk]),
            f"{nhs_date(review.visit_on)}, {_days(review.visit_on, today)}{_asked(review.asked)}",  # type: ignore[attr-defined]  # annotated
            "Harder to reach" if review.service.is_harder_to_reach else "",
        ),
        all_href=reverse("reviews:list") + "?status=coming&lxr=none+yet",
        done="Every coming visit has a Lived Experience Reviewer.",
    )
    yield _work(
        "People on a visit who may not be able to go any more",
        to_confirm(user, now, trust_settings(), limit=SHOWN + 1),
        lambda each: Line(
            f"{each.member.reviewer}",
            reverse("programme:to_confirm"),
            f"{each.member.review.service}, {nhs_date(each.member.review.visit_on)}: {each.why}",
        ),
        all_href=reverse("programme:to_confirm"),
        done="Everyone on a coming visit can still go.",
    )
    yield _work(
        "Questions about a visit",
        _questions(),
        lambda question: Line(
            f"{question.member.reviewer} has a question",
            reverse("reviews:question", args=[question.pk]),
            f"{question.member.review.service}, asked {nhs_date(question.asked_at)}",
        ),
        done="No question is waiting for an answer.",
    )
    yield _work(
        "Invitations without an answer",
        unanswered(user, now)[: SHOWN + 1],
        lambda member: Line(
            f"{member.reviewer}",
            reverse("reviews:detail", args=[member.review_id]),
            f"{member.review.service}, {nhs_date(member.review.visit_on)}"
            + (f", asked {nhs_date(member.invited_at)}" if member.invited_at else ""),
        ),
        done="Nobody we asked still has to answer.",
    )
    yield _work(
        "Messages to post or ring",
        _by_hand(now),
        lambda message: Line(
            f"{'Ring' if message.channel == 'phone' else 'Post a letter to'} "
            f"{message.recipient_name}",
            reverse(
                "notifications:calls" if message.channel == "phone" else "notifications:letters"
            ),
            message.subject,
        ),
        done="There is nothing to post and nobody to ring.",
    )
    yield _work(
        "People we cannot reach the way they like",
        without_their_way().only(*NAME, "preferred_contact", "email", "phone", "address")[
            : SHOWN + 1
        ],
        lambda person: Line(
            f"{person}", reverse("reviewers:details", args=[person.pk]), missing_way(person)
        ),
        done="Everyone can be reached the way they like.",
    )
    yield _work(
        "People who told us they are interested",
        waiting().only("name", "received_at")[: SHOWN + 1],
        lambda enquiry: Line(
            enquiry.name,
            reverse("reviewers:add-from-enquiry", args=[enquiry.pk]),
            f"since {nhs_date(enquiry.received_at)}",
        ),
        all_href=reverse("reviewers:enquiries"),
        done="Nobody who is interested is waiting for us.",
    )
    yield _work(
        "Visits to record",
        _to_record(user, now),
        lambda review: Line(
            f"Record who came to {review.service}",
            reverse("reviews:record", args=[review.pk]),
            nhs_date(review.visit_on),
        ),
        done="Every visit that is over is recorded.",
    )
    yield _work(
        "Visits without feedback from the service",
        in_brief(visits_without_feedback(now=now))[: SHOWN + 1],
        lambda review: Line(
            review.service.name,
            reverse("feedback:waiting"),
            f"visited {nhs_date(review.visit_on)}",
        ),
        done="No feedback from a service is missing.",
    )
    on_the_way = list(_on_the_way())
    steps = next_steps(on_the_way, now)
    yield _work(
        "People with something still to do",
        on_the_way,
        lambda person: Line(
            f"{person}", reverse("reviewers:detail", args=[person.pk]), str(steps[person.pk])
        ),
        all_href=reverse("reviewers:board"),
        done="Nobody is waiting for a next step.",
    )
    yield _work(
        "Trained people who have not been on a visit",
        first_to_help(user, today, SHOWN + 1),
        lambda person: Line(
            f"{person}",
            reverse("reviews:first-visit", args=[person.pk]),
            f"with us since {nhs_date(person.joined_on)}",
        ),
        all_href=reverse("reviews:first-visits"),
        done="Everyone who is trained has been on a visit.",
    )
    yield _work(
        "Services without a contact",
        services_without_contact()[: SHOWN + 1],
        lambda service: Line(
            service.name,
            reverse("organisation:service", args=[service.pk]),
            "Nobody can be asked for feedback.",
        ),
        done="Every service has a contact.",
    )


def _own_visits(user: User, now: datetime) -> Work:
    return _work(
        "Visits to record",
        _to_record(user, now),
        lambda review: Line(
            f"Record who came to {review.service}",
            reverse("reviews:record", args=[review.pk]),
            nhs_date(review.visit_on),
        ),
        done="Every visit you led is recorded.",
    )


def _own_coming(user: User, now: datetime) -> Work:
    today = localdate(now)
    coming = in_brief(reviews_of(user).coming().filter(visit_on__gte=today))
    return _work(
        "Visits you lead",
        coming.order_by("visit_on", "pk")[: SHOWN + 1],
        lambda review: Line(
            review.service.name,
            reverse("reviews:detail", args=[review.pk]),
            f"{nhs_date(review.visit_on)}, {_days(review.visit_on, today)}",
        ),
        all_href=reverse("reviews:list"),
        done="No visit is planned for you to lead.",
    )


def _to_record(user: User, now: datetime) -> Iterable[Review]:
    over = in_brief(reviews_of(user).coming().filter(visit_on__lt=localdate(now)))
    return over.order_by("visit_on", "pk")[: SHOWN + 1]


def _by_hand(now: datetime) -> Iterable[Message]:
    due = Message.objects.by_hand().waiting().filter(due_at__lte=now)
    lines = due.only("channel", "recipient_name", "subject")
    return lines.order_by("due_at", "pk")[: SHOWN + 1]


def _questions() -> Iterable[Question]:
    return (
        Question.objects.filter(closed_at__isnull=True)
        .select_related("member__reviewer", "member__review__service")
        .only(
            "asked_at", "member__review__service__name",
            "member__reviewer__first_name", "member__reviewer__last_name",
        )
        .order_by("asked_at", "pk")[: SHOWN + 1]
    )  # fmt: skip


def _on_the_way() -> Iterable[Reviewer]:
    """People between enquiry and active, the longest at their stage first."""
    found = Reviewer.objects.filter(
        stage__in=[Stage.ENQUIRY, Stage.INTERVIEW, Stage.CHECKS, Stage.TRAINING]
    ).only(
        "first_name",
        "last_name",
        "stage",
        "stage_since",
        "role_description_signed_on",
        "signed_version",
    )
    return found.order_by("stage_since", "pk")[: SHOWN + 1]


def _days(day: date, today: date) -> str:
    days = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _asked(number: int) -> str:
    if not number:
        return ". Nobody has been asked yet"
    return f". {number} asked, no answer yet"
