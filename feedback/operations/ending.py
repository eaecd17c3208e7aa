"""An asking that ends without an answer, and askings whose links cannot be used any more."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts import links
from accounts.models import SecretLink, User
from audit.operations import record
from feedback import policies
from feedback.kinds import PURPOSE
from feedback.models import Asking, Audience
from feedback.operations.asking import about, alike, locked, unsettled


@transaction.atomic
def decline(*, asking: Asking, by: User, now: datetime) -> None:
    """They told us that they do not want to answer: nothing more is sent. Raises RuleBroken.

    They still count among those who were asked. It is not written down of one alone when an
    answer has come that may be theirs: it would be known to be somebody else's.
    """
    asking = locked(asking)
    policies.check_can_answer(asking)
    _check_one_by_one(asking)
    if asking.state != Asking.State.DECLINED:
        _end(asking, Asking.State.DECLINED, now=now)
        record("declined to give feedback", on=asking, by=by, now=now, about=about(asking))


@transaction.atomic
def undo_decline(*, asking: Asking, by: User, now: datetime) -> None:
    """That somebody does not want to answer was a mistake. Nothing is sent by this."""
    asking = locked(asking)
    if asking.state == Asking.State.DECLINED:
        asking.state = Asking.State.OPEN
        asking.save(update_fields=["state"])
        record("may give feedback after all", on=asking, by=by, now=now, about=about(asking))


@transaction.atomic
def revoke(*, asking: Asking, by: User, now: datetime) -> None:
    """The link that was sent opens nothing any more. Raises RuleBroken.

    Once an answer has come that may be theirs, only all links close together.
    """
    asking = locked(asking)
    policies.check_can_revoke(asking)
    _check_one_by_one(asking)
    if asking.state == Asking.State.OPEN:
        _end(asking, Asking.State.REVOKED, now=now)
        record("took a feedback link back", on=asking, by=by, now=now)


@transaction.atomic
def revoke_all(*, asking: Asking, by: User, now: datetime) -> None:
    """Close the links of everybody asked like this one. Raises RuleBroken.

    Whoever may have answered still counts among those asked, and gets no other link.
    """
    asking = locked(asking)
    policies.check_can_revoke(asking)
    still_open = list(alike(asking).filter(state=Asking.State.OPEN).order_by("pk"))
    has_come = unsettled(asking) > 0
    for each in still_open:
        each.may_have_answered = has_come
        _end(each, Asking.State.REVOKED, now=now)
    if still_open:
        record("took the feedback links back", on=asking.review, by=by, now=now)


def _check_one_by_one(asking: Asking) -> None:
    if asking.audience != Audience.LXR:
        policies.check_one_by_one(asking, unsettled=unsettled(asking))


def _end(asking: Asking, state: str, *, now: datetime) -> None:
    links.revoke(purpose=PURPOSE, object_id=asking.pk, now=now)
    asking.state, asking.nonce = state, ""
    asking.save(update_fields=["state", "nonce", "may_have_answered"])


def forget_nonces(*, now: datetime) -> int:
    """Forget what secrets were derived from where no link is open any more. Returns how many.

    From then on not even the portal can work out which link was used.
    """
    still_open = SecretLink.objects.filter(
        purpose=PURPOSE, object_id=OuterRef("pk"), revoked_at__isnull=True, expires_at__gt=now
    )
    return Asking.objects.exclude(nonce="").exclude(Exists(still_open)).update(nonce="")
