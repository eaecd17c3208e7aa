"""What a person is told about what they asked for."""

from datetime import datetime

from notifications.operations import queue
from notifications.words import letter
from reviews.holds import hold_of
from reviews.models import VisitRequest
from reviews.words import addressee, first_name_of, link_of

ANSWERED = "visit-request-answered"


def tell_answered(request: VisitRequest, *, now: datetime) -> None:
    """The team's answer. Call inside the transaction that gives it."""
    member = request.member
    begins = hold_of(member.review)[0]
    context = {
        "name": first_name_of(member),
        "day": member.review.visit_on,
        "request": request,
        "is_met": request.answer == VisitRequest.Answer.MET,
        "link": link_of(member),
    }
    queue(
        key=f"{ANSWERED}:{request.pk}:{now:%Y%m%d%H%M%S%f}",
        kind=ANSWERED,
        to=addressee(member),
        subject="What you asked for on your visit with the quality team",
        body=letter("reviews/messages/request_answered.txt", context),
        now=now,
        about_id=request.pk,
        too_late_at=begins if begins > now else None,
    )
