"""A framework is read from lines, and what is wrong with them is said."""

import pytest

from rules import RuleBroken
from training.frameworks import CQC_LINES, read_lines


def test_cqc_2024_has_five_key_questions_and_34_statements():
    read = read_lines(CQC_LINES)
    counts = {name: len(statements) for name, statements in read}
    assert counts == {"Safe": 8, "Effective": 6, "Caring": 5, "Responsive": 7, "Well-led": 8}
    assert sum(counts.values()) == 34


def test_blank_lines_and_spaces_do_not_count():
    read = read_lines("\n  Safe :  Clean;  Calm ;\n\nCaring: Kind\n")
    assert read == [("Safe", ["Clean", "Calm"]), ("Caring", ["Kind"])]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("\n \n", "Enter one key question at least."),
        (
            "Safe: Clean\nCaring",
            (
                "Line 2 needs a key question, a colon and its statements. "
                "Such as: Caring: Kindness; Dignity"
            ),
        ),
        (
            "Safe: ;",
            (
                "Line 1 needs a key question, a colon and its statements. "
                "Such as: Caring: Kindness; Dignity"
            ),
        ),
        ("Safe: a\nsafe: b", "“safe” is there twice as a key question. Take one away."),
        ("Safe: a; A", "“A” is there twice as a statement of Safe. Take one away."),
        (
            "x" * 121 + ": a",
            "The key question on line 1 is too long. Keep it to 120 letters.",
        ),
        ("Safe: " + "x" * 201, "A statement on line 1 is too long. Keep each to 200 letters."),
    ],
)
def test_what_is_wrong_is_said(lines, sentence):
    with pytest.raises(RuleBroken) as broken:
        read_lines(lines)
    assert str(broken.value) == sentence
