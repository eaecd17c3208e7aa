"""The time a visit takes out of a person's day."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from reviews.models import Review


def hold_of(review: Review) -> tuple[datetime, datetime]:
    """From when until when the visit keeps a person busy, on London's clock.

    A visit without times takes the whole local day, which is 23 or 25 hours long twice a year.
    """
    zone = get_default_timezone()
    if review.starts_at is not None and review.ends_at is not None:
        return (
            datetime.combine(review.visit_on, review.starts_at, tzinfo=zone),
            datetime.combine(review.visit_on, review.ends_at, tzinfo=zone),
        )
    midnight = datetime.combine(review.visit_on, time(), tzinfo=zone)
    next_midnight = datetime.combine(review.visit_on + timedelta(days=1), time(), tzinfo=zone)
    return midnight, next_midnight
