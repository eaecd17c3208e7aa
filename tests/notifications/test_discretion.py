"""No subject, text message or template gives away what only the person should read."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from notifications.discretion import Indiscreet, check_discreet
from notifications.registry import KINDS
from notifications.words import letter, short_text
from organisation.models import Service, TrustSettings
from tests.factories import NOW
from tests.nets.world import made_world, world

__all__ = ["made_world", "world"]
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").glob("*/messages/*.txt"))


SENSITIVE = ["Your DBS check", "HMP Prisons", "Offender care", "a conviction"]


@pytest.mark.parametrize("words", SENSITIVE)
def test_sensitive_words_are_found(words: str) -> None:
    with pytest.raises(Indiscreet):
        check_discreet(words)


@pytest.mark.parametrize("words", ["Visit with the quality team", "imprisonedxyz", "Your code"])
def test_other_words_pass(words: str) -> None:
    check_discreet(words)


def test_what_falls_due_names_no_service_in_its_subject_or_text(world: Any) -> None:
    names = [name.lower() for name in Service.objects.values_list("name", flat=True)]
    assert "northgate healthcare" in names
    dues = [
        due
        for kind in KINDS.values()
        if kind.due
        for day in [*range(-40, 40), 700, 730, 760]
        for due in kind.due(NOW + timedelta(days=day))
    ]

    assert dues != []
    for due in dues:
        for shown in (due.subject, due.text):
            check_discreet(shown)
            assert not [name for name in names if name in shown.lower()]


def test_no_subject_in_the_code_says_more_than_it_should() -> None:
    subjects = [
        subject
        for path in Path(settings.BASE_DIR).glob("[a-z]*/**/*.py")
        if path.parts[len(Path(settings.BASE_DIR).parts)] not in {"tests", "bench", "var"}
        for subject in re.findall(r'subject=(f?"[^"]*")', path.read_text(encoding="utf-8"))
    ]

    assert subjects != []
    for subject in subjects:
        check_discreet(subject)
        assert "service" not in subject


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_template_is_plain_text_and_short_enough(path: Path) -> None:
    words = path.read_text(encoding="utf-8")

    assert "<" not in re.sub(r"{[{%].*?[%}]}", "", words)
    assert len(words) < 3000


def test_every_letter_says_whom_to_ring(db: None) -> None:
    trust = TrustSettings(team_name="the care team", telephone="01234 567890", mailbox="c@d.org")

    words = letter("notifications/messages/sign_in_code.txt", {"code": "O'NEIL <1>"}, trust=trust)

    assert "O'NEIL <1>" in words
    assert words.endswith(
        "If you have a question, ring the care team on 01234 567890, or write to c@d.org.\n\n"
        "The care team\n"
    )


def test_short_text_fits_two_text_messages() -> None:
    assert len(short_text("Visit with the quality team", TrustSettings())) <= 306
