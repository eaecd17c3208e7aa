"""Governance reads the access log, narrows it and takes it away."""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from audit.models import Event
from programme.access_log import queries
from programme.access_log.filters import LooksFilter
from tests.factories import NOW, ReviewerFactory, UserFactory

pytestmark = pytest.mark.django_db
URL = "/access-log/"


def look(person=None, by=None, at=NOW, **given):
    return Event.objects.create(
        **{
            "at": at,
            "kind": "looked",
            "action": "looked at checks",
            "actor_id": by.pk if by else None,
            "object_type": "reviewers.reviewer",
            "object_id": str(person.pk if person else 1),
            "person_id": person.pk if person else None,
            "why": "renewal",
            **given,
        }
    )


@pytest.fixture
def governance(client_as):
    return client_as("governance")


@pytest.fixture
def looks():
    """Two officers, two people, three days."""
    ada = ReviewerFactory(first_name="Ada", last_name="Moss", reference="LXR-A")
    ben = ReviewerFactory(first_name="Ben", last_name="Hill", reference="LXR-B")
    kim = UserFactory(name="Kim Officer", email="kim@trust.example.org")
    lee = UserFactory(name="Lee Officer", email="lee@trust.example.org")
    return {
        "ada by kim": look(ada, kim, NOW - timedelta(days=2)),
        "ben by kim": look(ben, kim, NOW - timedelta(days=1)),
        "ada by lee": look(ada, lee, NOW),
    }


def found(looks, **asked):
    rows = LooksFilter(asked, queryset=queries.looks()).qs
    return sorted(name for name, event in looks.items() if event in rows)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["ada by kim", "ada by lee", "ben by kim"]),
        ({"whose": "Ada Moss"}, ["ada by kim", "ada by lee"]),
        ({"whose": "lxr-b"}, ["ben by kim"]),
        ({"who": "kim"}, ["ada by kim", "ben by kim"]),
        ({"who": "lee@trust"}, ["ada by lee"]),
        ({"whose": "moss", "who": "lee"}, ["ada by lee"]),
        ({"whose": "Nobody"}, []),
        ({"since": "2026-06-09"}, ["ada by lee", "ben by kim"]),
        ({"until": "2026-06-09"}, ["ada by kim", "ben by kim"]),
        ({"since": "2026-06-09", "until": "2026-06-09"}, ["ben by kim"]),
    ],
)
def test_it_is_narrowed(looks, asked, expected):
    assert found(looks, **asked) == expected


def test_a_day_ends_at_midnight_in_london():
    late = look(at=datetime(2026, 6, 9, 22, 59, tzinfo=UTC))
    early = look(at=datetime(2026, 6, 9, 23, 0, tzinfo=UTC))
    rows = {"late": late, "early": early}

    assert found(rows, until="2026-06-09") == ["late"]
    assert found(rows, since="2026-06-10") == ["early"]


def test_filters_survive_to_the_next_page(governance):
    kim, lee = UserFactory(name="Kim"), UserFactory(name="Lee")
    person = ReviewerFactory()
    for n in range(60):
        look(person, kim, NOW - timedelta(minutes=2 * n))
        look(person, lee, NOW - timedelta(minutes=2 * n + 1))

    first = governance.get(URL, {"who": "Kim"})
    assert first.context["page"].total == "60"
    second = governance.get(URL + first.context["page"].next_url)

    assert [row.who for row in first.context["rows"]] == ["Kim"] * 50
    assert [row.who for row in second.context["rows"]] == ["Kim"] * 10
    back = governance.get(URL + second.context["page"].previous_url)
    assert [row.at for row in back.context["rows"]] == [row.at for row in first.context["rows"]]


def exported(client, **asked):
    response = client.get(f"{URL}export/", asked)
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(text.removeprefix("\ufeff").splitlines()))


def test_the_file_holds_every_look_the_page_shows(governance, looks):
    why = "To renew a check"
    assert exported(governance, who="kim") == [
        ["When", "Who", "Whose", "Reference", "What", "What for"],
        ["2026-06-09 11:00:00", "Kim Officer", "Ben Hill", "LXR-B", "looked at checks", why],
        ["2026-06-08 11:00:00", "Kim Officer", "Ada Moss", "LXR-A", "looked at checks", why],
    ]


def test_the_file_goes_on_from_chunk_to_chunk(governance, monkeypatch):
    monkeypatch.setattr(queries, "CHUNK", 3)
    events = [look(ReviewerFactory(), at=NOW) for _ in range(8)]

    assert len(exported(governance)) == 1 + len(events)


def test_a_name_is_no_formula(governance):
    look(ReviewerFactory(first_name="=1+1", last_name="x"), UserFactory(name="@SUM(A1)"))

    assert exported(governance)[1][1:3] == ["'@SUM(A1)", "'=1+1 x"]


def test_taking_it_away_is_recorded(governance, looks):
    exported(governance)

    event = Event.objects.get(action="exported the access log")
    assert (event.actor_id, event.fields) == (governance.user.pk, [])


def test_somebody_who_is_gone_is_said_to_be(governance):
    look(person=None, person_id=987654)

    assert exported(governance)[1][2:4] == ["Somebody who is gone", ""]


def test_an_empty_log_and_one_without_a_fit_say_so(governance):
    assert "Nobody has looked at anybody’s checks yet." in governance.get(URL).content.decode()
    narrowed = governance.get(URL, {"who": "nobody"}).content.decode()
    assert "No look fits." in narrowed
