"""Who may go on a visit: one definition, asked by everyone.

A rule is a condition on reviewers for a visit, with its sentence, its next step and whose move it
is. The candidates on a review's page, "why not this person?" and the check inside
``invite_reviewer`` all ask here. Eligible: no rule missing; one step away: exactly one.

Conditions are written as sets that depend on no outer row, so that the database works each out
once and not once per person. Who has been on a visit is the dearest of them and stands in a
question once: the rules about a first visit are asked of those alone who have never been.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from dateutil.relativedelta import relativedelta
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Field,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.fields import IntegerField
from django.db.models.lookups import GreaterThan

from checks import readiness
from organisation.models import Service, TrustSettings
from reviewers.models import Exclusion, Reviewer, Stage, TimeAway
from reviewers.role_descriptions import number_needed_on
from reviews.holds import hold_of
from reviews.models import Review, TeamMember, TeamMemberQuerySet
from training.queries import trained_by


class Move(StrEnum):
    """Whose move the next step is."""

    PERSON = "the person"
    COORDINATOR = "you"
    CHECKS_TEAM = "the checks team"
    TRAINERS = "whoever runs training"
    NOBODY = "nobody"


class DependsOn(StrEnum):
    """What an answer can change with. The same for two reviews: the same people pass.

    ``PEOPLE``: whose places on this visit itself do not count against them.
    """

    DAY = "day"
    HOURS = "hours"
    SERVICE = "service"
    TEAM = "team"
    PEOPLE = "people"


@dataclass(frozen=True)
class Visit:
    """A review as the rules ask about it; ``review`` comes with service, site and variant."""

    review: Review
    trust: TrustSettings

    @property
    def service(self) -> Service:
        """What is reviewed."""
        return self.review.service

    @property
    def day(self) -> date:
        """When."""
        return self.review.visit_on

    @property
    def hold(self) -> tuple[datetime, datetime]:
        """The time it takes out of the day."""
        return hold_of(self.review)

    @cached_property
    def _team(self) -> list[tuple[str, int | None, int | None]]:
        """Role, LXR and staff of everybody who was asked or can come. One query."""
        return list(
            TeamMember.objects.live()
            .filter(review=self.review)
            .values_list("role", "reviewer_id", "staff_id")
        )

    @cached_property
    def lxrs_on_team(self) -> frozenset[int]:
        """Ids of the LXRs who were asked or can come."""
        return frozenset(
            lxr for role, lxr, _ in self._team if role == TeamMember.Role.LXR and lxr is not None
        )

    @cached_property
    def people_on_team(self) -> frozenset[int]:
        """Ids of everybody but staff who was asked or can come, in whatever role."""
        return frozenset(person for _, person, _ in self._team if person is not None)

    @property
    def has_staff(self) -> bool:
        """Whether somebody of the trust is on the team."""
        return any(staff is not None for *_, staff in self._team)


@dataclass(frozen=True)
class Rule:
    """One rule. ``asks(visit)`` is the condition on reviewers that holds for those who meet it.

    A rule that ``is_about_first_visit`` asks those alone who have never been on one; everyone else
    meets it. ``sentence`` and ``next_step`` may use {name}, the person's first name.
    ``is_a_step`` says whether someone missing this rule alone is worth proposing: never who would
    rather not go, or takes a break.
    """

    key: str
    asks: Callable[[Visit], Q]
    sentence: str
    next_step: str
    move: Move
    depends_on: frozenset[DependsOn] = frozenset()
    is_a_step: bool = True
    is_about_first_visit: bool = False


@dataclass(frozen=True)
class Missing:
    """A rule that one person does not meet, in words about that person."""

    rule: Rule
    sentence: str
    next_step: str

    @property
    def whose_move(self) -> str:
        """Whose move the next step is."""
        return str(self.rule.move)


def _active(visit: Visit) -> Q:
    return Q(stage=Stage.ACTIVE)


def _trained(visit: Visit) -> Q:
    return trained_by(visit.day)


def _signed(visit: Visit) -> Q:
    return Q(
        role_description_signed_on__isnull=False,
        signed_version__gte=number_needed_on(visit.day),
    )


def _readiness(visit: Visit) -> Q:
    return readiness.fits(
        service=visit.service,
        on=visit.day,
        trust=visit.trust,
        is_accompanied=visit.has_staff,
    )


def _no_exclusion(visit: Visit) -> Q:
    return ~Q(pk__in=Exclusion.objects.filter(service=visit.service).values("reviewer"))


def _available(visit: Visit) -> Q:
    weekday = GreaterThan(F("available_weekdays").bitand(1 << visit.day.weekday()), 0)
    away = TimeAway.objects.filter(starts_on__lte=visit.day, ends_on__gte=visit.day)
    return Q(weekday) & ~Q(pk__in=away.values("reviewer"))


def _free(visit: Visit) -> Q:
    start, end = visit.hold
    busy = TeamMember.objects.filter(
        reviewer__isnull=False, holds_from__lt=end, holds_until__gt=start
    ).exclude(review=visit.review)
    return ~Q(pk__in=busy.values("reviewer"))


def counts_towards_cap() -> TeamMemberQuerySet:
    """The visits that count towards what a person wants in a month."""
    return (
        TeamMember.objects.live()
        .filter(reviewer__isnull=False)
        .exclude(review__status=Review.Status.CANCELLED)
        .exclude(attended=False)
    )


def _below_cap(visit: Visit) -> Q:
    first = visit.day.replace(day=1)
    at_cap = (
        counts_towards_cap()
        .filter(review__visit_on__gte=first, review__visit_on__lt=first + relativedelta(months=1))
        .exclude(review=visit.review)
        .values("reviewer")
        .annotate(visits=Count("pk"))
        .filter(visits__gte=F("reviewer__visits_a_month"))
    )
    return ~Q(pk__in=at_cap.values("reviewer"))


def _rested(visit: Visit) -> Q:
    """Rest lies between days: visits of one day that do not overlap are one day out."""
    rest = timedelta(days=visit.trust.rest_days)
    near = (
        counts_towards_cap()
        .filter(review__visit_on__gte=visit.day - rest, review__visit_on__lte=visit.day + rest)
        .exclude(review__visit_on=visit.day)
        .exclude(review=visit.review)
    )
    return ~Q(pk__in=near.values("reviewer"))


def has_been_on_a_visit() -> Exists:
    """The condition on reviewers: attended a review as an LXR."""
    return Exists(TeamMember.objects.lxrs().filter(reviewer=OuterRef("pk"), attended=True))


def _first_visit_not_secure(visit: Visit) -> Q:
    if not visit.service.is_harder_to_reach:
        return EVERYONE
    return Q(first_visit_anywhere=True)


def _first_visit_not_alone(visit: Visit) -> Q:
    if len(visit.lxrs_on_team) > 1:
        return EVERYONE
    # One LXR on the team: company for everyone but that LXR.
    company = ~Q(pk__in=visit.lxrs_on_team) if visit.lxrs_on_team else NOBODY
    return Q(first_visit_anywhere=True) | company


EVERYONE = Q(pk__isnull=False)
NOBODY = Q(pk__isnull=True)

# In the order in which they are said.
RULES: tuple[Rule, ...] = (
    Rule(
        "active",
        _active,
        "{name} is not in the active stage.",
        "Look at {name}'s page to see what is still to do.",
        Move.COORDINATOR,
    ),
    Rule(
        "first visit alone",
        _first_visit_not_alone,
        "This would be {name}'s first visit, and a first visit is not as the only LXR.",
        "Ask someone else as well and then {name}. Or ask {name} if they are happy to be the"
        " only LXR, and record it on their page.",
        Move.COORDINATOR,
        frozenset({DependsOn.TEAM}),
        is_about_first_visit=True,
    ),
    Rule(
        "first visit secure",
        _first_visit_not_secure,
        "This would be {name}'s first visit, and a first visit is not to a service like this.",
        "Ask {name} if they would like to start here, and record it on their page.",
        Move.COORDINATOR,
        frozenset({DependsOn.SERVICE}),
        is_about_first_visit=True,
    ),
    Rule(
        "available",
        _available,
        "{name} has told us they cannot come that day.",
        "Ask {name} if their plans have changed, and record it on their page.",
        Move.PERSON,
        frozenset({DependsOn.DAY}),
    ),
    Rule(
        "free",
        _free,
        "{name} is on another visit, or asked about one, at that time.",
        "Choose another person, or another day for this visit.",
        Move.COORDINATOR,
        frozenset({DependsOn.DAY, DependsOn.HOURS, DependsOn.PEOPLE}),
    ),
    Rule(
        "cap",
        _below_cap,
        "{name} has as many visits that month as they want.",
        "Ask {name} if one more is all right, and record it on their page.",
        Move.PERSON,
        frozenset({DependsOn.DAY, DependsOn.PEOPLE}),
    ),
    Rule(
        "rest",
        _rested,
        "{name} is on another visit, or asked about one, too close to that day to rest.",
        "Choose another person, or another day for this visit.",
        Move.COORDINATOR,
        frozenset({DependsOn.DAY, DependsOn.PEOPLE}),
    ),
    Rule(
        "signed",
        _signed,
        "{name} has not signed the role description.",
        "Send {name} the role description and record when they sign.",
        Move.COORDINATOR,
        frozenset({DependsOn.DAY}),
    ),
    Rule(
        "trained",
        _trained,
        "{name}'s training is not in place for that day.",
        "Book {name} a place at the next session.",
        Move.TRAINERS,
        frozenset({DependsOn.DAY}),
    ),
    Rule(
        "readiness",
        _readiness,
        "Checks under way.",
        "The checks team looks after this. Tell them if you would like this person to go.",
        Move.CHECKS_TEAM,
        frozenset({DependsOn.DAY, DependsOn.SERVICE, DependsOn.TEAM}),
    ),
    Rule(
        "exclusion",
        _no_exclusion,
        "{name} would rather not go to this service.",
        "Please ask somebody else.",
        Move.NOBODY,
        frozenset({DependsOn.SERVICE}),
        is_a_step=False,
    ),
)
RULE_BY_KEY = {rule.key: rule for rule in RULES}

# A score says in its lowest bit whether the person has been on a visit, then which rules are
# missing, and counts them above.
BEEN = 1
_BITS = {rule: 1 << place for place, rule in enumerate(RULES, start=1)}
ONE_MISSING = 1 << len(RULES) + 1


def score(visit: Visit, *, only: Iterable[Rule] = RULES) -> Combinable:
    """One number per reviewer: which rules are missing, and how many. See ``rules_of_score``.

    Nothing is missing below ``ONE_MISSING``.
    """
    chosen = set(only)
    total: Combinable = Value(0)
    of_newcomers: Combinable = Value(0)
    for rule in RULES:
        if rule in chosen and rule.is_about_first_visit:
            of_newcomers = of_newcomers + _where_missing(rule, visit)
        elif rule in chosen:
            total = total + _where_missing(rule, visit)
    first = Case(When(has_been_on_a_visit(), then=Value(BEEN)), default=of_newcomers)
    return ExpressionWrapper(total + first, output_field=_Number())


class _Number(Field):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A whole number as the database gives it: Django turns integers into integers, row by row."""


def _where_missing(rule: Rule, visit: Visit) -> Case:
    missing = Value(score_of(rule))
    return Case(When(rule.asks(visit), then=Value(0)), default=missing, output_field=IntegerField())


def score_of(rule: Rule) -> int:
    """The score of somebody who misses this rule alone and has never been on a visit."""
    return ONE_MISSING + _BITS[rule]


def rules_of_score(number: int) -> list[Rule]:
    """The rules that a score says are missing, in their order."""
    return [rule for rule, bit in _BITS.items() if number & bit]


def missing_rules(
    reviewer: Reviewer, visit: Visit, *, only: Iterable[Rule] = RULES
) -> list[Missing]:
    """What this person misses for the visit, in words. Empty: they may go."""
    number = (
        Reviewer.objects.filter(pk=reviewer.pk)
        .annotate(score=score(visit, only=only))
        .values_list("score", flat=True)
        .get()
    )
    return [in_words_of(rule, reviewer) for rule in rules_of_score(number)]


def in_words_of(rule: Rule, reviewer: Reviewer) -> Missing:
    """The rule's sentence and next step, about this person."""
    name = reviewer.first_name
    if rule.key == "active" and reviewer.stage == Stage.PAUSED:
        return Missing(rule, f"{name} is taking a break.", f"{name} will tell us when it is over.")
    if rule.key == "active" and reviewer.stage == Stage.LEFT:
        return Missing(rule, f"{name} has left the programme.", "Please ask somebody else.")
    return Missing(
        rule, rule.sentence.replace("{name}", name), rule.next_step.replace("{name}", name)
    )
