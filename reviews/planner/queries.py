"""A plan as its page shows it: the ids of some lines become visits and people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from accounts.models import User
from jobs.models import Job
from jobs.queries import jobs_of
from nhsuk.words import nhs_date
from organisation.models import TrustSettings
from reviewers.models import Reviewer, Stage
from reviews.eligibility import RULE_BY_KEY, Visit, in_words_of, missing_rules
from reviews.models import Review, ReviewQuerySet, TeamMember
from reviews.planner.models import KeptProposal
from reviews.planner.operations import WORK_OUT, Refused
from reviews.planner.plans import Gap, Line, Plan
from reviews.planner.policies import check_wants_another
from reviews.planner.words import what_opens
from reviews.planner.world import ALONE
from reviews.policies import check_can_ask_anyone
from reviews.queries import reviews_of
from reviews.queries.places import count_lxrs
from rules import RuleBroken

# Visits times people that a page plans while somebody waits for it
SMALL = 400_000


@dataclass(frozen=True)
class Row:
    """A line of a plan. ``is_asked``: the person was asked, or can come, since it was made."""

    line: Line
    review: Review
    reviewer: Reviewer
    is_asked: bool
    kept: KeptProposal | None

    @property
    def about(self) -> str:
        """Whom the buttons of the row are about, and for which visit."""
        day = nhs_date(self.review.visit_on)
        return f"{self.reviewer} for {self.review.service.name}, {day}"


@dataclass(frozen=True)
class GapRow:
    """A visit with nobody, and what would open it."""

    gap: Gap
    review: Review
    what_opens: str

    @property
    def one_away(self) -> int:
        """How many people are one step away."""
        return sum(self.gap.one_away.values())


def is_small(window: ReviewQuerySet) -> bool:
    """Whether the plan of these visits can be made while somebody waits. Two queries."""
    here = Reviewer.objects.exclude(stage__in=[Stage.LEFT, Stage.PAUSED])
    return window.count() * here.count() <= SMALL


@dataclass(frozen=True)
class Named:
    """The visits and people that a page of a plan names, by id."""

    reviews: Mapping[int, Review]
    people: Mapping[int, Reviewer]

    def in_order(self, ids: Iterable[int]) -> list[Review]:
        """These visits, soonest first."""
        found = [self.reviews[pk] for pk in ids if pk in self.reviews]
        return sorted(found, key=lambda review: (review.visit_on, review.pk))


def named_in(plan: Plan, lines: Sequence[Line], gaps: Sequence[Gap], user: User) -> Named:
    """What these lines and gaps of the plan name, and its lists. Two queries."""
    steps = [step for gap in gaps for step in gap.steps]
    pairs = [*((line.review, line.person) for line in lines), *plan.not_kept]
    reviews = {
        *(review for review, _ in pairs),
        *(gap.review for gap in gaps),
        *(step.review for step in steps),
        *plan.waiting,
        *plan.lost,
        *plan.lost_to_company,
        *plan.lost_to_secure,
        *plan.closed,
    }
    people = {*(person for _, person in pairs), *(step.person or 0 for step in steps)}
    return Named(reviews_of(user).in_bulk(reviews), Reviewer.objects.in_bulk(people))


def rows_of(lines: Sequence[Line], named: Named) -> list[Row]:
    """These lines; who or what is not there any more is left out. Two queries."""
    there = [line for line in lines if line.review in named.reviews and line.person in named.people]
    reviews = {line.review for line in there}
    live = TeamMember.objects.lxrs().live().filter(review__in=reviews)
    asked = set(live.values_list("review", "reviewer"))
    kept = {
        (each.review_id, each.reviewer_id): each
        for each in KeptProposal.objects.filter(review__in=reviews).select_related("kept_by")
    }
    return [
        Row(
            line,
            named.reviews[line.review],
            named.people[line.person],
            is_asked=(line.review, line.person) in asked,
            kept=kept.get((line.review, line.person)),
        )
        for line in there
    ]


def gap_rows_of(gaps: Sequence[Gap], named: Named) -> list[GapRow]:
    """These visits."""
    return [
        GapRow(gap, named.reviews[gap.review], what_opens(gap, named.reviews, named.people))
        for gap in gaps
        if gap.review in named.reviews
    ]


@dataclass(frozen=True)
class NotKept:
    """Somebody who was kept for a visit and cannot be any more, and why."""

    kept: KeptProposal
    why: str


def not_kept(
    pairs: Collection[tuple[int, int]], named: Named, *, trust: TrustSettings, now: datetime
) -> list[NotKept]:
    """Of these visits and people those still written down. Some queries for each; they are few."""
    if not pairs:
        return []
    found = []
    for kept in KeptProposal.objects.filter(review__in={review for review, _ in pairs}):
        review, person = named.reviews.get(kept.review_id), named.people.get(kept.reviewer_id)
        if review and person and (review.pk, person.pk) in pairs:
            kept.review, kept.reviewer = review, person
            found.append(NotKept(kept, _why(review, person, trust, now)))
    return found


def _why(review: Review, person: Reviewer, trust: TrustSettings, now: datetime) -> str:
    try:
        check_can_ask_anyone(review, now)
        check_wants_another(review, lxrs=count_lxrs(review))
    except RuleBroken as broken:
        return str(broken)
    missing = missing_rules(person, Visit(review, trust))
    others = [each.sentence for each in missing if each.rule != ALONE or review.lxrs_wanted == 1]
    if others:
        return " ".join(others)
    if missing:
        return f"There is nobody whom {person.first_name} could go with."
    return (
        f"{person.first_name} is kept for another visit too close to this one,"
        " or has as many visits that month as they want."
    )


def last_plan(user: User) -> Job | None:
    """The last plan that this user had worked out."""
    return jobs_of(user).filter(kind=WORK_OUT, state=Job.State.DONE).order_by("-pk").first()


def get_person(pk: int) -> Reviewer:
    """Somebody who may stand in a plan. Raises Http404."""
    return get_object_or_404(Reviewer, pk=pk)


def get_kept(user: User, pk: int) -> KeptProposal:
    """Somebody kept for a review that this user plans. Raises Http404."""
    kept = KeptProposal.objects.filter(review__in=reviews_of(user).values("pk"))
    return get_object_or_404(kept.select_related("reviewer", "review__service"), pk=pk)


def not_asked(pairs: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of these visits and people those where the person was not asked yet. One query."""
    live = TeamMember.objects.lxrs().live().filter(review__in={review for review, _ in pairs})
    asked = set(live.values_list("review", "reviewer"))
    return [pair for pair in pairs if pair not in asked]


def asked_since(pairs: Collection[tuple[int, int]], moment: datetime) -> set[tuple[int, int]]:
    """Of these visits and people those where the person was asked since then. One query."""
    live = TeamMember.objects.lxrs().live().filter(review__in={review for review, _ in pairs})
    return set(pairs) & set(live.filter(invited_at__gte=moment).values_list("review", "reviewer"))


@dataclass(frozen=True)
class RefusedRow:
    """A line that no longer held, with its visit, its person and the reason."""

    review: Review
    reviewer: Reviewer
    why: str

    @property
    def sentence(self) -> str:
        """As a message says it."""
        where = f"{self.review.service}, {nhs_date(self.review.visit_on)}"
        return f"{self.reviewer} was not asked to {where}. {self.why}"


def _why_refused(refused: Refused, person: Reviewer) -> str:
    missing = [in_words_of(RULE_BY_KEY[key], person) for key in refused.rules]
    sentences = [f"{each.sentence} {each.next_step}" for each in missing]
    return " ".join(sentences) or refused.why.replace("{name}", person.first_name)


def refused_of(refused: Sequence[Refused], user: User) -> list[RefusedRow]:
    """These lines, in words about their people, for those who plan; two queries."""
    reviews = reviews_of(user).in_bulk({each.review for each in refused})
    people = Reviewer.objects.in_bulk({each.person for each in refused})
    return [
        RefusedRow(
            reviews[each.review],
            people[each.person],
            _why_refused(each, people[each.person]),
        )
        for each in refused
        if each.review in reviews and each.person in people
    ]
