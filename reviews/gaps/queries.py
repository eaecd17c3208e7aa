"""Coming reviews on which no LXR has said yes, with the people there are for each, in numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef

from accounts.models import User
from audit.models import Event
from organisation.models import Service, TrustSettings
from reviews.eligibility import Rule, Visit
from reviews.models import Review, ReviewQuerySet, TeamMember
from reviews.queries.but_for import Asked, ask_everyone, loaded_visits
from reviews.queries.places import not_to_ask
from reviews.queries.reviews import reviews_of

DAYS = 120
MOST = 200  # of the soonest; so many visits in 120 days are a region's
KEPT = 5 * 60  # seconds
Response = TeamMember.Response


@dataclass(frozen=True)
class Counted:
    """How many may go, and how many are one step away."""

    ready: int
    one_away: int


@dataclass(frozen=True)
class Gap:
    """One review without an LXR, with who was asked for its day, as numbers.

    ``asked``: have not answered yet. ``silent``: gave no answer in time. ``declined``: could not
    come. ``withdrew``: could no longer come. ``taken_back``: the team needed them no more.
    """

    review: Review
    days_left: int
    ready: int
    one_away: int
    asked: int
    silent: int = 0
    declined: int = 0
    withdrew: int = 0
    taken_back: int = 0

    @property
    def service(self) -> Service:
        """What is reviewed."""
        return self.review.service

    @property
    def notice_is_short(self) -> bool:
        """Whether the gate list closes before the visit can be filled: no days left for it."""
        return self.days_left <= self.review.service.site.notice_days

    @property
    def still_wanted(self) -> int:
        """How many more could be asked for the places the review has."""
        return max(0, self.review.lxrs_wanted - self.asked)


def uncovered(user: User, today: date) -> ReviewQuerySet:
    """Reviews of the next 120 days on which no LXR has said yes."""
    accepted = TeamMember.objects.lxrs().filter(review=OuterRef("pk"), response=Response.ACCEPTED)
    return (
        reviews_of(user)
        .coming()
        .filter(~Exists(accepted), visit_on__gte=today, visit_on__lte=today + timedelta(days=DAYS))
    )


def gaps(user: User, today: date, trust: TrustSettings) -> list[Gap]:
    """Those reviews, the hardest first: fewest people ready, then soonest."""
    visits = loaded_visits(_soonest(uncovered(user, today)), trust)
    counted = _kept(visits, today)
    found = [_gap(visit.review, each, today) for visit, each in zip(visits, counted, strict=True)]
    return sorted(found, key=lambda gap: (gap.ready, gap.review.visit_on, gap.review.pk))


def _soonest(reviews: ReviewQuerySet) -> ReviewQuerySet:
    ids = reviews.order_by("visit_on", "pk").values_list("pk", flat=True)[:MOST]
    return Review.objects.filter(pk__in=list(ids))


def _gap(review: Review, counted: Counted, today: date) -> Gap:
    lxrs = [
        each
        for each in review.team.all()
        if each.role == TeamMember.Role.LXR and each.was_asked_for(review.visit_on)
    ]
    said = Counter(each.response for each in lxrs if not each.taken_back)
    return Gap(
        review=review,
        days_left=(review.visit_on - today).days,
        ready=counted.ready,
        one_away=counted.one_away,
        asked=said[Response.INVITED],
        silent=said[Response.EXPIRED],
        declined=said[Response.DECLINED],
        withdrew=said[Response.WITHDRAWN],
        taken_back=sum(bool(each.taken_back) for each in lxrs),
    )


def _kept(visits: Sequence[Visit], today: date) -> list[Counted]:
    """Counted again once anything has happened: whatever changes it writes an audit event."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    key = f"gaps:{today}:{last}"
    kept: dict[int, Counted] = cache.get(key) or {}
    new = [visit for visit in visits if visit.review.pk not in kept]
    if new:
        kept |= zip((visit.review.pk for visit in new), count_people(new), strict=True)
        cache.set(key, kept, timeout=KEPT)
    return [kept[visit.review.pk] for visit in visits]


def count_people(visits: Sequence[Visit]) -> list[Counted]:
    """For each visit, how many miss nothing, and how many one rule that is a step.

    Who is on the team or said no to this day, takes a break or has left is not counted.
    ``visits`` come with their teams loaded.
    """
    asked = ask_everyone(visits)
    return [counted(asked, visit, index) for index, visit in enumerate(visits)]


def counted(asked: Asked, visit: Visit, index: int) -> Counted:
    """The same of one of the visits that everybody was asked about."""
    ready, steps = one_step_away(asked, visit, index)
    return Counted(ready, sum(steps.values()))


def one_step_away(asked: Asked, visit: Visit, index: int) -> tuple[int, Counter[Rule]]:
    """How many miss nothing; and of those who miss one rule that is a step, how many which."""
    people = asked.here - not_to_ask(visit.review)
    missing = {rule: people & each[index] for rule, each in asked.missing.items()}
    times = Counter(person for each in missing.values() for person in each)
    steps = {
        rule: sum(times[person] == 1 for person in each)
        for rule, each in missing.items()
        if rule.is_a_step
    }
    return len(people) - len(times), Counter(steps)
