"""Home's lines about messages: what a person posts or rings, and what did not arrive."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from nhsuk.words import nhs_date
from notifications.models import Message
from notifications.queries import failed
from programme.home.work import MOST, Line, Work, work
from reviewers.contact import missing_way, without_their_way

# Of a person, no column that a line does not say: nothing is decrypted for it.
CONTACT = ("first_name", "last_name", "preferred_contact", "email", "phone", "address")


def by_hand(user: User, now: datetime) -> Work:
    """Letters to post and people to ring."""
    due = Message.objects.by_hand().waiting().filter(due_at__lte=now)
    lines: Iterable[Message] = due.only("channel", "recipient_name", "subject").order_by(
        "due_at", "pk"
    )[:MOST]
    return work(
        "Messages to post or ring",
        lines,
        lambda message: Line(
            f"{'Ring' if message.channel == 'phone' else 'Post a letter to'} "
            f"{message.recipient_name}",
            reverse(
                "notifications:calls" if message.channel == "phone" else "notifications:letters"
            ),
            message.subject,
        ),
        all_href=reverse("notifications:list"),
        done="There is nothing to post and nobody to ring.",
    )


def not_arrived(user: User, now: datetime) -> Work:
    """Messages that could not be sent: the person knows nothing of what they say."""
    lines = failed().only("recipient_name", "subject", "queued_at").order_by("-queued_at", "-pk")
    return work(
        "Messages that could not be sent",
        lines[:MOST],
        lambda message: Line(
            f"{message.recipient_name}",
            reverse("notifications:detail", args=[message.pk]),
            f"{message.subject}, {nhs_date(message.queued_at)}",
        ),
        all_href=reverse("notifications:list") + "?state=failed",
        done="Every message could be sent.",
    )


def cannot_reach(user: User, now: datetime) -> Work:
    """People without what their preferred way of contact needs."""
    return work(
        "People we cannot reach the way they like",
        without_their_way().only(*CONTACT)[:MOST],
        lambda person: Line(
            f"{person}", reverse("reviewers:details", args=[person.pk]), missing_way(person)
        ),
        all_href=reverse("reviewers:list"),
        done="Everyone can be reached the way they like.",
    )
