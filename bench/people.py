"""People on the way: 10,000 of them and their checks, and one whose story has 500 entries.

And the same of 1,000 people, to compare with.
"""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client

from accounts.models import User
from bench.lines import client_of, line, page
from bench.load import NOW, REVIEWERS, TODAY, analyse, load
from bench.measure import at, compare, work_at
from checks.models import DBSCheck, RiskAssessment, SiteClearance
from checks.queries import renewals_due
from checks.readiness import readiness_of
from organisation.models import Site
from organisation.queries import trust_settings
from reviewers.models import Reviewer, Stage, StageChange
from reviewers.story import Mark
from reviews.models import TeamMember

DATABASE, SMALL = "people", "people_small"
FEW = 1_000  # people to compare with
REVIEWS = 1_000
ENTRIES = 500
STAGES = (Stage.ENQUIRY, Stage.INTERVIEW, Stage.CHECKS, Stage.TRAINING)
EMAIL = "officer@trust.example.org"


def load_people(reviewers: int = REVIEWERS) -> None:
    """A trust with its people: every third on the way, every tenth check with work to do."""
    if User.objects.filter(email=EMAIL).exists():
        return
    load(reviewers=reviewers, reviews=REVIEWS)
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


def half_way_at_a_stage() -> str:
    """The address of the list of people that the board leads to, half way down."""
    waiting = Reviewer.objects.filter(stage=Stage.CHECKS).order_by("stage_since", "pk")
    return f"/people/?stage=checks&sort=longest&after={_middle(waiting)}"


def half_way_of_a_kind() -> str:
    """The address of a kind of checks work, half way down."""
    waiting = renewals_due(today=TODAY).order_by("renewal_due_on", "pk")
    return f"/checks/work/renewals/?after={_middle(waiting)}"


def half_way_back() -> str:
    """The address of a long story, half way down."""
    changes = StageChange.objects.filter(reviewer=with_long_story()).order_by("at", "pk")
    middle = changes[changes.count() // 2]
    mark = Mark(middle.at, "stage", middle.pk)
    return f"/people/{middle.reviewer_id}/story/?before={mark}"


def _middle(rows: QuerySet[Any]) -> int:
    pk: int = rows.values_list("pk", flat=True)[rows.count() // 2]
    return pk


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


def clients_of_people() -> tuple[Client, Client]:
    """The coordinator, and a checks officer who has said what for."""
    officer = client_of(EMAIL)
    session = officer.session
    session["checks_purpose"] = "recording"
    session.save()
    return client_of("bench@trust.example.org"), officer


def measure() -> None:
    """People on the way: the board, the checks team's list, a long story, readiness of all."""
    with at(SMALL):
        call_command("migrate", verbosity=0)
        load_people(FEW)
        few, officer_of_few = clients_of_people()
        stage_of_few, kind_of_few = half_way_at_a_stage(), half_way_of_a_kind()
    with at(DATABASE):
        call_command("migrate", verbosity=0)
        load_people()
        client, officer = clients_of_people()
        admin = client_of("admin@trust.example.org")
        floor = page(client, "/bench-empty/")
        long, waiting = with_long_story(), waiting_for_a_first_visit()
        board, work = page(client, "/people/board/"), page(officer, "/checks/")
        kind, story = "/checks/work/renewals/", page(client, f"/people/{long}/story/")
        for name, opened in (
            ("board, 10,000 people", board),
            ("a person with 500 entries", page(client, f"/people/{long}/")),
            ("a person who waits for a first visit", page(client, f"/people/{waiting}/")),
            ("the whole story of 500 entries", story),
            ("checks work list, 10,000 checks", work),
            ("a kind of checks work", page(officer, kind)),
        ):
            line(name, compare(opened, floor), "F", 8)
        for name, opened, model in (
            ("board", board, "reviewers/reviewer"),
            ("checks work list", work, "checks/dbscheck"),
            ("a kind of checks work", page(officer, kind), "checks/dbscheck"),
        ):
            peer = page(admin, f"/bench-admin/{model}/")
            line(f"{name}, against the admin's", compare(opened, peer), "A", 0.7)
        for name, opened, there in (
            ("board", board, page(few, "/people/board/")),
            (
                "people at a stage, half way",
                page(client, half_way_at_a_stage()),
                page(few, stage_of_few),
            ),
            ("checks work list", work, page(officer_of_few, "/checks/")),
            ("a kind of checks work", page(officer, kind), page(officer_of_few, kind)),
            (
                "a kind of checks work, half way",
                page(officer, half_way_of_a_kind()),
                page(officer_of_few, kind_of_few),
            ),
        ):
            ratio = compare(opened, work_at(SMALL, there))
            line(name, ratio, "of the same at 1,000 people", 1.2)
        half_way = page(client, half_way_back())
        line("the story, half way", compare(half_way, story), "of its first page", 1.2)
        line(
            "readiness of 10,000 people",
            compare(lambda: readiness(10_000), lambda: readiness(1_000)),
            "of 1,000 people's",
            12,
        )
