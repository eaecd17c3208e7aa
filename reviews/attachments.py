"""The entry for a person's calendar that goes with an email about their visit."""

from datetime import datetime

from django.conf import settings

from notifications.registry import Attachment
from organisation.queries import trust_settings
from reviews.calendar import Writer
from reviews.feeds.queries import sequences
from reviews.models import TeamMember

WORDS = {
    "PUBLISH": (
        "The file with this email is for your calendar. Open it to put the visit in, or to bring"
        " it up to date if it is there."
    ),
    "CANCEL": (
        "The file with this email is for your calendar. If the visit is in it, open the file to"
        " take it out."
    ),
}


def entries_of(ids: set[int], now: datetime) -> dict[int, Attachment]:
    """The ``.ics`` file of each of these places on a team, as it stands now. Four queries.

    The same event as in the feed: one UID, and a SEQUENCE that rises with each change.
    """
    members = list(TeamMember.objects.filter(pk__in=ids).select_related("review"))
    numbers = sequences(members)
    writer = Writer(trust_settings(), settings.PUBLIC_URL, now)
    found: dict[int, Attachment] = {}
    for member in members:
        method, content = writer.update_of(member, numbers[member.pk])
        found[member.pk] = Attachment(
            "visit.ics", content.decode(), "calendar", WORDS[method], {"method": method}
        )
    return found
