"""The wall: nobody but the checks team can find out that a disclosure exists.

Worlds that differ in nothing but why one person waits, or in what lies behind their being ready,
are read from end to end by every role without a right to checks: each link, filter, sort, search,
refusal, message and export. What is said must be the same to the letter. So it is for somebody who
was ready before, and whose renewal or status check comes.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.permissions import ROLES, Permission
from notifications.falling_due import queue_due
from notifications.models import Message
from tests.conftest import signed_in_client
from tests.factories import NOW
from tests.nets.asked import Asked, asked
from tests.nets.check_cases import (
    CAME,
    PERSON,
    READY,
    STAYED,
    UNTOLD,
    WAITING,
    Case,
    blank,
    ready_before,
    slow,
    someone,
)
from tests.nets.crawling import crawl, said, without_made_anew
from tests.nets.pages import all_pages
from tests.nets.walk import ANONYMOUS, NOBODY, client_of, comparable, undone, url_of

KNOWING = {Permission.EDIT_CHECKS, Permission.APPROVE_ASSESSMENTS}
READERS = (
    ANONYMOUS,
    NOBODY,
    *(role.key for role in ROLES if not role.permissions & KNOWING),
)
# Reads nearly everything; for others the cases that leave most behind are enough.
MOST_OF_ALL = "coordinator"
# What comes for somebody ready is read by those who read most of people, and by a fellow LXR.
READERS_OF_READINESS = (MOST_OF_ALL, "quality_lead", "lxr")
MESSAGE = re.compile(r"/messages/(\d+)/")
# Figures are kept until the number of the last event moves, as it does with every act.
LAST_EVENT = 'SELECT "audit_event"."id" AS "pk" FROM "audit_event" ORDER BY 1 DESC'
RENUMBERED = re.compile(r"/messages/(no-\d+)/")


def first_addresses(world: Any) -> list[str]:
    """Home, the pages of the table, and those about the person."""
    table = [
        url_of(page, page.kwargs(world))
        for page in all_pages()
        if page.method == "GET" and not page.name.startswith(("checks:", "account"))
    ]
    person = world.target.pk
    return [
        "/",
        *(reverse(f"reviewers:{name}", args=[person]) for name in ("detail", "story", "stage")),
        *(f"{reverse('reviews:detail', args=[pk])}?person={PERSON}" for pk in world.coming),
        *(f"{reverse('reviewers:list')}?q={PERSON}&sort={sort}" for sort in ("", "name")),
        reverse("admin:reviewers_reviewer_change", args=[person]),
        *table,
    ]


def refusals(world: Any, client: Client) -> dict[str, str]:
    """What is said to whoever tries to send the person on each visit."""
    said = {}
    for pk in world.coming:
        address = reverse("reviews:invite", args=[pk])
        answer = client.post(address, {"reviewer": world.target.pk}, follow=True)
        said[f"sent to {address}"] = f"{answer.status_code} {without_made_anew(comparable(answer))}"
    return said


def to_others(world: Any) -> list[Message]:
    """Every message to anybody who is not of the checks team."""
    team = [world.checks_officer.pk, world.second_approver.pk]
    others = Message.objects.exclude(recipient_kind="user", recipient_id__in=team)
    return list(others.order_by("key"))


def outbox(world: Any) -> dict[str, str]:
    """What those messages say."""
    return {
        f"message {message.key}": f"{message.recipient_name} {message.subject} {message.body}"
        for message in to_others(world)
    }


def numbered(world: Any) -> dict[str, int]:
    """The messages numbered among themselves: every message in the portal takes a number, so how
    many lie between two says nothing of one person."""
    return {f"no-{place}": each.pk for place, each in enumerate(to_others(world), start=1)}


def renumbered(numbers: dict[str, int], text: str) -> str:
    """A text with messages numbered among themselves."""
    places = {str(pk): place for place, pk in numbers.items()}
    return MESSAGE.sub(lambda found: f"/messages/{places.get(found[1], found[1])}/", text)


def as_numbered(numbers: dict[str, int], address: str) -> str:
    """The address that a renumbered one stands for here."""
    return RENUMBERED.sub(lambda found: f"/messages/{numbers.get(found[1], 0)}/", address)


def number_afresh() -> None:
    """Give the next rows the numbers they would have had: PostgreSQL goes on from where it was,
    also after a rollback."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


@contextmanager
def what_happened(world: Any, case: Case) -> Iterator[None]:
    """The world of this case, with every message that falls due in it."""
    with undone(), time_machine.travel(NOW, tick=False):
        number_afresh()
        case(world)
        queue_due(now=NOW)
        yield


def who_reads(world: Any, who: str) -> Client:
    """A browser of this reader, or of the person themself."""
    return signed_in_client(world.target.user) if who == PERSON else client_of(world, who)


def written_by(world: Any, *cases: Case) -> set[str]:
    """The tables that hold what these cases leave behind."""
    with asked() as statements:
        for case in cases:
            with what_happened(world, case):
                pass
    return {table for each in statements if each.writes for table in each.tables}


@dataclass(frozen=True)
class Opened:
    """What an address said, and what the database was asked for it."""

    text: str
    asked: tuple[Asked, ...]

    def rests_on(self, tables: set[str]) -> list[Asked]:
        """The statements that name one of these tables."""
        asked = [each for each in self.asked if each.tables & tables]
        return [each for each in asked if not each.sql.startswith(LAST_EVENT)]


Pages = dict[str, Opened]


def all_read(world: Any, case: Case, who: str, known: Pages | None = None) -> Pages:
    """Everything this reader can open in the world of this case. What is known to say the same
    there is not opened again."""
    opened: Pages = {}
    known = known or {}
    with what_happened(world, case):
        client, numbers = who_reads(world, who), numbered(world)

        def read(address: str) -> str:
            name = renumbered(numbers, address)
            if name in known:
                opened[name] = known[name]
                return as_numbered(numbers, known[name].text)
            cache.clear()  # what a page before it counted would not be asked for
            with asked() as statements:
                text = said(client.get(address))
            opened[name] = Opened(renumbered(numbers, text), tuple(statements))
            return text

        crawl(read, world.addresses, words=PERSON)
    return opened


def told_apart(world: Any, pages: Pages, first: Case, *cases: Case) -> list[str]:
    """The addresses for which the database answers something else in one of these cases. A page
    that is told the same by the database says the same; one that writes is opened to see."""
    written = written_by(world, first, *cases)
    resting = {address: page.rests_on(written) for address, page in pages.items()}
    apart = {address for address, page in pages.items() if any(s.writes for s in page.asked)}
    ask = {at: those for at, those in resting.items() if those and at not in apart}

    def answers(case: Case) -> dict[str, list[Any]]:
        with what_happened(world, case):
            return {at: [each.again() for each in those] for at, those in ask.items()}

    before = answers(first)
    for case in cases:
        after = answers(case)
        apart |= {address for address in ask if after[address] != before[address]}
    return [address for address in pages if resting[address] and address in apart]


def read_before(world: Any, who: str) -> Pages:
    """What this reader can open before anything came, read once for all tests."""
    if who not in world.known:
        world.known[who] = all_read(world, slow, who)
    pages: Pages = world.known[who]
    return pages


def where(world: Any, who: str, first: Case, *cases: Case) -> list[str]:
    """The addresses where this reader could read what these cases leave behind."""
    pages = read_before(world, who)
    if first != slow:
        apart = set(told_apart(world, pages, slow, first))
        pages = all_read(world, first, who, {at: pages[at] for at in pages.keys() - apart})
    return told_apart(world, pages, first, *cases)


def reading(world: Any, case: Case, who: str, addresses: list[str]) -> dict[str, str]:
    """What this reader reads at these addresses in the world of this case, what they are
    refused, and what everybody is sent."""
    with what_happened(world, case):
        client, numbers = who_reads(world, who), numbered(world)
        pages = {
            f"{who} {address}": renumbered(numbers, said(client.get(as_numbered(numbers, address))))
            for address in addresses
        }
        return outbox(world) | pages | refusals(world, client)


def assert_alike(world: Any, who: str, before: Case, after: Iterable[Case]) -> None:
    """This reader reads the same whatever of these happened."""
    cases = list(after)
    addresses = where(world, who, before, *cases)
    first = reading(world, before, who, addresses)
    for case in cases:
        assert differences(first, reading(world, case, who, addresses)) == "", case.__name__


def differences(before: dict[str, str], after: dict[str, str]) -> str:
    """Where the two do not say the same, with the first lines that differ."""
    told = [f"only in one: {each}" for each in sorted(before.keys() ^ after.keys())]
    for each in sorted(before.keys() & after.keys()):
        if before[each] != after[each]:
            lines = difflib.unified_diff(
                before[each].splitlines(), after[each].splitlines(), lineterm="", n=0
            )
            told.append("\n".join([each, *list(lines)[2:8]]))
    return "\n".join(told)


@pytest.fixture(scope="module")
def known(made_world: Any) -> dict[str, Pages]:
    """What each reader could open before anything came; the person is in the programme."""
    with time_machine.travel(NOW):
        someone(made_world)
        reviews = (made_world.review, made_world.confirmed, made_world.uncovered)
        made_world.coming = [each.pk for each in (*reviews, made_world.other.review)]
        # Some rows of the table make what they show.
        made_world.addresses = first_addresses(made_world)
    return {}


@pytest.fixture
def its_world(known: dict[str, Pages], world: Any) -> Any:
    """The programme with the person in it, on the day that the net stands on."""
    world.known = known
    return world


@pytest.mark.parametrize("reader", READERS)
def test_every_delay_reads_alike(reader: str, its_world: Any) -> None:
    cases = WAITING if reader == MOST_OF_ALL else WAITING[-2:]
    assert_alike(its_world, reader, slow, cases)


@pytest.mark.parametrize("reader", READERS)
def test_who_is_ready_is_ready_however_they_became_it(reader: str, its_world: Any) -> None:
    assert_alike(its_world, reader, blank, READY)


@pytest.mark.parametrize("reader", READERS_OF_READINESS)
def test_whatever_comes_for_somebody_ready_reads_alike(reader: str, its_world: Any) -> None:
    assert_alike(its_world, reader, ready_before(blank), map(ready_before, CAME))


@pytest.mark.parametrize("reader", READERS_OF_READINESS)
def test_who_was_ready_stays_ready_whatever_was_settled(reader: str, its_world: Any) -> None:
    assert_alike(its_world, reader, ready_before(slow), map(ready_before, STAYED))


def test_the_person_learns_nothing_of_a_renewal_before_somebody_told_them(
    its_world: Any,
) -> None:
    assert_alike(its_world, PERSON, ready_before(blank), map(ready_before, UNTOLD))


def test_the_person_learns_nothing_before_somebody_told_them(its_world: Any) -> None:
    assert_alike(its_world, PERSON, slow, UNTOLD)


def test_the_net_sees_what_does_differ(its_world: Any) -> None:
    """It would be blind if it called two worlds alike that are not, or left out where they
    differ."""
    waiting = read_before(its_world, MOST_OF_ALL)
    ready = all_read(its_world, blank, MOST_OF_ALL)
    person = reverse("reviewers:detail", args=[its_world.target.pk])

    told = {
        each for each in waiting.keys() & ready.keys() if waiting[each].text != ready[each].text
    }
    opened = set(told_apart(its_world, waiting, slow, blank))

    assert person in told
    assert told - opened == set()
    assert len(waiting) > 2 * len(opened) > 50


def test_the_net_sees_that_something_came(its_world: Any) -> None:
    """Somebody ready does wait once something came: else nothing would have been compared."""
    person = reverse("reviewers:detail", args=[its_world.target.pk])
    ready = reading(its_world, ready_before(slow), MOST_OF_ALL, [person])
    waiting = reading(its_world, ready_before(blank), MOST_OF_ALL, [person])

    assert f"{MOST_OF_ALL} {person}\n" in differences(ready, waiting)
