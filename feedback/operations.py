"""Asking for feedback, reminding once, receiving answers, approving words as quotes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts import links
from accounts.models import SecretLink, User
from audit.operations import record
from feedback import policies
from feedback.models import Answer, Asking, Audience
from notifications.addressees import Addressee
from notifications.models import Message
from notifications.operations import queue
from notifications.words import letter
from organisation.contact import addressee as staff_or_contact
from organisation.models import TrustSettings
from reviewers.contact import addressee as reviewer_addressee
from reviewers.models import Reviewer
from reviews.changed import mark
from reviews.models import Review
from rules import RuleBroken

PURPOSE = "feedback"
REQUEST = "feedback-request"
REMINDER = "feedback-reminder"
JUST_NOW = timedelta(minutes=1)


@dataclass(frozen=True)
class Words:
    """What somebody answered. Ratings are 0 to 10; which ones depends on who was asked."""

    comment: str = ""
    may_quote: bool = False
    impact: int | None = None
    support_in_training: int | None = None
    support_on_visit: int | None = None
    support_after_visit: int | None = None


@transaction.atomic
def ask(
    *,
    review: Review,
    audience: Audience,
    person: object,
    trust: TrustSettings,
    by: User | None,
    now: datetime,
) -> Asking | None:
    """Ask one person what the visit was worth, once. None if they were asked already."""
    whom = {
        Audience.TEAM: "contact",
        Audience.LXR: "reviewer",
        Audience.QUALITY: "staff",
    }[audience]
    try:
        with transaction.atomic():
            asking = Asking.objects.create(
                review=review, audience=audience, asked_at=now, **{whom: person}
            )
    except IntegrityError:
        return None
    record("asked for feedback", on=asking, by=by, now=now, about=_about(asking))
    _write(asking, kind=REQUEST, trust=trust, now=now)
    mark(review)
    return asking


@transaction.atomic
def remind(
    *, asking: Asking, trust: TrustSettings, by: User | None, now: datetime
) -> Asking | None:
    """Remind the person, once. None if they have answered or were reminded meanwhile."""
    asking = _locked(asking)
    if asking.answered_on is not None or asking.reminded_at is not None:
        return None
    asking.reminded_at = now
    asking.save(update_fields=["reminded_at"])
    record("reminded about feedback", on=asking, by=by, now=now, about=_about(asking))
    _write(asking, kind=REMINDER, trust=trust, now=now)
    return asking


@transaction.atomic
def send_again(*, asking: Asking, trust: TrustSettings, by: User, now: datetime) -> None:
    """Send the request again; links sent before open nothing any more. Raises RuleBroken."""
    asking = _locked(asking)
    policies.check_can_answer(asking)
    # Pressed twice: the link that is on its way must stay open
    asked = Message.objects.filter(kind=REQUEST, about_id=asking.pk)
    if asked.filter(queued_at__gt=now - JUST_NOW).exists():
        raise RuleBroken("This request was sent a moment ago.")
    links.revoke(purpose=PURPOSE, object_id=asking.pk, now=now)
    record("sent a feedback request again", on=asking, by=by, now=now, about=_about(asking))
    _write(asking, kind=REQUEST, trust=trust, now=now, again=True)


def _about(asking: Asking) -> int | None:
    return asking.reviewer_id


def _locked(asking: Asking) -> Asking:
    return (
        Asking.objects.select_for_update(of=("self",))
        .select_related("review__service", "contact", "reviewer", "staff")
        .get(pk=asking.pk)
    )


def _addressee(asking: Asking) -> Addressee:
    person = asking.person
    if isinstance(person, Reviewer):
        return reviewer_addressee(person)
    return staff_or_contact(person)


def _write(
    asking: Asking, *, kind: str, trust: TrustSettings, now: datetime, again: bool = False
) -> None:
    expires_at = now + timedelta(days=trust.feedback_link_days)
    context: dict[str, object] = {
        "asking": asking,
        "person": asking.person,
        "expires_on": localdate(expires_at),
    }
    if asking.audience == Audience.LXR:
        context["address"] = settings.PUBLIC_URL + reverse("own-feedback:form", args=[asking.pk])
    else:
        secret = links.issue(purpose=PURPOSE, object_id=asking.pk, now=now, expires_at=expires_at)
        context["address"] = settings.PUBLIC_URL + reverse("feedback:open", args=[secret])
    moment = f":{now:%Y%m%d%H%M%S}" if again else ""
    queue(
        key=f"{kind}:{asking.pk}{moment}",
        kind=kind,
        about_id=asking.pk,
        to=_addressee(asking),
        subject=(
            "How was the visit?" if kind == REQUEST else "How was the visit? A short reminder"
        ),
        body=letter(f"feedback/messages/{asking.audience}.txt", context, trust=trust),
        now=now,
        too_late_at=expires_at,
        is_secret=asking.audience != Audience.LXR,
    )


@transaction.atomic
def answer_by_link(*, link: SecretLink, words: Words, now: datetime) -> Answer:
    """An answer through a secret link, which opens nothing afterwards.

    The answer keeps no trace of the asking: only the review, who was asked, and the day. Raises
    RuleBroken if the link was used in this moment or the asking is answered.
    """
    if not links.use(link, now):
        message = "We already have this feedback. Thank you."
        raise RuleBroken(message)
    asking = _locked(Asking(pk=link.object_id))
    return _receive(asking, words=words, how=Answer.How.ONLINE, by=None, now=now)


@transaction.atomic
def answer(*, asking: Asking, words: Words, how: str, by: User, now: datetime) -> Answer:
    """An answer of somebody signed in, or by phone or on paper through a coordinator.

    Raises RuleBroken.
    """
    asking = _locked(asking)
    received = _receive(asking, words=words, how=how, by=by, now=now)
    links.revoke(purpose=PURPOSE, object_id=asking.pk, now=now)
    return received


def _receive(asking: Asking, *, words: Words, how: str, by: User | None, now: datetime) -> Answer:
    policies.check_can_answer(asking)
    today: date = localdate(now)
    received = Answer.objects.create(
        review=asking.review,
        audience=asking.audience,
        author=asking.reviewer,
        received_on=today,
        how=how,
        **vars(words),
    )
    asking.answered_on = today
    asking.save(update_fields=["answered_on"])
    # The event is about the asking, so that the trail does not tie an answer to its writer.
    record("received feedback", on=asking, by=by, now=now, about=_about(asking), why=how)
    mark(asking.review)
    return received


@transaction.atomic
def approve_quote(*, answer: Answer, by: User, now: datetime) -> Answer:
    """The words may be used as a quote from now. Raises RuleBroken."""
    answer = Answer.objects.select_for_update().get(pk=answer.pk)
    policies.check_can_quote(answer)
    if answer.approved_at is None:
        answer.approved_at, answer.approved_by = now, by
        answer.save(update_fields=["approved_at", "approved_by"])
        record("approved a quote", on=answer, by=by, now=now)
    return answer


@transaction.atomic
def withdraw_quote(*, answer: Answer, by: User, now: datetime) -> Answer:
    """The words are not used as a quote any more."""
    answer = Answer.objects.select_for_update().get(pk=answer.pk)
    if answer.approved_at is not None:
        answer.approved_at, answer.approved_by = None, None
        answer.save(update_fields=["approved_at", "approved_by"])
        record("withdrew a quote", on=answer, by=by, now=now)
    return answer
