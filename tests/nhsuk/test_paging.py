"""Every row once, whatever the page; nonsense shows the first page."""

from typing import Any

import pytest
from django.db.models.functions import Right
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from nhsuk.paging import Sort, paginate, sheet_of
from organisation.models import Site
from tests.factories import SiteFactory

SORTS = (
    Sort("name", "By name", "name"),
    Sort("last", "Last first", "name", descending=True),
    Sort("id", "Oldest first", "pk"),
)
SIZE = 3


@pytest.fixture
def sites(db: Any) -> list[str]:
    for n in range(8):
        SiteFactory(name=f"Site {n:02}")
    return [site.name for site in Site.objects.order_by("name", "pk")]


def page(address: str = "") -> Any:
    params = QueryDict(address.removeprefix("?"))
    return paginate(Site.objects.all(), params=params, sorts=SORTS, size=SIZE)


@pytest.mark.parametrize(("sort", "backwards"), [("name", False), ("last", True), ("id", False)])
def test_walk_on_and_back_meets_every_row_once(sites: list, sort: str, backwards: bool) -> None:
    current = page(f"sort={sort}")
    assert current.previous_url == ""
    walked = [current]
    while walked[-1].next_url:
        walked.append(page(walked[-1].next_url))
    names = [site.name for each in walked for site in each]
    assert names == (sites[::-1] if backwards else sites)
    assert [len(each) for each in walked] == [3, 3, 2]
    back = page(walked[-1].previous_url)
    assert back.rows == walked[1].rows
    assert page(back.previous_url).rows == walked[0].rows
    assert page(back.previous_url).previous_url == ""


def test_an_order_that_is_annotated(sites: list) -> None:
    def annotated(address: str) -> Any:
        rows = Site.objects.annotate(last=Right("name", 1))
        params = QueryDict(address.removeprefix("?"))
        return paginate(rows, params=params, sorts=(Sort("last", "x", "last"),), size=SIZE)

    first = annotated("")
    second = annotated(first.next_url)
    assert [site.name for site in (*first, *second)] == sites[: 2 * SIZE]
    assert annotated(second.previous_url).rows == first.rows
    assert annotated("after=99999").rows == first.rows


@pytest.mark.parametrize(
    "address",
    [
        "after=x", "after=-1", "after=0", "after=99999", f"after={2**63}", "after=" + "9" * 400,
        "before=%00", "after=%ED%A0%80", "sort=password", "after=&before=", "after=²",
    ],
)  # fmt: skip
def test_nonsense_shows_the_first_page(sites: list, address: str) -> None:
    assert [site.name for site in page(address)] == sites[:SIZE]


def test_filters_and_order_stay_in_the_address(sites: list) -> None:
    first = page("q=a+b&sort=last&after=x")
    assert first.next_url.startswith("?q=a+b&sort=last&after=")
    assert [order.url for order in first.orders] == [
        "?q=a+b&sort=name", "?q=a+b&sort=last", "?q=a+b&sort=id",
    ]  # fmt: skip
    assert [order.is_current for order in first.orders] == [False, True, False]


def test_row_that_left_the_list_still_marks_the_place(sites: list) -> None:
    first = page()
    gone = first.rows[-1]
    rest = Site.objects.exclude(pk=gone.pk)
    second = paginate(
        rest, params=QueryDict(first.next_url.removeprefix("?")), sorts=SORTS, size=SIZE
    )
    assert [site.name for site in second] == sites[3:6]


def test_count_is_capped(db: Any) -> None:
    Site.objects.bulk_create([Site(name=f"S{n}") for n in range(1001)])
    assert page().total == "1,000+"


def test_queries(sites: list, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        first = page()
    assert first.total == "8"
    with django_assert_num_queries(3):
        page(first.next_url)


@pytest.mark.parametrize(
    ("asked", "rows", "before", "after"),
    [
        ("", [0, 1, 2], "", "?of=x&page=2"),
        ("page=2", [3, 4, 5], "?of=x&page=1", "?of=x&page=3"),
        ("page=3", [6], "?of=x&page=2", ""),
        ("page=99", [6], "?of=x&page=2", ""),
        ("page=x", [0, 1, 2], "", "?of=x&page=2"),
        ("page=0", [0, 1, 2], "", "?of=x&page=2"),
    ],
)
def test_a_list_in_memory_comes_in_sheets(
    asked: str, rows: list[int], before: str, after: str
) -> None:
    found = sheet_of(range(7), params=QueryDict(f"of=x&{asked}".rstrip("&")), size=3)
    assert list(found.rows) == rows
    assert (found.total, found.of) == (7, 3)
    assert (found.previous_url, found.next_url) == (before, after)


def test_an_empty_list_has_one_sheet() -> None:
    found = sheet_of([], params=QueryDict(""))
    assert (list(found.rows), found.number, found.of, found.next_url) == ([], 1, 1, "")
