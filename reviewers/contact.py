"""How to reach a reviewer: their preferred way, or the next that has an address."""

from notifications.addressees import Addressee, reach
from notifications.models import Message
from reviewers.models import Reviewer


def addressee(reviewer: Reviewer) -> Addressee:
    """Where a message to this person goes."""
    channel, address = reach(
        preferred=reviewer.preferred_contact,
        email=reviewer.email,
        phone=reviewer.phone,
        address=reviewer.address,
    )
    return Addressee(Message.Recipient.REVIEWER, reviewer.pk, str(reviewer), channel, address)
