"""Until when an invitation can be answered. Pure: moments in, a moment out, on London's clock."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone, localtime

from organisation.models import TrustSettings
from reviews.holds import hold_of
from reviews.models import Review


def until_end_of(day: date, review: Review) -> datetime:
    """Midnight at the end of that day, and never later than the visit begins."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=get_default_timezone())
    return min(midnight, hold_of(review)[0])


def answer_by_of(review: Review, *, now: datetime, days: int) -> datetime:
    """Somebody asked now has so many days, and never longer than until the visit begins."""
    return until_end_of(localtime(now).date() + timedelta(days=days), review)


def reserve_answers_by(review: Review, *, now: datetime, trust: TrustSettings) -> datetime:
    """A reserve who is asked to come after all has the trust's hours.

    Those in which messages go out: nobody loses theirs overnight.
    """
    left = timedelta(hours=trust.reserve_answer_hours)
    moment = localtime(now)
    while True:
        opens = datetime.combine(moment.date(), trust.send_from, tzinfo=moment.tzinfo)
        closes = datetime.combine(moment.date(), trust.send_until, tzinfo=moment.tzinfo)
        moment = max(moment, opens)
        if moment + left <= closes:
            return min(moment + left, hold_of(review)[0])
        left -= max(closes - moment, timedelta())
        moment = datetime.combine(moment.date() + timedelta(days=1), time(), tzinfo=moment.tzinfo)
