"""Asking for feedback, reminding once, sending again."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts import links
from accounts.models import User
from audit.operations import record
from feedback import policies
from feedback.kinds import PURPOSE, REMINDER, REQUEST
from feedback.models import Answer, Asking, Audience
from feedback.models.asking import AskingQuerySet
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

JUST_NOW = timedelta(minutes=1)


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
    record("asked for feedback", on=asking, by=by, now=now, about=about(asking))
    _write(asking, kind=REQUEST, trust=trust, now=now)
    mark(review)
    return asking


@transaction.atomic
def remind(
    *, asking: Asking, trust: TrustSettings, by: User | None, now: datetime
) -> Asking | None:
    """Remind the person, once. None if it is answered or they were reminded meanwhile.

    Of several with a link each, whoever may have answered is reminded as well: nobody knows.
    """
    asking = locked(asking)
    if asking.state != Asking.State.OPEN or asking.reminded_at is not None:
        return None
    asking.reminded_at = now
    asking.save(update_fields=["reminded_at"])
    record("reminded about feedback", on=asking, by=by, now=now, about=about(asking))
    _write(asking, kind=REMINDER, trust=trust, now=now)
    return asking


@transaction.atomic
def send_again(*, asking: Asking, trust: TrustSettings, by: User, now: datetime) -> None:
    """Send the request again, with the same link and a later last day. Raises RuleBroken.

    Of a link that was taken back, the person gets another one.
    """
    asking = locked(asking)
    policies.check_can_send(asking)
    if asking.audience != Audience.LXR:
        policies.check_one_by_one(asking, unsettled=unsettled(asking))
    _check_not_just_now([asking], now)
    if asking.state == Asking.State.REVOKED:
        asking.state = Asking.State.OPEN
        asking.save(update_fields=["state"])
    record("sent a feedback request again", on=asking, by=by, now=now, about=about(asking))
    _write(asking, kind=REQUEST, trust=trust, now=now, again=True)


@transaction.atomic
def send_all_again(*, asking: Asking, trust: TrustSettings, by: User, now: datetime) -> None:
    """Send the request again to everybody asked like this one, whoever answered. Raises RuleBroken.

    It reads alike for all of them, as a reminder does.
    """
    asking = locked(asking)
    policies.check_can_send(asking)
    still_open = alike(asking).filter(state=Asking.State.OPEN).order_by("pk")
    if unsettled(asking):  # with another secret somebody could answer twice
        still_open = still_open.exclude(nonce="")
    found = list(still_open.select_related("review__service", "contact", "staff"))
    policies.check_any_to_send(found)
    _check_not_just_now(found, now)
    for each in found:
        _write(each, kind=REMINDER, trust=trust, now=now, again=True)
    record("sent the feedback requests again", on=asking.review, by=by, now=now)


def _check_not_just_now(askings: Collection[Asking], now: datetime) -> None:
    """Pressed twice: the message that is on its way is enough. Raises RuleBroken."""
    ids = [each.pk for each in askings]
    sent = Message.objects.filter(kind__in=[REQUEST, REMINDER], about_id__in=ids)
    if sent.filter(queued_at__gt=now - JUST_NOW).exists():
        raise RuleBroken("This request was sent a moment ago.")


def alike(asking: Asking) -> AskingQuerySet:
    """Everybody who was asked about the same visit as one of the same service or team."""
    return Asking.objects.filter(review=asking.review_id, audience=asking.audience)


def received_from(asking: Asking) -> int:
    """How many answers have come from those asked like this one."""
    found = Answer.objects.filter(review=asking.review_id, audience=asking.audience)
    return found.exclude(how=Answer.How.IMPORTED).count()


def unsettled(asking: Asking) -> int:
    """How many answers have come of which nobody knows who of those asked like this gave them."""
    return received_from(asking) - alike(asking).filter(state=Asking.State.ANSWERED).count()


def about(asking: Asking) -> int | None:
    """Whom an event about this asking concerns."""
    return asking.reviewer_id


def locked(asking: Asking) -> Asking:
    """The asking as it is now, with whom and what it is about, for this transaction alone.

    Everybody asked like this one is locked with it, in one order: whether all have answered is
    about them together.
    """
    rows = Asking.objects.select_related("review__service", "contact", "reviewer", "staff")
    found = rows.get(pk=asking.pk)
    list(alike(found).select_for_update().order_by("pk").values_list("pk"))
    return rows.get(pk=asking.pk)


def secret_of(asking: Asking) -> str:
    """The secret of this asking's link. Gives it a nonce where it has none."""
    if not asking.nonce:
        asking.nonce = links.new_nonce()
        asking.save(update_fields=["nonce"])
    return links.secret_of(purpose=PURPOSE, object_id=asking.pk, nonce=asking.nonce)


def open_link(asking: Asking, *, now: datetime, expires_at: datetime) -> str:
    """Open the link of an asking until then; its secret."""
    secret = secret_of(asking)
    links.keep_open(
        secret=secret, purpose=PURPOSE, object_id=asking.pk, now=now, expires_at=expires_at
    )
    return secret


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
        "is_reminder": kind == REMINDER,
    }
    if asking.audience == Audience.LXR:
        context["address"] = settings.PUBLIC_URL + reverse("own-feedback:form", args=[asking.pk])
    else:
        secret = open_link(asking, now=now, expires_at=expires_at)
        # One end for all: after another's an answer could be nobody's but this person's
        ids = alike(asking).filter(state=Asking.State.OPEN).values_list("pk", flat=True)
        links.extend(purpose=PURPOSE, object_ids=list(ids), now=now, expires_at=expires_at)
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
