"""What another program reads of the figures: the published ones, and nothing that is hidden."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

import programme.demo
from insights.api.scopes import Scope
from insights.counting import Reason
from insights.figures import FIGURES
from insights.tasks import nightly
from organisation.models import Directorate
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.insights.programmes import completed, trained
from tests.insights.reading import OPENAPI, PATHS, ask, broken_promises, read, token

pytestmark = pytest.mark.django_db
PROGRAMME = Path(programme.demo.__path__[0])
EXPECTED = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))
PUBLISHED = {"since": "2024-03", "until": "2025-05"}


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def secret(trust: Any) -> str:
    return token()[1]


def test_openapi_file_describes_every_address_and_every_schema_is_one() -> None:
    assert OPENAPI["openapi"] == "3.1.0"
    assert set(OPENAPI["paths"]) == {f"/{scope}" for scope in Scope.values} == set(PATHS)
    schemas = OPENAPI["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    names = {figure.key for figure in FIGURES}
    for document in ("Coverage", "Misses", "Training"):
        rows = schemas[document]["properties"]["rows"]["items"]["properties"]
        assert set(rows["figure"]["enum"]) <= names
    assert set(schemas["ImpactFigure"]["enum"]) <= names


def test_every_parameter_of_the_file_is_taken(secret: str) -> None:
    directorate = make.DirectorateFactory().pk
    values = {
        "since": "2026-01", "until": "2026-02", "directorate": directorate, "setting": "prison",
    }  # fmt: skip
    for path in PATHS:
        names = [
            OPENAPI["components"]["parameters"][each["$ref"].rpartition("/")[2]]["name"]
            for each in OPENAPI["paths"][path]["get"]["parameters"]
        ]
        read(path, secret, **{name: values[name] for name in names})


def test_published_programme_is_read_as_it_was_published(secret: str) -> None:
    call_command("import_programme", str(PROGRAMME), stdout=StringIO())

    rows = read("/coverage", secret, **PUBLISHED)["rows"]
    found = [row for row in rows if row["figure"] == "coverage"]
    sums = {
        name: [
            sum(row[part] for row in found if row["directorate"] == name)
            for part in ("numerator", "denominator")
        ]
        for name in {row["directorate"] for row in found}
    }
    assert sums == {
        name: [share["numerator"], share["denominator"]]
        for name, share in EXPECTED["coverage_by_directorate"].items()
    }
    assert sum(row["numerator"] for row in found) == EXPECTED["coverage"]["numerator"] == 17
    assert sum(row["denominator"] for row in found) == EXPECTED["coverage"]["denominator"] == 21

    people = {row["figure"]: row for row in read("/training", secret)["rows"]}
    activation = EXPECTED["completed_a_review_after_training"]
    assert people["trained"]["people"] == EXPECTED["trained"]
    assert people["activation"] == {
        "figure": "activation",
        "version": 1,
        "people": activation["numerator"],
        "of": activation["denominator"],
        "value": activation["percent"],
        "is_hidden": False,
    }
    held = read("/training", secret, since="2023-01", until="2025-05")["sessions"]
    given = {row["session"]: row["attendees"] for row in held}
    expected = EXPECTED["attendees_per_session"]
    assert given == {code: n if n >= 5 else None for code, n in expected.items()}


def test_published_impact_is_read_on_the_page_and_by_programs(secret: str, client_as: Any) -> None:
    call_command("import_programme", str(PROGRAMME), stdout=StringIO())
    page = client_as("observer").get("/figures/", PUBLISHED)
    document = read("/impact", secret, **PUBLISHED)
    for (source, expected), row in zip(
        EXPECTED["impact"].items(), page.context["impact"].table.rows, strict=True
    ):
        assert (float(row[1].mean), row[2]) == (expected["mean"], expected["n"])
        assert f"{expected['mean']:.2f} out of 10" in page.text
        [told] = [each for each in document["whole"] if each["figure"] == f"impact_{source}"]
        assert (told["value"], told["ratings"]) == (expected["mean"], expected["n"])


def test_rows_are_the_months_and_directorate_asked_for(secret: str) -> None:
    here, there = completed(date(2026, 5, 1), lxr={}), completed(date(2026, 4, 1))
    completed(date(2024, 1, 1))
    nightly()
    document = read("/coverage", secret, since="2026-04", until="2026-05")
    assert [(row["figure"], row["month"], row["value"]) for row in document["rows"]] == [
        ("coverage", "2026-04-01", 0.0),
        ("assigned_coverage", "2026-04-01", 0.0),
        ("coverage", "2026-05-01", 100.0),
        ("assigned_coverage", "2026-05-01", 100.0),
    ]
    assert (document["since"], document["until"], document["as_at"]) == (
        "2026-04", "2026-05", TODAY.isoformat(),
    )  # fmt: skip
    assert [each["figure"] for each in document["definitions"]] == ["coverage", "assigned_coverage"]
    theirs = read("/coverage", secret, directorate=there.service.directorate_id)["rows"]
    assert {row["directorate_id"] for row in theirs} == {there.service.directorate_id}
    usual = read("/coverage", secret)
    assert (usual["since"], usual["until"]) == ("2025-07", "2026-06")
    assert {row["directorate_id"] for row in usual["rows"]} == {
        here.service.directorate_id, there.service.directorate_id,
    }  # fmt: skip


def rated(month: int, service: Any, *ratings: int) -> None:
    for rating in ratings:
        review = make.ReviewFactory(
            visit_on=date(2026, month, 3), status="completed", service=service
        )
        make.AnswerFactory(review=review, audience="team", impact=rating)


def test_ratings_are_told_in_steps_of_at_least_five(secret: str) -> None:
    service = make.ServiceFactory()
    rated(1, service, 8, 8, 8)
    rated(2, service, 6, 6, 6)
    rated(4, service, 9, 9, 9, 9, 9)
    rated(5, service, 1)
    nightly()

    def told(part: str, **asked: Any) -> list[Any]:
        rows = read("/impact", secret, **{"since": "2026-01", "until": "2026-06", **asked})[part]
        return [
            (row["since"], row["until"], row["ratings"], row["value"])
            for row in rows
            if row["figure"] == "impact_team"
        ]

    # The one of May is among the five before.
    steps = [("2026-01-01", "2026-02-01", 6, 7.0), ("2026-04-01", "2026-05-01", 6, 7.67)]
    assert told("rows") == steps
    assert told("whole") == [("2026-01-01", "2026-05-01", 12, 7.33)]
    assert told("rows", until="2026-04") == told("whole", until="2026-03") == steps[:1]
    assert told("rows", since="2026-02") == steps[1:]
    assert told("rows", until="2026-01") == []
    assert told("whole", until="2026-01") == [(None, None, 0, None)]


def test_few_ratings_are_no_step(secret: str) -> None:
    rated(4, make.ServiceFactory(), 2, 3)
    nightly()
    document = read("/impact", secret, since="2026-04", until="2026-06")
    assert document["rows"] == []
    assert {each["value"] for each in document["whole"]} == {None}


def test_few_people_are_hidden(secret: str) -> None:
    for _ in range(4):
        trained(TODAY - timedelta(days=30))
    document = read("/training", secret)
    assert [(row["people"], row["of"], row["is_hidden"]) for row in document["rows"]] == [
        (None, None, True)
    ] * 3
    assert {(row["attendees"], row["is_hidden"]) for row in document["sessions"]} == {(None, True)}


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"since": "2026"}, ["since"]),
        ({"since": "2026-13"}, ["since"]),
        ({"since": "0000-01"}, ["since"]),
        ({"since": "\u0662\u0660\u0662\u0666-01"}, ["since"]),
        ({"until": "2026-01-01"}, ["until"]),
        ({"since": ""}, ["since"]),
        ({"since": "2026-05", "until": "2026-04"}, ["since"]),
        ({"since": "1990-01", "until": "2026-04"}, ["since"]),
        ({"directorate": "9" * 40}, ["directorate"]),
        ({"directorate": "0"}, ["directorate"]),
        ({"directorate": "\x00"}, ["directorate"]),
        ({"setting": "ward"}, ["setting"]),
        ({"setting": ""}, ["setting"]),
        ({"setting": ["prison", "secure"]}, ["setting"]),
        ({"untill": "2026-04"}, ["untill"]),
        ({"since": ["2026-04", "2026-05"]}, ["since"]),
        ({"since": "x", "until": "y", "z": "1"}, ["since", "until", "z"]),
    ],
)
def test_what_cannot_be_asked_is_said_of_each_parameter(
    secret: str, asked: dict[str, Any], names: list[str]
) -> None:
    response = ask("/coverage", secret, **asked)
    assert response.status_code == 400
    assert broken_promises("/coverage", response) == []
    assert sorted(response.json()["parameters"]) == names


def test_training_takes_no_directorate_and_no_setting(secret: str) -> None:
    response = ask("/training", secret, directorate=make.DirectorateFactory().pk, setting="prison")
    assert list(response.json()["parameters"]) == ["directorate", "setting"]


def test_rows_are_of_the_setting_asked_for(secret: str) -> None:
    ward = make.ServiceFactory(setting="inpatient")
    prison = make.ServiceFactory(setting="prison", directorate=ward.directorate)
    completed(date(2026, 5, 1), service=ward, lxr={})
    completed(date(2026, 5, 2), service=prison)
    nightly()

    def found(path: str, *parts: str, **asked: Any) -> list[tuple[Any, ...]]:
        rows = read(path, secret, since="2026-05", until="2026-05", **asked)["rows"]
        return [tuple(row[part] for part in parts) for row in rows]

    shares = ("figure", "numerator", "denominator")
    assert found("/coverage", *shares, setting="prison") == [
        ("coverage", 0, 1), ("assigned_coverage", 0, 1),
    ]  # fmt: skip
    assert found("/coverage", *shares)[0] == ("coverage", 1, 2)
    assert found("/coverage", *shares, setting="secure") == []
    assert found("/misses", "reviews", setting="prison") == [(1,)]
    assert found("/misses", "reviews", setting="inpatient") == []


def test_reading_costs_the_same_with_much_to_show(secret: str) -> None:
    read("/coverage", secret)
    costs: dict[str, list[int]] = {path: [] for path in PATHS}
    for round_ in range(2):
        for month in range(1, 5):
            completed(date(2026 - round_, month, 3), lxr={})
            trained(date(2026 - round_, month, 4))
        nightly()
        for path in PATHS:
            ask(path, secret)
            with CaptureQueriesContext(connection) as captured:
                ask(path, secret, since="2026-01", until="2026-06")
            costs[path].append(len(captured))
    assert costs == {"/coverage": [5, 5], "/misses": [5, 5], "/impact": [5, 5], "/training": [7, 7]}


def test_misses_are_told_by_reason_and_none_names_checks(secret: str) -> None:
    services = [make.ServiceFactory(), make.ServiceFactory()]
    for service, reason in (
        (services[0], Reason.CHECKS_OR_ACCESS),
        (services[0], Reason.OTHER),
        (services[0], Reason.DECLINED),
        (services[1], Reason.NEVER_ASKED),
        (services[1], ""),
    ):
        make.ReviewFactory(
            visit_on=date(2026, 5, 1), status="completed", service=service, gap_reason=reason
        )
    completed(date(2026, 5, 1), service=services[1], lxr={})
    nightly()

    document = read("/misses", secret, since="2026-05", until="2026-05")

    assert [(row["directorate_id"], row["reason"], row["reviews"]) for row in document["rows"]] == [
        (services[0].directorate_id, "declined", 1),
        (services[0].directorate_id, "other", 2),
        (services[1].directorate_id, "never asked", 1),
        (services[1].directorate_id, "not recorded", 1),
    ]
    promised = OPENAPI["components"]["schemas"]["Misses"]["properties"]["rows"]["items"]
    assert set(promised["properties"]["reason"]["enum"]) == {
        reason.value for reason in Reason if reason != Reason.CHECKS_OR_ACCESS
    }


def test_published_misses_are_those_of_the_programme(secret: str) -> None:
    call_command("import_programme", str(PROGRAMME), stdout=StringIO())
    rows = read("/misses", secret, **PUBLISHED)["rows"]
    missed = EXPECTED["coverage"]["denominator"] - EXPECTED["coverage"]["numerator"]
    assert sum(row["reviews"] for row in rows) == missed == 4


def test_directorates_are_named(secret: str) -> None:
    review = completed(date(2026, 5, 1))
    nightly()
    rows = read("/coverage", secret)["rows"]
    assert {row["directorate"] for row in rows} == {
        Directorate.objects.get(pk=review.service.directorate_id).name
    }
