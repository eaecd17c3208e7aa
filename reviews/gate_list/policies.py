"""Until when a site takes names for its gate list. Pure.

Being late stops nobody: a site may still let somebody in. So it is said wherever people are asked.
"""

from datetime import date, timedelta

from nhsuk.words import nhs_date
from reviews.models import Review


def names_in_by(review: Review) -> date | None:
    """The last day on which the site takes names for this visit; None where it asks no notice.

    The review comes with its service's site.
    """
    days = review.service.site.notice_days
    return review.visit_on - timedelta(days=days) if days else None


def is_closed(review: Review, today: date) -> bool:
    """Whether names reach the site too late by now."""
    last = names_in_by(review)
    return last is not None and today > last


def late_words(review: Review, today: date) -> str:
    """What to do about somebody who is asked too late for the gate list; empty if it is not."""
    last = names_in_by(review)
    if last is None or not is_closed(review, today):
        return ""
    return (
        f"The gate list has closed: {review.service.site} wanted the names by {nhs_date(last)}."
        " Ring the site to ask if it can still let somebody in."
    )
