"""``manage.py figures`` on the imported programme gives the figures it published."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import programme.demo
from insights.counting import count_all
from insights.figures import PEOPLE_FIGURES, REVIEW_FIGURES
from insights.operations import refresh_counts
from insights.stored import stored_everything

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
    assert stored_everything() == count_all([(date.min, date.max)])


def test_text_reads_as_the_programme_writes_it(imported):
    text = printed(*DAYS)
    assert "Coverage: 17 of 21 (81.0%)" in text
    assert "Trained and been on a review: 15 of 36 (41.7%)" in text


def test_impact_stands_side_by_side_by_directorate(imported):
    found = json.loads(printed(*DAYS, "--format", "json"))
    answers = [each["team"]["n"] for each in found["impact_by_directorate"].values()]
    assert (len(answers) > 2, sum(answers)) == (True, found["impact"]["team"]["n"])
    assert sum(answers) > 0


def test_a_directorate_and_a_setting_narrow_reviews_and_not_people(imported):
    where = ("--directorate", "forensic and offender healthcare", "--setting", "prison")
    found = json.loads(printed(*DAYS, *where, "--format", "json"))
    assert (found["directorate"], found["setting"]) == (
        "Forensic and Offender Healthcare",
        "prison",
    )
    assert found["coverage"] == {"numerator": 0, "denominator": 2, "percent": 0.0}
    assert found["coverage_by_setting"]["secure"]["denominator"] == 1
    assert found["trained"] == EXPECTED["trained"]
    text = printed(*DAYS, *where)
    assert text.startswith(
        "Figures from 2024-03-01 to 2025-05-22, Forensic and Offender Healthcare, Prison\n"
    )
    assert "Coverage: 0 of 2 (0.0%)" in text


def test_every_figure_is_said_by_its_own_words_and_counted_in_one_place(imported):
    found = json.loads(printed(*DAYS, "--format", "json"))
    text = printed(*DAYS)
    for figure in (*REVIEW_FIGURES, *PEOPLE_FIGURES):
        assert figure.key in found
        assert f"\n{figure.name}: " in text or figure.name.startswith("Coverage ")
        assert found["definitions"][figure.key] == figure.version
    assert sum(found["missed_by_reason"].values()) == found["missed"]["numerator"] == 4


def test_a_directorate_that_is_none_is_refused(trust):
    with pytest.raises(CommandError, match="there is no directorate Moon"):
        call_command("figures", *DAYS, "--directorate", "Moon")


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
