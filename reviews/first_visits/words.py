"""What we write to people about a first visit. Call inside the transaction of what it tells."""

from datetime import datetime

from notifications.operations import queue
from notifications.words import letter
from reviewers.contact import addressee
from reviewers.models import Reviewer
from reviews.first_visits.models import FirstVisit

GENTLE_ASK = "first-visit-ask"
BUDDY = "first-visit-buddy"
NO_BUDDY = "first-visit-no-buddy"


def ask_how_to_start(reviewer: Reviewer, *, now: datetime) -> None:
    """The gentle ask."""
    queue(
        key=f"{GENTLE_ASK}:{reviewer.pk}:{now:%Y%m%d%H%M%S%f}",
        kind=GENTLE_ASK,
        to=addressee(reviewer),
        subject="Would you like to come on a visit with us?",
        body=letter("reviews/messages/first_visit.txt", {"name": reviewer.first_name}),
        now=now,
        about_id=reviewer.pk,
    )


def tell_buddy(first: FirstVisit, buddy: Reviewer, *, now: datetime) -> None:
    """Somebody goes with the person, as both agreed."""
    _tell(BUDDY, "buddy", "You are somebody’s buddy on a visit", first, buddy, now)


def tell_no_buddy(first: FirstVisit, buddy: Reviewer, *, now: datetime) -> None:
    """They need not go with the person any more."""
    subject = "You are no longer somebody’s buddy on a visit"
    _tell(NO_BUDDY, "no_buddy", subject, first, buddy, now)


def _tell(
    kind: str, template: str, subject: str, first: FirstVisit, buddy: Reviewer, now: datetime
) -> None:
    queue(
        key=f"{kind}:{first.pk}:{buddy.pk}:{now:%Y%m%d%H%M%S%f}",
        kind=kind,
        to=addressee(buddy),
        subject=subject,
        body=letter(
            f"reviews/messages/{template}.txt",
            {"name": buddy.first_name, "person": first.reviewer},
        ),
        now=now,
        about_id=first.pk,
    )
