"""When something may be asked for on a visit, and answered. Pure."""

from datetime import date

from reviews.models import TeamMember, VisitRequest
from rules import RuleBroken

Kind = VisitRequest.Kind


def check_is_to_come(member: TeamMember, *, today: date) -> None:
    """Raise RuleBroken unless the person is on a visit to come, or asked to one."""
    if not (member.review.is_coming and member.is_open and member.review.visit_on >= today):
        message = "This is for people who are on a visit to come, or asked to one."
        raise RuleBroken(message)


def check_can_request(member: TeamMember, kind: VisitRequest.Kind, *, today: date) -> None:
    """Raise RuleBroken unless the visit is to come, and the person does not watch it already."""
    check_is_to_come(member, today=today)
    if kind == Kind.SHADOW and member.role == TeamMember.Role.SHADOW:
        message = "It is agreed already: this visit is to watch and learn."
        raise RuleBroken(message)


def check_can_answer(request: VisitRequest) -> None:
    """Raise RuleBroken once it is answered, or its visit is recorded, called off or given up."""
    if not request.is_open:
        message = "Somebody has answered this already."
        raise RuleBroken(message)
    if not (request.member.review.is_coming and request.member.is_open):
        message = "The person is not on a visit to come any more."
        raise RuleBroken(message)
