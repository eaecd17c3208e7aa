"""The steps that tests of operations share."""

from audit.models import Event
from notifications.models import Message
from reviews import operations
from reviews.models import TeamMember
from tests.factories import NOW


def invite(review, person, by, now=NOW):
    return operations.invite_reviewer(review=review, reviewer=person, by=by, now=now)


def say(member, answer, by, now=NOW, how=TeamMember.How.ONLINE):
    return operations.answer(member=member, answer=answer, how=how, by=by, now=now)


def told():
    return sorted(Message.objects.values_list("kind", "recipient_name"))


def done():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def details_of(review, **changes):
    names = operations.ReviewDetails.__annotations__
    return {name: getattr(review, name) for name in names} | changes
