"""How to reach a reviewer: their preferred way, or the next that has an address."""

from django.db.models import QuerySet

from notifications.addressees import Addressee, reach, what_is_missing
from notifications.models import Channel, Message
from reviewers.models import LACKS_THEIR_WAY, Reviewer, Stage

TOO_LATE_BY_POST = "They are reached by post, and a letter would come too late. Please ring them."


def addressee(reviewer: Reviewer, *, in_haste: bool = False) -> Addressee:
    """Where a message to this person goes. ``in_haste``: nothing that a letter would bring."""
    ways = _ways(reviewer)
    channel, address = reach(**ways)
    if in_haste and channel == Channel.POST:
        channel, address = reach(**ways | {"preferred": Channel.PHONE, "address": ""})
        return Addressee(
            Message.Recipient.REVIEWER, reviewer.pk, str(reviewer), channel, address,
            note=TOO_LATE_BY_POST if channel == Channel.PHONE else "",
        )  # fmt: skip
    return Addressee(
        Message.Recipient.REVIEWER,
        reviewer.pk,
        str(reviewer),
        channel,
        address,
        note=what_is_missing(**ways),
    )


def missing_way(reviewer: Reviewer) -> str:
    """Why this person is not reached the way they like; empty if they are."""
    return what_is_missing(**_ways(reviewer))


def without_their_way() -> QuerySet[Reviewer]:
    """People in the programme who cannot be reached the way they like, by name."""
    people = Reviewer.objects.filter(LACKS_THEIR_WAY).exclude(stage=Stage.LEFT)
    return people.order_by("last_name", "first_name", "pk")


def _ways(reviewer: Reviewer) -> dict[str, str]:
    return {
        "preferred": reviewer.preferred_contact,
        "email": reviewer.email,
        "phone": reviewer.phone,
        "address": reviewer.address,
    }
