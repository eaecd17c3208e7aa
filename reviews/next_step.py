"""The one thing to do next about a review, as its page says it first. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from nhsuk.words import in_words
from reviews.holds import hold_of
from reviews.models import Review, TeamMember, VisitRequest
from reviews.policies import MOVE_IT, check_is_open
from rules import RuleBroken

Response = TeamMember.Response


@dataclass(frozen=True)
class NextStep:
    """A sentence, and which way on: ``move``, ``ask``, ``answer``, ``lead``, ``request``,
    ``confirm``, ``record``, ``report``, ``close`` or none."""

    sentence: str
    way: str = ""
    member: TeamMember | None = None
    request: VisitRequest | None = None


OVER = {
    Review.Status.CANCELLED: NextStep("This review has been called off."),
    Review.Status.COMPLETED: NextStep(
        "The visit has taken place. Say when its report is written.", "report"
    ),
    Review.Status.REPORTED: NextStep(
        "The report is written. Close the review when all is done.", "close"
    ),
    Review.Status.CLOSED: NextStep("This review is closed."),
}


def next_step(
    review: Review,
    team: Sequence[TeamMember],
    *,
    requests: Sequence[VisitRequest] = (),
    now: datetime,
) -> NextStep:
    """What to do next about this review. ``requests``: what its people asked for on it."""
    if not review.is_coming:
        return OVER[Review.Status(review.status)]
    if review.visit_on < localdate(now):
        return NextStep("The visit day has passed. Record who came.", "record")
    if now >= hold_of(review)[0]:
        return NextStep("The visit has begun. Record who came when it is over.", "record")
    try:
        check_is_open(review.service, review.visit_on, else_=MOVE_IT)
    except RuleBroken as broken:
        return NextStep(str(broken), "move")
    lxrs = [each for each in team if each.role == TeamMember.Role.LXR and each.reviewer]
    coming = [each for each in lxrs if each.response == Response.ACCEPTED]
    waiting = [each for each in lxrs if each.response == Response.INVITED]
    if waiting and len(coming) + len(waiting) >= review.lxrs_wanted:
        have = "have" if len(waiting) > 1 else "has"
        return NextStep(f"{_names(waiting)} {have} not answered yet.", "answer", waiting[0])
    if not coming and not waiting:
        return NextStep("Nobody with lived experience is on this review yet. Ask someone.", "ask")
    if len(coming) + len(waiting) < review.lxrs_wanted:
        so_far = f"{len(coming) + len(waiting)} of {review.lxrs_wanted}"
        return NextStep(f"{so_far} people have been asked or can come. Ask one more.", "ask")
    return _with_its_people(review, team, coming, requests)


def _with_its_people(
    review: Review,
    team: Sequence[TeamMember],
    coming: Sequence[TeamMember],
    requests: Sequence[VisitRequest],
) -> NextStep:
    """Once as many can come as are wanted."""
    if not any(each.role == TeamMember.Role.LEAD for each in team):
        return NextStep(
            f"{_names(coming)} can come. Nobody leads this visit yet. Choose a lead.", "lead"
        )
    waiting_for = {each.member_id: each for each in requests if each.is_open}
    asked = [each for each in team if each.pk in waiting_for and each.is_open]
    if asked:
        return NextStep(
            f"{_names(asked)} asked for something on this visit. Say if it can be so.",
            "request",
            request=waiting_for[asked[0].pk],
        )
    if review.status == Review.Status.PLANNED:
        return NextStep(
            f"{_names(coming)} can come. Agree the visit with the service, then confirm it.",
            "confirm",
        )
    return NextStep(f"{_names(coming)} can come. There is nothing to do until the visit.")


def _names(members: Sequence[TeamMember]) -> str:
    return in_words([str(each.reviewer) for each in members])
