"""The demonstration's partners: three trusts that do not exist, and the files that they sent."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from accounts.models import User
from insights.numbers import Share
from insights.partnership import files, signing
from insights.partnership.content import Content
from insights.partnership.operations import add_partner, receive
from insights.periods import add_months, month_of

# Covered and completed reviews: community, inpatient, secure, prison; then trained people who have
# been on a review, and all trained people.
TRUSTS = (
    ("Eastvale (demonstration)", ((14, 18), (6, 9), (1, 4), (0, 3)), (22, 41)),
    ("Northmoor (demonstration)", ((41, 44), (19, 22), (5, 9), (2, 5)), (58, 90)),
    ("Westhaven (demonstration)", ((7, 22), (3, 14), (0, 3), (0, 2)), (9, 38)),
)
SETTINGS = ("community", "inpatient", "secure", "prison")


def bring_partners(*, by: User, now: datetime) -> None:
    """Add each trust, and bring in its figures of the last 12 months that have ended."""
    last = add_months(month_of(localdate(now)), -1)
    for name, shares, people in TRUSTS:
        private_key = signing.new_private_key()
        add_partner(name=name, public_key=signing.public_key_of(private_key), by=by, now=now)
        content = Content(
            since=add_months(last, -11),
            until=last,
            as_at=localdate(now),
            written_at=now - timedelta(minutes=1),
            by_setting={
                setting: Share(*share) for setting, share in zip(SETTINGS, shares, strict=True)
            },
            activation=Share(*people),
        )
        receive(document=files.write(content, private_key), by=by, now=now)
