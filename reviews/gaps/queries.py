"""Coming reviews on which no LXR has said yes, with the people there are for each, in numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef

from accounts.models import User
from audit.models import Event
from nhsuk.words import nhs_date
from organisation.models import Service, TrustSettings
from reviews.gate_list.policies import is_closed, names_in_by
from reviews.in_bulk.everyone import ask_everyone
from reviews.models import Review, ReviewQuerySet, TeamMember
from reviews.queries.loaded import LoadedVisit, loaded_visits
from reviews.queries.reviews import reviews_of

AT_ONCE = 2_000  # visits asked about together: what they take of memory does not grow beyond it
MOST_TO_ASK = 5  # people asked by one press
KEPT = 5 * 60  # seconds
Response = TeamMember.Response


@dataclass(frozen=True)
class Counted:
    """How many may go, and how many are one step away."""

    ready: int
    one_away: int


@dataclass(frozen=True)
class Ranked:
    """Where one review stands among all that have no LXR, in the order of its fields."""

    counted: Counted
    visit_on: date
    review: int
    is_secure: bool


@dataclass(frozen=True)
class Gap:
    """One review without an LXR, with who was asked for its day, as numbers.

    ``asked``: have not answered yet. ``silent``: gave no answer in time. ``declined``: could not
    come. ``withdrew``: could no longer come.
    """

    review: Review
    today: date
    ready: int
    one_away: int
    asked: int
    silent: int = 0
    declined: int = 0
    withdrew: int = 0

    @property
    def service(self) -> Service:
        """What is reviewed."""
        return self.review.service

    @property
    def days_left(self) -> int:
        """Days from today until the visit."""
        return (self.review.visit_on - self.today).days

    @property
    def names_in_by(self) -> date | None:
        """Until when the site takes names; None where it asks no notice."""
        return names_in_by(self.review)

    @property
    def gate_list_is_closed(self) -> bool:
        """Whether names would reach the site too late today."""
        return is_closed(self.review, self.today)

    @property
    def is_closed(self) -> bool:
        """Whether the service is closed by then, so that nobody is asked."""
        return self.service.is_closed_on(self.review.visit_on)

    @property
    def to_ask(self) -> int:
        """How many people one press asks: as many as are ready for places nobody was asked to."""
        if self.is_closed:
            return 0
        return min(max(0, self.review.lxrs_wanted - self.asked), self.ready, MOST_TO_ASK)

    @property
    def ask_words(self) -> str:
        """What the button that asks them says."""
        return f"Ask the next {self.to_ask} people" if self.to_ask > 1 else "Ask the next person"

    @property
    def about(self) -> str:
        """The visit, for somebody who hears the buttons one after the other."""
        return f"{self.service.name}, {nhs_date(self.review.visit_on)}"


def uncovered(user: User, today: date, days: int) -> ReviewQuerySet:
    """Reviews of the next ``days`` on which no LXR has said yes."""
    accepted = TeamMember.objects.lxrs().filter(review=OuterRef("pk"), response=Response.ACCEPTED)
    return (
        reviews_of(user)
        .coming()
        .filter(~Exists(accepted), visit_on__gte=today, visit_on__lte=today + timedelta(days=days))
    )


def ranked(user: User, today: date, trust: TrustSettings, *, days: int) -> list[Ranked]:
    """All of those reviews, the hardest first: fewest people ready, then soonest."""
    rows = uncovered(user, today, days).values_list("pk", "visit_on", "service__setting")
    found = list(rows.order_by("visit_on", "pk"))
    counted = _kept([pk for pk, *_ in found], today, trust)
    places = [
        Ranked(counted[pk], day, pk, setting in Service.HARDER_TO_REACH)
        for pk, day, setting in found
    ]
    return sorted(places, key=lambda each: (each.counted.ready, each.visit_on, each.review))


def gaps(user: User, today: date, places: Sequence[Ranked]) -> list[Gap]:
    """What the board shows of these reviews, in their order. Two queries; none for none."""
    if not places:
        return []
    reviews = reviews_of(user).filter(pk__in=[each.review for each in places])
    team = {review.pk: review for review in reviews.prefetch_related("team")}
    return [_gap(team[each.review], each.counted, today) for each in places if each.review in team]


def _gap(review: Review, counted: Counted, today: date) -> Gap:
    said = Counter(
        each.response
        for each in review.team.all()
        if each.role == TeamMember.Role.LXR
        and not each.taken_back
        and each.was_asked_for(review.visit_on)
    )
    return Gap(
        review=review,
        today=today,
        ready=counted.ready,
        one_away=counted.one_away,
        asked=said[Response.INVITED],
        silent=said[Response.EXPIRED],
        declined=said[Response.DECLINED],
        withdrew=said[Response.WITHDRAWN],
    )


def _kept(reviews: Sequence[int], today: date, trust: TrustSettings) -> dict[int, Counted]:
    """Counted again once anything has happened: whatever changes it writes an audit event."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    key = f"gaps:{today}:{last}"
    kept: dict[int, Counted] = cache.get(key) or {}
    new = [pk for pk in reviews if pk not in kept]
    for start in range(0, len(new), AT_ONCE):
        some = Review.objects.filter(pk__in=new[start : start + AT_ONCE])
        visits = loaded_visits(some, trust)
        counted = count_people(visits)
        kept |= {visit.review.pk: each for visit, each in zip(visits, counted, strict=True)}
    if new:
        cache.set(key, kept, timeout=KEPT)
    return kept


def count_people(visits: Sequence[LoadedVisit]) -> list[Counted]:
    """For each visit, how many miss nothing, and how many one rule that is a step.

    Who is on the team or said no to this day, takes a break or has left is not counted.
    """
    everyone = ask_everyone(visits)
    return [
        Counted(*(bits.bit_count() for bits in everyone.able_or_one_away(index)))
        for index in range(len(visits))
    ]
