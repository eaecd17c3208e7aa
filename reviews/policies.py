"""When something may happen to a review and its team. Pure: objects in, a sentence out.

``rules.allows(check_x, ...)`` makes the yes or no that a page asks for.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.utils.timezone import localdate, localtime

from nhsuk.words import in_words, nhs_date
from organisation.models import Service
from reviewers.models import Reviewer
from reviews.eligibility import RULE_BY_KEY, RULES, RULES_BESIDE_OTHERS, Missing, Rule
from reviews.holds import hold_of
from reviews.models import Review, TeamMember
from rules import RuleBroken

Status = Review.Status
Response = TeamMember.Response

# The life of a review. Postponing keeps the status; nothing leaves cancelled or closed.
TRANSITIONS: dict[str, frozenset[str]] = {
    Status.PLANNED: frozenset({Status.CONFIRMED, Status.COMPLETED, Status.CANCELLED}),
    Status.CONFIRMED: frozenset({Status.COMPLETED, Status.CANCELLED}),
    Status.COMPLETED: frozenset({Status.REPORTED}),
    Status.REPORTED: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
    Status.CANCELLED: frozenset(),
}

# What a person may say, after what they said before.
ANSWERS: dict[str, frozenset[str]] = {
    Response.INVITED: frozenset({Response.ACCEPTED, Response.DECLINED}),
    Response.ACCEPTED: frozenset({Response.WITHDRAWN}),
    Response.DECLINED: frozenset(),
    Response.WITHDRAWN: frozenset(),
    Response.EXPIRED: frozenset({Response.ACCEPTED, Response.DECLINED}),
}

# What a yes may not break though the person was asked: time and rest are kept for each other, and
# nobody is sent where they have told us since that they would rather not go.
RULES_OF_A_YES = tuple(RULE_BY_KEY[key] for key in ("free", "rest", "cap", "exclusion"))
# The same to the person themselves.
OWN_WORDS = {
    "free": (
        "You are on another visit or in training at that time, or have been asked to another visit."
        " Please ring us."
    ),
    "rest": (
        "You have another visit close to that day, and we leave people time to rest."
        " If you would like to do both, please ring us."
    ),
    "cap": (
        "You have as many visits that month as you told us you want. If one more is all right,"
        " change it under “When I can come”, or ring us."
    ),
    "exclusion": (
        "You have told us that you would rather not go to this service. If that has changed,"
        " take it off your list, or ring us."
    ),
}

MOVE_IT = "Move the visit to an earlier day, or call it off."
FILLED = (
    "Thank you for answering. The places on this visit are filled now, so you do not need to come."
)
CANNOT_TELL = "Please ring us if you would like to come."
ALREADY_ON_A_VISIT = (
    "{name} is on another visit, or asked about one, at that time. Choose somebody else."
)


def check_can_move(review: Review, to: str) -> None:
    """Raise RuleBroken unless the review's status may become ``to``."""
    if to not in TRANSITIONS[review.status]:
        now_is = review.get_status_display().lower()
        message = f"This review is {now_is}. It cannot become {Status(to).label.lower()}."
        raise RuleBroken(message)


def check_is_coming(review: Review) -> None:
    """Raise RuleBroken unless the review is planned or confirmed."""
    if not review.is_coming:
        message = f"This review is {review.get_status_display().lower()}. It cannot be changed now."
        raise RuleBroken(message)


def check_has_not_begun(review: Review, now: datetime) -> None:
    """Raise RuleBroken once the visit has begun."""
    if now >= hold_of(review)[0]:
        message = "This visit has begun or is over."
        raise RuleBroken(message)


def check_can_ask_anyone(review: Review, now: datetime) -> None:
    """Raise RuleBroken unless the visit is still to come, to a service that is open then."""
    check_is_coming(review)
    check_has_not_begun(review, now)
    check_is_open(review.service, review.visit_on, else_=MOVE_IT)


def check_can_invite(
    review: Review,
    reviewer: Reviewer,
    *,
    member: TeamMember | None,
    missing: Sequence[Missing],
    now: datetime,
) -> None:
    """Raise RuleBroken unless this person may be asked. ``member``: what they are on the team."""
    check_can_ask_anyone(review, now)
    if member is not None and member.response in TeamMember.LIVE:
        said = "can come" if member.response == Response.ACCEPTED else "has been asked"
        message = f"{reviewer.first_name} {said} already."
        raise RuleBroken(message)
    check_none_missing(missing)


class RulesMissing(RuleBroken):
    """Somebody misses rules, which ``keys`` name: its sentences are for those who plan."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(" ".join(f"{each.sentence} {each.next_step}" for each in missing))
        self.keys = [each.rule.key for each in missing]


def check_none_missing(missing: Sequence[Missing]) -> None:
    """Raise RulesMissing with the sentence and next step of every rule that is missing."""
    if missing:
        raise RulesMissing(missing)


def check_has_a_place(review: Review, *, is_filled: bool, is_own: bool = False) -> None:
    """Raise RuleBroken once as many LXRs as are wanted have said yes.

    ``is_own``: the person themselves answers, and the sentence is to them.
    """
    if is_filled and is_own:
        raise RuleBroken(FILLED)
    if is_filled:
        places = "The place" if review.lxrs_wanted == 1 else f"The {review.lxrs_wanted} places"
        have = "is" if review.lxrs_wanted == 1 else "are"
        message = f"{places} on this visit {have} filled. To ask more people, change how many"
        raise RuleBroken(f"{message} Lived Experience Reviewers you want.")


def rules_of_a_yes(member: TeamMember) -> Sequence[Rule]:
    """The rules that a yes must meet: all of them where the time to answer is over."""
    if member.response != Response.EXPIRED:
        return RULES_OF_A_YES
    return RULES if member.role == TeamMember.Role.LXR else RULES_BESIDE_OTHERS


def check_can_say_yes(missing: Sequence[Missing], *, is_own: bool) -> None:
    """Raise RuleBroken for a rule that a yes would break, in words to or about the person."""
    if not is_own:
        check_none_missing(missing)
    for each in missing:
        raise RuleBroken(OWN_WORDS.get(each.rule.key, CANNOT_TELL))


def check_can_call(member: TeamMember, now: datetime) -> None:
    """Raise RuleBroken unless this person stands by for a visit that is still to come."""
    check_can_ask_anyone(member.review, now)
    if member.role != TeamMember.Role.RESERVE or member.response != Response.ACCEPTED:
        message = "This person does not stand by for the visit."
        raise RuleBroken(message)


def check_can_say_why_not(member: TeamMember) -> None:
    """Raise RuleBroken unless the person has said that they cannot come."""
    if not member.said_no:
        message = "You have not said that you can’t come."
        raise RuleBroken(message)


def check_can_withdraw_invitation(member: TeamMember) -> None:
    """Raise RuleBroken unless this is an LXR who was asked or can come, on a coming review."""
    check_is_coming(member.review)
    if member.reviewer_id is None or member.response not in TeamMember.LIVE:
        message = "This invitation is no longer open."
        raise RuleBroken(message)


def check_can_answer(member: TeamMember, answer: str, now: datetime) -> None:
    """Raise RuleBroken unless this person may give this answer now. Sentences are for them."""
    if member.review.status == Status.CANCELLED:
        message = "This visit has been called off. You do not need to do anything."
        raise RuleBroken(message)
    if not member.review.is_coming or now >= hold_of(member.review)[0]:
        message = "It is too late to answer here: this visit has begun or is over. Please ring us."
        raise RuleBroken(message)
    if answer not in ANSWERS[member.response]:
        if member.response == Response.ACCEPTED:
            message = "You have told us that you can come."
        elif member.response == Response.INVITED:
            message = "Tell us if you can come or can't come."
        elif member.taken_back == TeamMember.TakenBack.FILLED:
            message = FILLED
        else:
            message = "This invitation is no longer open. Ring us if you would like to come."
        raise RuleBroken(message)


def check_can_postpone(
    review: Review, to_day: date, starts_at: time | None, ends_at: time | None, *, now: datetime
) -> None:
    """Raise RuleBroken unless the review may move to that day and those hours."""
    check_is_coming(review)
    if to_day == review.visit_on:
        message = "Enter another day than the one the visit is on now."
        raise RuleBroken(message)
    check_is_to_come(to_day, starts_at, now=now)
    check_ends_later(starts_at, ends_at)
    check_is_open(review.service, to_day, else_="Choose an earlier day.")


def check_can_plan(
    service: Service, visit_on: date, starts_at: time | None, *, now: datetime
) -> None:
    """Raise RuleBroken for a visit that would have begun, or to a service that is closed then."""
    check_is_to_come(visit_on, starts_at, now=now)
    check_is_open(service, visit_on)


def check_is_to_come(visit_on: date, starts_at: time | None, *, now: datetime) -> None:
    """Raise RuleBroken for a day that has passed, or a time that has."""
    if visit_on < localdate(now):
        message = "Enter a day that has not passed."
        raise RuleBroken(message)
    check_starts_later(visit_on, starts_at, now=now)


def check_starts_later(visit_on: date, starts_at: time | None, *, now: datetime) -> None:
    """Raise RuleBroken for a time that has passed on that day."""
    if starts_at is not None and (visit_on, starts_at) < (localdate(now), localtime(now).time()):
        message = "Enter a time that has not passed."
        raise RuleBroken(message)


def check_ends_later(starts_at: time | None, ends_at: time | None) -> None:
    """Raise RuleBroken unless there are both times and the end is later, or neither."""
    if (starts_at is None) != (ends_at is None):
        message = "Enter when the visit starts and when it ends, or leave both times empty."
        raise RuleBroken(message)
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        message = "The visit must end after it starts."
        raise RuleBroken(message)


def check_wants_an_lxr(lxrs_wanted: int) -> None:
    """Raise RuleBroken for a review that wants nobody."""
    if lxrs_wanted < 1:
        message = "A review wants at least 1 Lived Experience Reviewer."
        raise RuleBroken(message)


def check_none_is_planned(services: Iterable[str]) -> None:
    """Raise RuleBroken naming the services that have a review to come by now."""
    if names := sorted(set(services)):
        have = "has" if len(names) == 1 else "have"
        message = f"{in_words(names)} {have} a review to come by now. Take the tick away."
        raise RuleBroken(message)


def check_is_open(
    service: Service, visit_on: date, *, else_: str = "Choose another service."
) -> None:
    """Raise RuleBroken where the service is closed by that day, with what to do about it."""
    if service.is_closed_on(visit_on):
        message = f"{service} is closed from {nhs_date(service.closed_on)}. {else_}"
        raise RuleBroken(message)


def check_can_confirm(review: Review, team: Sequence[TeamMember]) -> None:
    """Raise RuleBroken unless the visit is planned and somebody leads it."""
    check_can_move(review, Status.CONFIRMED)
    if not any(each.role == TeamMember.Role.LEAD for each in team):
        message = "Nobody leads this visit yet. Choose a lead, then confirm it."
        raise RuleBroken(message)


def check_can_change_service(review: Review, team: Sequence[TeamMember]) -> None:
    """Raise RuleBroken where LXRs were asked to the service that would be exchanged."""
    if any(each.reviewer_id and each.response in TeamMember.LIVE for each in team):
        message = "People have been asked to visit this service. Withdraw their invitations first."
        raise RuleBroken(message)


def check_is_staff_role(role: str) -> None:
    """Raise RuleBroken unless a staff member may have this role."""
    if role not in {TeamMember.Role.LEAD, TeamMember.Role.STAFF}:
        message = "Staff come as the lead or as staff."
        raise RuleBroken(message)


def check_can_remove_staff(member: TeamMember) -> None:
    """Raise RuleBroken unless this is a staff member on a coming review."""
    check_is_coming(member.review)
    if member.staff_id is None:
        message = "Take back a Lived Experience Reviewer's invitation instead."
        raise RuleBroken(message)
    if not member.is_open:
        message = f"{member.staff} is not on the team any more."
        raise RuleBroken(message)


def check_staff_can_say_no(member: TeamMember, now: datetime) -> None:
    """Raise RuleBroken unless this staff member comes on a visit still to come. To them."""
    if member.review.status == Status.CANCELLED:
        message = "This visit has been called off. You do not need to do anything."
        raise RuleBroken(message)
    if not member.review.is_coming or now >= hold_of(member.review)[0]:
        message = "This visit has begun or is over. Please ring the quality team."
        raise RuleBroken(message)
    if not member.is_open:
        message = "You are not on the team of this visit. You do not need to do anything."
        raise RuleBroken(message)


def check_nobody_clashes(names: Sequence[str]) -> None:
    """Raise RuleBroken if the people named are on another visit at the new hours."""
    if names:
        message = (
            f"{' and '.join(names)} would be on two visits at once at these times."
            " Choose other times, or withdraw the invitation first."
        )
        raise RuleBroken(message)
