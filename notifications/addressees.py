"""Whom a message is for, and which way it goes."""

from typing import TYPE_CHECKING

from django.conf import settings

from notifications.models import Channel, Message
from organisation.contact import Addressee

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["Addressee", "for_user", "reach", "sends_texts", "what_is_missing"]

MISSING = {
    Channel.EMAIL: "They like email, but no email address is recorded.",
    Channel.TEXT: "They like text messages, but no phone number is recorded.",
    Channel.PHONE: "They like to be rung, but no phone number is recorded.",
    Channel.POST: "They like post, but no postal address is recorded.",
}


def sends_texts() -> bool:
    """Whether text messages can be sent: GOV.UK Notify has a key and a template."""
    return bool(settings.NOTIFY_API_KEY and settings.NOTIFY_TEXT_TEMPLATE_ID)


def reach(
    *, preferred: str, email: str = "", phone: str = "", address: str = ""
) -> tuple[Channel, str]:
    """The channel and address to use: the preferred way, else email, phone, post.

    A way without an address is passed over. Without a key for text messages, whoever likes those
    is rung. Nobody is lost: with no address at all it is a call, and a coordinator finds out how.

    >>> reach(preferred="email", phone="07700 900001")
    (<Channel.PHONE: 'phone'>, '07700 900001')
    """
    ways = {
        Channel.EMAIL: email,
        Channel.TEXT: phone if sends_texts() else "",
        Channel.PHONE: phone,
        Channel.POST: address,
    }
    if preferred == Channel.TEXT and phone and not ways[Channel.TEXT]:
        preferred = Channel.PHONE
    for channel in (Channel(preferred), Channel.EMAIL, Channel.PHONE, Channel.POST):
        if ways[channel]:
            return channel, ways[channel]
    return Channel.PHONE, ""


def what_is_missing(*, preferred: str, email: str = "", phone: str = "", address: str = "") -> str:
    """Why a person is not reached the way they like, as coordinators read it; empty if they are.

    >>> what_is_missing(preferred="post", email="ada@example.org")
    'They like post, but no postal address is recorded.'
    """
    way = Channel(preferred)
    ways = {
        Channel.EMAIL: email,
        Channel.TEXT: phone,
        Channel.PHONE: phone,
        Channel.POST: address,
    }
    return "" if ways[way] else MISSING[way]


def for_user(user: "User") -> Addressee:
    """A user, at the address they sign in with."""
    return Addressee(Message.Recipient.USER, user.pk, str(user), Channel.EMAIL, user.email)
