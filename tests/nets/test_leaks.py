"""What could leak does not: the unentitled get no canary from any sensitive column."""

import logging
from typing import Any

import pytest
from django.core import mail

from notifications.models import Message
from tests.nets.canaries import CANARIES
from tests.nets.pages import Page, all_pages
from tests.nets.walk import WHO, ask, client_of, may_open, undone, url_of

PLANNERS = {"coordinator", "quality_lead"}

# Canary: who may see it, of somebody else or of themselves. "lxr" is the world's own LXR.
ENTITLED: dict[str, set[str]] = {
    CANARIES["access needs"]: {"lxr", *PLANNERS},
    # Agreed to be told to those who lead their visits.
    CANARIES["shared need"]: {"visit_lead", *PLANNERS},
    CANARIES["emergency contact"]: {"lxr", *PLANNERS},
    # Of somebody who is on a visit today.
    CANARIES["emergency contact today"]: {"visit_lead", *PLANNERS},
    CANARIES["emergency phone"]: {"lxr", "visit_lead", *PLANNERS},
    # The service's name is a lookup: whoever chooses among services reads it.
    CANARIES["exclusion"]: {"lxr", "administrator", "checks_officer", *PLANNERS},
    CANARIES["certificate number"]: {"checks_officer"},
    CANARIES["document reference"]: {"checks_officer", "second_approver"},
    CANARIES["condition"]: {"checks_officer", "second_approver"},
    CANARIES["comment"]: PLANNERS,
    CANARIES["address"]: {"lxr", "checks_officer", "administrator", *PLANNERS},
    CANARIES["enquiry"]: PLANNERS,
    CANARIES["letter"]: PLANNERS,
    CANARIES["hold"]: {"governance"},
    CANARIES["said"]: PLANNERS,
    CANARIES["cycle note"]: {"lxr", *PLANNERS},
    CANARIES["request"]: {"lxr", "visit_lead", *PLANNERS},
    # Of a session that fewer than five people spoke of.
    CANARIES["said by few"]: set(),
    # Words that say what a check came to.
    "isclosure": {"checks_officer", "second_approver"},
    "approved with conditions": {"checks_officer", "second_approver"},
    "pproved with conditions": {"checks_officer", "second_approver"},
    "ot approved": {"checks_officer", "second_approver"},
    "ot at this site for now": {"checks_officer"},
    "Governor": {"checks_officer"},
}
GETS = [page for page in all_pages() if page.method == "GET"]


def page_id(page: Page) -> str:
    return page.name


def leaks(text: str, who: str) -> set[str]:
    """The canaries in the text that this person may not see."""
    return {canary for canary, allowed in ENTITLED.items() if canary in text and who not in allowed}


@pytest.mark.parametrize("page", GETS, ids=page_id)
def test_no_answer_holds_a_canary_for_the_unentitled(
    page: Page, world: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = url_of(page, page.kwargs(world))
    walked = 0
    for who in WHO:
        with undone():
            response = ask(client_of(world, who), page, url, world)
            body = (
                b"".join(response.streaming_content)  # type: ignore[arg-type]
                if response.streaming
                else response.content
            ).decode(errors="replace")
            assert leaks(body, who) == set(), who
            assert leaks(str(dict(response.headers)), "") == set(), who
            assert world.secret not in body
            assert world.token_secret not in body
            assert world.withdrawal not in body
            walked += 1
    assert walked == len(WHO)
    assert leaks("\n".join(text_of(caplog)), "") == set()
    assert world.secret not in caplog.text
    assert world.token_secret not in "\n".join(text_of(caplog))
    assert world.withdrawal not in caplog.text


@pytest.mark.parametrize(
    "page", [page for page in all_pages() if page.method == "POST"], ids=lambda page: page.name
)
def test_no_log_line_or_message_holds_a_canary_after_sending(
    page: Page, world: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = url_of(page, page.kwargs(world))
    before = set(Message.objects.values_list("pk", flat=True))
    for who in [who for who in WHO if may_open(page, who)][:1]:
        with undone():
            ask(client_of(world, who), page, url, world)
            new = Message.objects.exclude(pk__in=before)
            sent = [f"{message.subject} {message.body}" for message in new]
            sent += [str(letter.message()) for letter in mail.outbox]
            assert leaks("\n".join(sent), "") == set()
    assert leaks("\n".join(text_of(caplog)), "") == set()


def text_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged, without the test database's own statements (they hold what is stored)."""
    return [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]


def test_canaries_are_in_the_world(world: Any) -> None:
    """The net would be blind if what it looks for were nowhere."""
    assert world.reviewer.access_needs in ENTITLED
    assert world.other.reviewer.access_needs in ENTITLED
    assert world.reviewer.emergency_name in ENTITLED
    assert world.reviewer.emergency_phone in ENTITLED
    assert world.candidate.emergency_name in ENTITLED
    assert world.excluded_service.name in ENTITLED
    assert world.other.check.reference_number in ENTITLED
    assert world.assessment.document_reference in ENTITLED
    assert world.assessment.conditions.get(accompanied_only=True).words in ENTITLED
    assert world.remark.text in ENTITLED
    assert world.reviewer.address in ENTITLED
    assert world.letter.body in ENTITLED
    assert world.answered_request.words in ENTITLED


def test_sensitive_columns_hold_no_canary_in_plain(world: Any) -> None:
    from django.db import connection  # noqa: PLC0415 - raw access, for this test alone

    with connection.cursor() as cursor:
        for table, column in (
            ("reviewers_reviewer", "access_needs"),
            ("reviewers_reviewer", "emergency_name"),
            ("reviewers_reviewer", "emergency_phone"),
            ("checks_dbscheck", "reference_number"),
            ("checks_riskassessment", "document_reference"),
            ("checks_condition", "words"),
            ("notifications_message", "body"),
        ):
            cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - names from this file
            stored = [str(row[0]) for row in cursor.fetchall() if row[0]]
            assert stored, column
            assert all(value.startswith("enc:") for value in stored), column
