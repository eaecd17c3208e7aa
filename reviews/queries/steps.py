"""The one step that somebody is away from a visit: since when, and how long it usually takes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.core.cache import cache
from django.db.models import Min, OuterRef, Subquery

from checks.readiness import readiness_of
from checks.usual import days_that_checks_took
from organisation.models import TrustSettings
from reviewers.models import Reviewer, RoleDescription, RoleSignature, Stage, StageChange
from reviewers.role_descriptions import number_needed_on
from reviews.eligibility import Missing
from training.queries import conferring_places, trained_until

LATEST = 200  # so many of the latest say how long a step takes now
FEWEST = 3  # of fewer, a median says nothing
A_DAY = 24 * 60 * 60  # seconds
BEFORE_ACTIVE = (Stage.ENQUIRY, Stage.INTERVIEW, Stage.CHECKS, Stage.TRAINING)


@dataclass(frozen=True)
class Usual:
    """How long a step takes here: the median of ``n`` past ones, in days."""

    days: int
    n: int


@dataclass(frozen=True)
class Step:
    """Whose move it is, since when, and how long it usually takes; None where nobody knows."""

    whose_move: str
    since: date | None = None
    usual: Usual | None = None


def steps_of(
    away: Iterable[tuple[Reviewer, Missing]], *, on: date, today: date, trust: TrustSettings
) -> dict[int, Step]:
    """The step of each of these people to a visit ``on`` that day, by id.

    Five queries at most, however many they are.
    """
    away = list(away)
    usual = usual_steps(today)
    since = _since(away, on, today, trust)
    return {
        person.pk: Step(
            missing.whose_move, since.get(person.pk), usual.get(_key(person, missing.rule.key))
        )
        for person, missing in away
    }


def _key(person: Reviewer, rule: str) -> str:
    return f"{rule}:{person.stage}" if rule == "active" else rule


def _since(
    away: list[tuple[Reviewer, Missing]], on: date, today: date, trust: TrustSettings
) -> dict[int, date | None]:
    """By id. Each rule is read of those who miss it: as many queries for one as for many."""
    who: defaultdict[str, list[Reviewer]] = defaultdict(list)
    for person, missing in away:
        who[missing.rule.key].append(person)
    found: dict[int, date | None] = {each.pk: each.stage_since for each in who["active"]}
    checked = readiness_of(who["readiness"], on=today, trust=trust)
    found |= {pk: readiness.since for pk, readiness in checked.items()}
    found |= _training_lacks_since([each.pk for each in who["trained"]], today)
    needed = RoleDescription.objects.filter(number=number_needed_on(on))
    for published in needed.values_list("published_at", flat=True):
        day = published.date()
        found |= {each.pk: max(day, each.joined_on) for each in who["signed"]}
    return found


def _training_lacks_since(people: list[int], today: date) -> dict[int, date | None]:
    ids = [0, *people]  # asked also of nobody
    to_training = StageChange.objects.filter(reviewer__in=ids, to_stage=Stage.TRAINING)
    # In the order of their days: the latest change of each stays.
    began = dict(to_training.order_by("at").values_list("reviewer", "at__date"))
    last_day = dict(trained_until(ids).values_list("reviewer", "until"))
    return {pk: _lacking_since(last_day.get(pk), began.get(pk), today) for pk in people}


def _lacking_since(last_day: date | None, began: date | None, today: date) -> date | None:
    """Since when training is lacking; nobody's runs out who was never trained.

    What counts until a day before the visit, and today still, is lacking since no day yet.

    >>> _lacking_since(date(2026, 6, 1), None, date(2026, 6, 10))
    datetime.date(2026, 6, 1)
    >>> _lacking_since(date(2026, 6, 10), date(2026, 1, 5), date(2026, 6, 10)) is None
    True
    """
    if last_day is None:
        return began
    return last_day if last_day < today else None


def usual_steps(today: date) -> Mapping[str, Usual]:
    """How long each step takes, by the rule's key; counted once a day. Of no single person."""
    key = f"usual-steps:{today}"
    kept: dict[str, Usual] | None = cache.get(key)
    if kept is None:
        kept = {
            name: Usual(round(median(days)), len(days))
            for name, days in _took(today).items()
            if len(days) >= FEWEST
        }
        cache.set(key, kept, timeout=A_DAY)
    return kept


def _took(today: date) -> dict[str, list[int]]:
    return {
        "readiness": days_that_checks_took(LATEST, today=today),
        "signed": _signing(),
        "trained": _training(),
    } | {f"active:{stage}": _becoming_active(stage) for stage in BEFORE_ACTIVE}


def _signing() -> list[int]:
    """From the day a version was published, or the person joined, until they signed it."""
    published = dict(RoleDescription.objects.values_list("number", "published_at"))
    latest = RoleSignature.objects.order_by("-signed_on", "-pk").values_list(
        "version", "signed_on", "reviewer__joined_on"
    )[:LATEST]
    return [
        (signed - max(published[version].date(), joined)).days
        for version, signed, joined in latest
        if version in published and signed >= max(published[version].date(), joined)
    ]


def _training() -> list[int]:
    """From the stage of training until the session that made the person trained."""
    changes = StageChange.objects.filter(reviewer=OuterRef("pk"), to_stage=Stage.TRAINING)
    began = changes.order_by("at").values_list("at__date", flat=True)[:1]
    trained = (
        conferring_places()
        .filter(reviewer=OuterRef("pk"))
        .order_by()
        .values("reviewer")
        .annotate(on=Min("session__held_on"))
        .values("on")
    )
    latest = (
        Reviewer.objects.annotate(began=Subquery(began), trained=Subquery(trained))
        .filter(began__isnull=False, trained__isnull=False)
        .order_by("-trained", "-pk")
        .values_list("began", "trained")[:LATEST]
    )
    return [(trained - began).days for began, trained in latest if trained >= began]


def _becoming_active(stage: str) -> list[int]:
    """From the day of a stage until the person became active."""
    began = (
        StageChange.objects.filter(
            reviewer=OuterRef("reviewer"), to_stage=stage, at__lt=OuterRef("at")
        )
        .order_by("-at")
        .values("at__date")[:1]
    )
    latest = (
        StageChange.objects.filter(to_stage=Stage.ACTIVE, from_stage__in=BEFORE_ACTIVE)
        .annotate(began=Subquery(began))
        .filter(began__isnull=False)
        .order_by("-at", "-pk")
        .values_list("began", "at__date")[:LATEST]
    )
    return [(ended - began).days for began, ended in latest]
