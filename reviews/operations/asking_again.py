"""A visit has another day: a new day is a new question."""

from datetime import date, datetime

from audit.operations import record
from organisation.queries import trust_settings
from reviews import words
from reviews.eligibility import RULES_BESIDE_OTHERS, Visit, missing_rules
from reviews.models import Review, TeamMember, Turn
from reviews.operations.invitations import ask, take_back
from reviews.requests.operations import reopen_requests

Response = TeamMember.Response
WhyNot = TeamMember.WhyNot
TakenBack = TeamMember.TakenBack
# What another day does not change.
STAYS_SO = (WhyNot.FAR, WhyNot.TOO_MUCH)
NOT_NEEDED = (TakenBack.PLANS, TakenBack.FILLED)


def ask_everyone_again(
    review: Review, team: list[TeamMember], *, from_day: date, now: datetime
) -> None:
    """Ask who can come on the new day, and tell staff. Under the locks of ``team_of``.

    Also those who could not come on the old day, or had not answered; whoever was passed over in
    line waits again. ADR 28 has it for each answer. Every rule is asked anew but one: whom a first
    visit leaves without company stays asked, and stands in doubt on the page. Whoever was coming
    and may not go any more is told kindly, and never why.
    """
    visit = Visit(review, trust_settings())
    over = Turn.objects.filter(wave__review=review, state=Turn.State.SKIPPED)
    over.update(state=Turn.State.WAITING)
    for member in team:
        if member.reviewer is None:
            if member.is_open:
                words.tell_postponed(member, moved_from=from_day, now=now)
        elif not _is_asked(member):
            continue
        elif not missing_rules(member.reviewer, visit, only=RULES_BESIDE_OTHERS):
            could_not = member.said_no
            ask(member, trust=visit.trust, now=now, role=TeamMember.Role(member.role))
            words.tell_postponed(member, moved_from=from_day, now=now, could_not=could_not)
        elif member.is_open:
            take_back(member, why=TakenBack.MOVED)
            record(
                "ended an invitation", on=member, by=None, now=now, about=member.reviewer_id,
                fields=["response"], why=TakenBack.MOVED,
            )  # fmt: skip
            words.tell_not_needed(member, now=now, moved_from=from_day)
    reopen_requests(review, now=now)


def _is_asked(member: TeamMember) -> bool:
    if member.said_no:
        return member.why_not not in STAYS_SO
    return member.taken_back not in NOT_NEEDED
