"""Why somebody has not been on a visit yet, in the words of the programme, and what comes next.

Of checks no more is said than readiness says. Who could not come before is not told: that never
counts against anybody.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from checks.readiness import Readiness, readiness_of
from nhsuk.words import nhs_date
from organisation.models import TrustSettings
from reviewers.models import Reviewer, Stage
from reviews.eligibility import ONE_MISSING, RULES_BESIDE_OTHERS, Visit, score
from reviews.first_visits.models import FirstVisit
from reviews.first_visits.policies import has_not_said, says_not_now
from reviews.first_visits.queries import GOING
from reviews.models import Review, TeamMember
from reviews.queries.loaded import loaded_visits

Wish = FirstVisit.Wish
# A first visit is never as the only LXR: somebody else is asked as well. So that rule does not
# count when a visit is sought; whoever learns beside a team is no LXR of it at all.
RULES_TO_LEARN = RULES_BESIDE_OTHERS
LOOKED_AT = 5  # of the next visits


class Reason(StrEnum):
    """Why there has been no visit yet."""

    COMING = "Has a visit to come"
    ASKED = "Has been asked, no answer yet"
    BREAK = "Takes a break"
    NOT_NOW = "Said not now"
    CONFIDENCE = "Wants more confidence"
    CHECKS = "With the checks team"
    STAGE = "Not active yet"
    NO_MATCH = "No match"
    NO_ANSWER = "Asked, no answer yet"
    NEVER_ASKED = "Never asked"
    NOTHING_PLANNED = "Nothing is planned"


# Where there is nothing to be moved on
AT_REST = (Reason.COMING, Reason.BREAK, Reason.NOT_NOW)
STUCK_AFTER_DAYS = 30


@dataclass(frozen=True)
class Standing:
    """One person's reason, since when or until when, and the next step in words.

    ``stuck_since``: since when nothing has happened, where that is a month ago or longer.
    """

    reason: Reason
    when: str
    next_step: str
    fits: Sequence[Review] = ()
    stuck_since: date | None = None

    def __str__(self) -> str:
        return f"{self.reason}, {self.when}" if self.when else str(self.reason)


@dataclass(frozen=True)
class Known:
    """What is asked of the database once for all the people on a page."""

    coming: dict[int, TeamMember]
    ever_asked: set[int]
    watched: set[int]
    readiness: dict[int, Readiness]
    fits: dict[int, list[Review]]


def standings(people: Sequence[Any], *, now: datetime, trust: TrustSettings) -> dict[int, Standing]:
    """Each person's standing by id, in a fixed number of queries."""
    today = localdate(now)
    ids = [person.pk for person in people]
    known = Known(
        coming=coming_of(ids, today),
        ever_asked=set(
            TeamMember.objects.filter(reviewer__in=ids).values_list("reviewer", flat=True)
        ),
        watched=have_watched(ids),
        readiness=readiness_of(people, on=today, trust=trust),
        fits=visits_that_fit(ids, today=today, trust=trust),
    )
    return {
        person.pk: _stuck(_standing(person, known, today), person.waits_since, today)
        for person in people
    }


def _stuck(standing: Standing, since: date | None, today: date) -> Standing:
    """The same, saying that it is stuck if it is."""
    if since is None or standing.reason in AT_REST or standing.stuck_since:
        return standing
    is_stuck = (today - since).days >= STUCK_AFTER_DAYS
    return replace(standing, stuck_since=since) if is_stuck else standing


def have_watched(ids: Collection[int]) -> set[int]:
    """Those of them who learned beside a team on a visit."""
    watched = TeamMember.objects.filter(
        reviewer__in=ids, role=TeamMember.Role.SHADOW, attended=True
    )
    return {pk for pk in watched.values_list("reviewer_id", flat=True) if pk is not None}


def coming_of(ids: Collection[int], today: date) -> dict[int, TeamMember]:
    """The soonest live place of each on a coming visit, an accepted one first."""
    members = (
        TeamMember.objects.live()
        .filter(
            role__in=GOING,
            reviewer__in=ids,
            review__status__in=Review.COMING,
            review__visit_on__gte=today,
        )
        .select_related("review__service")
        .order_by("response", "review__visit_on", "pk")  # accepted stands before invited
    )
    found: dict[int, TeamMember] = {}
    for member in members:
        found.setdefault(member.reviewer_id or 0, member)
    return found


def coming_visits(today: date, trust: TrustSettings) -> list[Visit]:
    """The next visits that people could be asked to."""
    reviews = Review.objects.filter(status__in=Review.COMING, visit_on__gt=today)
    soonest = list(reviews.order_by("visit_on", "pk").values_list("pk", flat=True)[:LOOKED_AT])
    return list(loaded_visits(Review.objects.filter(pk__in=soonest), trust))


def visits_that_fit(
    ids: Collection[int], *, today: date, trust: TrustSettings
) -> dict[int, list[Review]]:
    """Of the next visits, those each could go to, somebody else going as well. Four queries."""
    visits = coming_visits(today, trust)
    people: QuerySet[Any] = Reviewer.objects.filter(pk__in=ids).order_by()
    scores = {f"at_{each}": score(visit, only=RULES_TO_LEARN) for each, visit in enumerate(visits)}
    rows = people.annotate(**scores).values_list("pk", *scores)
    return {
        pk: [
            visit.review
            for visit, missing in zip(visits, row, strict=True)
            if missing < ONE_MISSING and pk not in visit.lxrs_on_team
        ]
        for pk, *row in rows
    }


def _standing(person: Any, known: Known, today: date) -> Standing:
    first: FirstVisit | None = getattr(person, "first_visit", None)
    name = person.first_name
    member = known.coming.get(person.pk)
    if member is not None:
        return _with_visit(member, name)
    if person.stage == Stage.PAUSED:
        until = f"until {nhs_date(person.paused_until)}" if person.paused_until else ""
        return Standing(Reason.BREAK, until, f"{name} will tell us when it is over.")
    if first is not None and says_not_now(first, today):
        until = f"until {nhs_date(first.not_before)}" if first.not_before else ""
        return Standing(Reason.NOT_NOW, until, f"Leave {name} in peace until then.")
    fits = known.fits[person.pk]
    unmet = _unmet_wish(first, name, has_watched=person.pk in known.watched)
    if first is not None and unmet:
        since = f"since {nhs_date(first.said_at)}" if first.said_at else ""
        return Standing(Reason.CONFIDENCE, since, unmet, fits, _lost_buddy_on(first))
    readiness = known.readiness[person.pk]
    if not readiness.ready:
        since = f"since {nhs_date(readiness.since)}" if readiness.since else ""
        return Standing(Reason.CHECKS, since, "The checks team looks after this.")
    since = f"trained on {nhs_date(person.trained_on)}"
    if person.stage != Stage.ACTIVE:
        step = f"Look at {name}’s page to see what is still to do."
        return Standing(Reason.STAGE, since, step)
    if not fits:
        step = "None of the next visits fits. Look at what stands in the way."
        return Standing(Reason.NO_MATCH, since, step)
    if first is not None and has_not_said(first):
        asked = f"since {nhs_date(first.asked_at)}" if first.asked_at else ""
        return Standing(Reason.NO_ANSWER, asked, f"Ring {name} to hear what they think.", fits)
    reason = Reason.NOTHING_PLANNED if person.pk in known.ever_asked else Reason.NEVER_ASKED
    return Standing(reason, since, f"Ask {name} how they would like to start.", fits)


def _with_visit(member: TeamMember, name: str) -> Standing:
    day = nhs_date(member.review.visit_on)
    learning = ", to watch and learn" if member.role == TeamMember.Role.SHADOW else ""
    fits = [member.review]
    if member.response == TeamMember.Response.ACCEPTED:
        return Standing(Reason.COMING, f"on {day}{learning}", "Wish them well.", fits)
    asked = f", asked on {nhs_date(member.invited_at)}" if member.invited_at else ""
    return Standing(Reason.ASKED, f"{day}{learning}{asked}", f"Ring {name} about it.", fits)


def _unmet_wish(first: FirstVisit | None, name: str, *, has_watched: bool) -> str:
    """What somebody wishes before a first visit and has not got yet, as the next step."""
    if first is None:
        return ""
    if first.wish == Wish.BUDDY and not first.goes_along:
        return _find_buddy(first, name)
    if first.wish == Wish.SHADOW and not has_watched:
        return f"Find {name} a visit to watch."
    if first.wish == Wish.TALK:
        return f"Ring {name} to talk about it, and record what they would like."
    return ""


def _find_buddy(first: FirstVisit, name: str) -> str:
    if first.is_buddy_away:
        return f"{first.buddy} cannot go along now. Name somebody else to go with {name}."
    if first.buddy is not None:
        return f"Ask {name} and {first.buddy} if they agree to go together, and record it."
    return f"Name somebody to go with {name}."


def _lost_buddy_on(first: FirstVisit) -> date | None:
    """Since when somebody who wishes for a buddy has one who cannot go along."""
    is_lost = first.wish == Wish.BUDDY and first.buddy is not None and first.is_buddy_away
    return first.buddy.stage_since if is_lost and first.buddy else None
