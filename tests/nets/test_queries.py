"""Every page costs as many queries at 30 rows as at 1; lists and details an exact number."""

import re
from collections import Counter
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOW
from tests.nets.pages import Page, all_pages
from tests.nets.walk import client_of, undone, url_of

MOST_OF_A_SHAPE = 2
ALLAUTHS = ("account_", "mfa_")  # pages that ask what the library asks


def shape(sql: str) -> str:
    """A query without its values."""
    sql = re.sub(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b", "?", sql)
    return re.sub(r"\((?:\?(?:, )?)+\)", "(?)", sql)


def cost(page: Page, world: Any) -> list[str]:
    """The queries of one GET by the first who sees the page, savepoints aside."""
    client = client_of(world, page.seen_by[0])
    url = url_of(page, page.kwargs(world))
    if page.after:
        client.get(page.after(world))
    client.get(url)  # whatever is made at the first look
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return [
        query["sql"]
        for query in captured.captured_queries
        if not re.match(r"(RELEASE )?SAVEPOINT|ROLLBACK TO|BEGIN|COMMIT", query["sql"])
    ]


COUNTED = [page for page in all_pages() if page.method == "GET" and page.seen_by]


@pytest.fixture(scope="module")
def at_1_row(made_world: Any) -> dict[Page, int]:
    """What each page costs before the world grows."""

    def number(page: Page) -> int:
        with undone(), time_machine.travel(NOW):
            return len(cost(page, made_world.copied()))

    return {page: number(page) for page in COUNTED}


@pytest.fixture(scope="module")
def at_30_rows(at_1_row: dict[Page, int], made_world: Any) -> dict[Page, int]:
    """What each page cost before; the world has grown since."""
    with time_machine.travel(NOW):
        made_world.grow(30)
    return at_1_row


@pytest.mark.parametrize("page", COUNTED, ids=lambda page: page.name)
def test_page_costs_the_same_at_1_and_at_30_rows(
    page: Page, at_30_rows: dict[Page, int], world: Any
) -> None:
    many = cost(page, world)

    assert at_30_rows[page] == len(many), "\n".join(many)
    assert page.queries in {len(many), None}, "\n".join(many)
    repeated = {
        text: count for text, count in Counter(map(shape, many)).items() if count > MOST_OF_A_SHAPE
    }
    assert repeated == {} or page.name.startswith(ALLAUTHS)


def test_every_list_and_detail_page_has_its_number() -> None:
    lists = [
        page
        for page in all_pages()
        if page.method == "GET"
        and page.seen_by
        and re.search(r":(list|detail|person|overview|visits|waiting|approvals)$", page.name)
    ]
    assert [page.name for page in lists if page.queries is None] == []


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1 WHERE a = 'it''s' AND b IN (1, 2, 3)", "SELECT ? WHERE a = ? AND b IN (?)"),
        ("SELECT t1.id FROM t1 LIMIT 51", "SELECT t1.id FROM t1 LIMIT ?"),
    ],
)
def test_shape_leaves_out_values(sql: str, expected: str) -> None:
    assert shape(sql) == expected
