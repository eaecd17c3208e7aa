"""``manage.py figures`` on the imported programme gives the figures it published."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import programme.demo
from insights.counting import count_cells
from insights.operations import refresh_counts, stored_counts

pytestmark = pytest.mark.django_db
PROGRAMME = Path(programme.demo.__path__[0])
EXPECTED = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))
DAYS = ("--since", "2024-03-01", "--as-at", "2025-05-22")


def printed(*arguments):
    out = StringIO()
    call_command("figures", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def imported(trust):
    call_command("import_programme", str(PROGRAMME), stdout=StringIO())


def test_imported_programme_has_the_published_figures(imported):
    found = json.loads(printed(*DAYS, "--format", "json"))
    assert {key: found[key] for key in EXPECTED} == EXPECTED
    assert found["assigned_coverage"] == {"numerator": 18, "denominator": 21, "percent": 85.7}


def test_stored_months_equal_the_imported_reviews(imported):
    refresh_counts()
    assert stored_counts() == count_cells([(date.min, date.max)])


def test_text_reads_as_the_programme_writes_it(imported):
    text = printed(*DAYS)
    assert "Coverage: 17 of 21 (81.0%)" in text
    assert "Trained and been on a review: 15 of 36 (41.7%)" in text


def test_nothing_imported_has_no_percentages(db):
    found = json.loads(printed(*DAYS, "--format", "json"))
    assert found["coverage"] == {"numerator": 0, "denominator": 0, "percent": None}
    assert found["impact"] == {"team": {"mean": None, "n": 0}, "quality": {"mean": None, "n": 0}}


@pytest.mark.parametrize(
    ("since", "message"),
    [("2025-05-23", "--since 2025-05-23 is after"), ("2025-02-30", "2025-02-30 is no date")],
)
def test_days_that_cannot_be_are_refused(db, since, message):
    with pytest.raises(CommandError, match=message):
        call_command("figures", "--since", since, "--as-at", "2025-05-22")
