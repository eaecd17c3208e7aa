"""People on the way: 10,000 of them and their checks, and one whose story has 500 entries."""

from datetime import timedelta

from django.db.models import QuerySet

from accounts.models import User
from bench.load import NOW, REVIEWERS, TODAY, analyse, load
from checks.models import DBSCheck, RiskAssessment, SiteClearance
from checks.readiness import readiness_of
from organisation.models import Site
from organisation.queries import trust_settings
from reviewers.models import Reviewer, Stage, StageChange
from reviews.models import TeamMember

REVIEWS = 1_000
ENTRIES = 500
STAGES = (Stage.ENQUIRY, Stage.INTERVIEW, Stage.CHECKS, Stage.TRAINING)
EMAIL = "officer@trust.example.org"


def load_people() -> None:
    """A trust with many people: every third on the way, every tenth check with work to do."""
    if User.objects.filter(email=EMAIL).exists():
        return
    load(reviewers=REVIEWERS, reviews=REVIEWS)
    people = list(Reviewer.objects.order_by("pk"))
    for n, person in enumerate(people[::3]):
        person.stage = STAGES[n % len(STAGES)].value
        person.stage_since = TODAY - timedelta(days=n % 200)
    Reviewer.objects.bulk_update(people[::3], ["stage", "stage_since"], batch_size=1_000)
    _checks(people)
    long = with_long_story()
    at_stages = (Stage.CHECKS, Stage.TRAINING)
    StageChange.objects.bulk_create(
        StageChange(
            reviewer_id=long,
            from_stage=at_stages[n % 2],
            to_stage=at_stages[(n + 1) % 2],
            at=NOW - timedelta(days=n),
        )
        for n in range(ENTRIES)
    )
    User.objects.create_user(EMAIL, "Officer", roles=["checks_officer"])
    analyse()


def _checks(people: list[Reviewer]) -> None:
    """Everybody has a check by now; of every ten, one waits and one was not blank."""
    checked = set(DBSCheck.objects.values_list("reviewer_id", flat=True))
    waiting = [
        DBSCheck(
            reviewer=person,
            level="enhanced",
            asked_on=TODAY - timedelta(days=n % 90 + 10),
            applied_on=TODAY - timedelta(days=n % 90) if n % 2 else None,
            recorded_at=NOW,
        )
        for n, person in enumerate(each for each in people if each.pk not in checked)
    ]
    DBSCheck.objects.bulk_create(waiting, batch_size=1_000)
    blank = DBSCheck.objects.filter(result=DBSCheck.Result.CLEAR).order_by("pk")
    disclosed = list(blank.values_list("pk", flat=True)[::10])
    DBSCheck.objects.filter(pk__in=disclosed).update(result=DBSCheck.Result.DISCLOSURE)
    RiskAssessment.objects.bulk_create(
        RiskAssessment(check_made_id=pk, opened_on=TODAY - timedelta(days=n % 60))
        for n, pk in enumerate(disclosed)
    )
    site = Site.objects.order_by("pk")[0]
    site.asks = Site.Asks.VETTING
    site.save(update_fields=["asks"])
    SiteClearance.objects.bulk_create(
        SiteClearance(reviewer=person, site=site, applied_on=TODAY - timedelta(days=n % 120))
        for n, person in enumerate(people[:REVIEWS])
    )


def with_long_story() -> int:
    """The person whose story is long: active, and on a visit since they were trained."""
    been = TeamMember.objects.filter(
        attended=True, review__visit_on__gt=TODAY - timedelta(days=400)
    ).values("reviewer")
    return _first_active(Reviewer.objects.filter(pk__in=been))


def waiting_for_a_first_visit() -> int:
    """Somebody active who has not been on a visit."""
    been = TeamMember.objects.filter(reviewer__isnull=False).values("reviewer")
    return _first_active(Reviewer.objects.exclude(pk__in=been))


def _first_active(people: QuerySet[Reviewer]) -> int:
    trained = people.filter(stage=Stage.ACTIVE, places__isnull=False)
    return trained.order_by("pk").values_list("pk", flat=True)[0]


def readiness(number: int) -> object:
    """The readiness of so many people."""
    people = list(Reviewer.objects.order_by("pk")[:number])
    found = readiness_of(people, on=TODAY, trust=trust_settings())
    if len(found) != number:
        message = f"{len(found)} of {number} people have a readiness"
        raise AssertionError(message)
    return found
