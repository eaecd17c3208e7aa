"""A forecast in sentences."""

from datetime import date, timedelta

import pytest

from insights.forecast import grounds, words
from insights.forecast.chances import Answers, Tally
from insights.forecast.findings import Lead, Usual
from insights.forecast.needs import Need
from tests.factories import TODAY
from tests.insights.forecasts import HELD, findings_of, outlook_of

NOT_KNOWN = Usual(None, 0)
ONE, NONE = Need(1, 1, 1), Need(None, None, 2)
EVEN, SURELY = "for an even chance", "to be nearly sure"


@pytest.mark.parametrize(
    ("likely", "sure", "needed", "more", "between"),
    [
        (ONE, ONE, f"1 {EVEN}, 1 {SURELY}", f"1 {EVEN}, 1 {SURELY}", "1"),
        (
            Need(2, 0, 1),
            Need(5, 3, 2),
            f"2 {EVEN}, 5 (with 2 on each visit) {SURELY}",
            f"none {EVEN}, 3 {SURELY}",
            "2 to 5",
        ),
        (Need(2, 0, 1), Need(5, 0, 1), f"2 {EVEN}, 5 {SURELY}", "none", "2 to 5"),
        (
            Need(3, 1, 1),
            NONE,
            f"3 {EVEN}; 64 are not enough {SURELY}",
            f"1 {EVEN}",
            "3 or more",
        ),
        (NONE, NONE, words.NOT_BY_NUMBERS, words.NOT_BY_NUMBERS, words.NOT_BY_NUMBERS),
    ],
)
def test_what_it_takes(likely, sure, needed, more, between):
    assert words.needed(likely, sure) == needed
    assert words.more(likely, sure) == more
    assert words.between(likely, sure) == between


@pytest.mark.parametrize(
    ("ready", "end"),
    [
        (0, "you need about 2 to 5 ready people; there are none"),
        (1, "you need about 2 to 5 ready people; there is 1"),
        (2, "you need about 2 to 5 ready people; there are 2"),
        (None, "you need about 2 to 5 ready people"),
    ],
)
def test_who_is_there(ready, end):
    sentence = words.takes("Forensic", ready, Need(2, 2, 1), Need(5, 5, 1))
    assert sentence == f"To have somebody on 9 of 10 visits in Forensic {end}"


@pytest.mark.parametrize(
    ("sure", "one_away", "steps", "said"),
    [
        (Need(6, 4, 1), 15, "15 with the checks team", "One step away: 15 with the checks team."),
        (
            Need(6, 4, 1),
            3,
            "3 with training to come",
            "One step away: 3 with training to come. At least 1 person to find and train.",
        ),
        (Need(6, 4, 1), 0, "", "At least 4 people to find and train."),
        (NONE, 0, "", "At least 2 people to find and train."),
    ],
)
def test_where_more_people_come_from(sure, one_away, steps, said):
    assert words.where_from(Need(4, 2, 1), sure, one_away, steps) == said


def test_one_person_is_a_person():
    assert "about 1 ready person; there are none" in words.takes("Forensic", 0, ONE, ONE)


def test_by_when():
    to_ready = Lead(Usual(30, 5), Usual(10, 9), NOT_KNOWN, NOT_KNOWN)
    soon, late = TODAY + timedelta(days=20), TODAY + timedelta(days=60)
    assert words.by_when([late], to_ready, TODAY) == (
        "New people join by 10 July 2026 to be ready by the first visit."
    )
    assert words.by_when([soon, late], to_ready, TODAY) == (
        "New people join now: 31 May 2026 has passed. Who joins today may be ready by 10 July "
        "2026: 1 of 2 visits come after that."
    )
    to_trained = Lead(Usual(30, 4), Usual(10, 9), NOT_KNOWN, NOT_KNOWN)
    assert "to be trained by the first visit" in words.by_when([late], to_trained, TODAY)
    unknown = Lead(NOT_KNOWN, Usual(10, 4), NOT_KNOWN, NOT_KNOWN)
    assert words.by_when([late], unknown, TODAY) == (
        "New people join before 9 August 2026, the first visit."
    )


def test_by_when_checks_begin():
    lead = Lead(NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, Usual(30, 5))
    soon, late = TODAY + timedelta(days=20), TODAY + timedelta(days=60)
    assert words.clear_by([late], lead, TODAY) == (
        "Checks begin by 10 July 2026 to be done by the first visit."
    )
    assert words.clear_by([soon, late], lead, TODAY) == (
        "Checks begun today may be done by 10 July 2026: 1 of 2 visits come after that."
    )
    for few in (NOT_KNOWN, Usual(30, 4)):
        assert words.clear_by([late], Lead(NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, few), TODAY) == ""


def test_lead_times_of_few_people_are_not_said():
    lead = Lead(Usual(45, 4), Usual(108, 36), NOT_KNOWN, Usual(34, 40))
    ready, trained, after, checks = grounds.of_lead(lead)
    assert "45" not in ready
    assert "half of people took 108 days or fewer (36 people)" in trained
    assert "not known yet" in after
    assert "34 days or fewer (40 people)" in checks


def test_history():
    findings = findings_of([])
    assert grounds.of_history(findings, hides_small=False) == (
        "Of people asked to visits that took place in the last 3 years, 36 of 40 (90.0%) said yes, "
        "35 of 36 (97.2%) kept to it until 2 days before and 30 of 35 (85.7%) then came."
    )
    # 4 said no, and 1 gave it back: those would be known.
    hidden = grounds.of_history(findings, hides_small=True)
    assert "30 of 35 (85.7%) then came. What is under 5 is not shown." in hidden
    assert "said yes" not in hidden
    few = findings_of([], answers=Answers(Tally(2, 3), Tally(1, 2), Tally(0, 1)))
    assert "not shown" in grounds.of_history(few, hides_small=True)


def test_who_borrows_is_said():
    findings = findings_of([outlook_of(1, ready=2), outlook_of(2, ready=2, own=60)])
    names = {1: "Forensic", 2: "Community"}
    last = grounds.assumptions(findings, names, hides_small=False)[-1]
    assert last.endswith("Mostly borrowed: Forensic.")
    both_known = findings_of([outlook_of(2, ready=2, own=60)])
    said = grounds.assumptions(both_known, names, hides_small=False)
    assert "borrow" not in said[-1]
    assert said[0].startswith("Only visits that are planned or confirmed count: 2 visits until")


def test_how_wrong_it_would_have_been():
    assert grounds.of_past([]).startswith("There is not enough history yet")
    assert grounds.of_past([HELD, HELD]) == (
        "What happened lay in the range 2 of 2 times. On average the forecast was off by 1.1 of 10 "
        "visits."
    )
    assert HELD.on == date(2025, 11, 1)
