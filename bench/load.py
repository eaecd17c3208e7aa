"""A region in bulk: 10,000 reviewers, 100,000 reviews, 300,000 on teams, 200,000 answers.

The same every time: a seeded generator, written in batches.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, models

from accounts.models import User
from checks.models import DBSCheck
from feedback.form_queries import first_form
from feedback.models import Answer, Remark
from insights.operations import mark_differences, refresh_counts
from organisation.models import (
    Directorate,
    RoleVariant,
    Service,
    ServiceContact,
    Site,
    StaffMember,
    TrustSettings,
)
from reviewers.models import Reviewer
from reviews.models import Review, TeamMember
from training.models import Place, Session

LONDON = ZoneInfo("Europe/London")
BENCH_USER = "bench@trust.example.org"
REVIEWERS, REVIEWS = 10_000, 100_000
COMING = 200
TODAY = date.today()  # noqa: DTZ011 - the bench loads once and asks about now
JOINED = TODAY - timedelta(days=900)
NOW = datetime.now(LONDON)


def load_crowd(number: int = 100_000) -> None:
    """People alone, to search among."""
    if Reviewer.objects.exists():
        return
    _users()
    _reviewers(random.Random(1), number)
    analyse()


def load(reviewers: int = REVIEWERS, reviews: int = REVIEWS) -> None:
    """Fill an empty database; leave a filled one as it is."""
    if Review.objects.exists():
        return
    chance = random.Random(1)
    TrustSettings.objects.get_or_create(pk=1)
    _users()
    services = _organisation()
    staff = _write(StaffMember, (StaffMember(name=f"Staff {n}") for n in range(200)))
    people = _people(chance, reviewers, services)
    visits = _reviews(chance, reviews, services)
    _teams(chance, visits, staff, people)
    _answers(chance, visits)
    analyse()  # a database that knows nothing of its rows counts them for an hour
    mark_differences()  # rows in bulk leave no marks for the figures
    refresh_counts()
    analyse()


def analyse() -> None:
    """Let the database know what it holds."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _users() -> None:
    User.objects.create_user(BENCH_USER, "Bench", roles=["quality_lead"])
    User.objects.create_user("admin@trust.example.org", "Admin", roles=["administrator"])


def _write(model: type[Any], rows: Iterable[Any], size: int = 5000) -> list[Any]:
    written: list[Any] = []
    waiting: Iterator[Any] = iter(rows)
    while batch := list(islice(waiting, size)):
        written += model._default_manager.bulk_create(batch)
    return written


def _organisation() -> list[Service]:
    variant = RoleVariant.objects.create(name="Visitor", level="enhanced")
    directorates = _write(Directorate, (Directorate(name=f"Directorate {n}") for n in range(12)))
    sites = _write(Site, (Site(name=f"Site {n}") for n in range(60)))
    settings = ["community"] * 6 + ["inpatient"] * 3 + ["secure", "prison"]
    services = _write(
        Service,
        (
            Service(
                name=f"Service {n}",
                directorate=directorates[n % 12],
                site=sites[n % 60],
                setting=settings[n % len(settings)],
                role_variant=variant,
            )
            for n in range(600)
        ),
    )
    _write(
        ServiceContact,
        (
            ServiceContact(service=each, name="Manager", email=f"s{each.pk}@trust.example.org")
            for each in services
        ),
    )
    return services


def _reviewers(chance: random.Random, number: int) -> list[Reviewer]:
    stages = ["active"] * 8 + ["training", "checks"]
    return _write(
        Reviewer,
        (
            Reviewer(
                reference=f"LXR-{n:06}",
                first_name=f"First{chance.randrange(500)}",
                last_name=f"Last{chance.randrange(3000)}",
                email=f"lxr{n}@example.org",
                joined_on=JOINED,
                stage=chance.choice(stages),
                stage_since=JOINED + timedelta(days=chance.randrange(800)),
                role_description_signed_on=JOINED,
                available_weekdays=chance.choice([127, 31, 21]),
            )
            for n in range(number)
        ),
    )


def _people(chance: random.Random, number: int, services: list[Service]) -> list[Reviewer]:
    people = _reviewers(chance, number)
    knows = Reviewer.experience_of.through
    directorates = sorted({each.directorate_id for each in services})
    _write(
        knows,
        (knows(reviewer_id=each.pk, directorate_id=chance.choice(directorates)) for each in people),
    )
    sessions = _write(
        Session,
        (
            Session(
                code=f"T{n}",
                title="LXR workshop",
                held_on=TODAY - timedelta(days=400 + n),
                kind="workshop",
            )
            for n in range(400)
        ),
    )
    trained = [each for each in people if chance.random() < 0.85]
    _write(
        Place,
        (
            Place(session=chance.choice(sessions), reviewer=each, outcome="attended", booked_at=NOW)
            for each in trained
        ),
    )
    _write(
        DBSCheck,
        (
            DBSCheck(
                reviewer=each,
                level="enhanced",
                applied_on=JOINED,
                issued_on=JOINED + timedelta(days=30),
                result="clear",
                renewal_due_on=TODAY + timedelta(days=chance.randrange(700)),
                recorded_at=NOW,
            )
            for each in people
            if chance.random() < 0.9
        ),
    )
    return people


def _reviews(chance: random.Random, number: int, services: list[Service]) -> list[Review]:
    def visit(n: int) -> Review:
        is_coming = n < COMING
        day = n % 120 + 1 if is_coming else -chance.randrange(1, 3650)
        return Review(
            reference=f"R-{n:07}",
            service=chance.choice(services),
            visit_on=TODAY + timedelta(days=day),
            starts_at=time(9, 30),
            ends_at=time(15, 30),
            status="planned" if is_coming else "completed",
        )

    return _write(Review, (visit(n) for n in range(number)))


def _teams(
    chance: random.Random, visits: list[Review], staff: list[StaffMember], people: list[Reviewer]
) -> None:
    def team() -> Iterator[models.Model]:
        for visit in visits:
            came = None if visit.status == "planned" else True
            lead, second = chance.sample(staff, 2)
            for person, role in ((lead, "lead"), (second, "staff")):
                yield TeamMember(
                    review=visit, staff=person, role=role, response="accepted", attended=came
                )
            if visit.status == "completed" and chance.random() < 0.9:
                yield TeamMember(
                    review=visit,
                    reviewer=chance.choice(people),
                    role="lxr",
                    response="accepted",
                    attended=chance.random() < 0.9,
                )

    _write(TeamMember, team())


def _answers(chance: random.Random, visits: list[Review]) -> None:
    forms = {audience: first_form(audience) for audience in ("team", "quality")}
    questions = {each: form.questions.get(kind="text") for each, form in forms.items()}
    answers = [
        Answer(
            form=form,
            review=visit,
            audience=audience,
            impact=chance.randrange(5, 11),
            quote_as="anonymous",
            received_on=visit.visit_on,
            how="imported",
        )
        for visit in visits
        if visit.status == "completed"
        for audience, form in forms.items()
    ]
    _write(Answer, answers)
    _write(
        Remark,
        (
            Remark(answer=each, question=questions[each.audience], text="It kept us honest.")
            for each in answers
        ),
    )
