"""Long lists by key: the next page starts after the last row of this one, however deep it is.

The address carries the id of that row and the name of the order, never a value of the row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet, UUIDField
from django.http import QueryDict

from nhsuk.converters import can_be_id

ROWS = 50
MOST_COUNTED = 1000

M = TypeVar("M", bound=Model)
T = TypeVar("T")


@dataclass(frozen=True)
class Sort:
    """An order a list can stand in: ``by`` is a path from the model to a column that is never null.

    The id breaks ties. The column needs an index together with the id; or, where a list stays
    short, it is something the list is annotated with.
    """

    name: str
    label: str
    by: str
    descending: bool = False


@dataclass(frozen=True)
class Order:
    """A sort as the page offers it."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Page(Generic[M]):
    """A page of rows, the ways on from it, and how many rows there are in all (capped)."""

    rows: list[M]
    sort: Sort
    is_sorted: bool
    orders: list[Order]
    previous_url: str
    next_url: str
    count: int | None

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def total(self) -> str:
        """``0`` to ``1,000``, then ``1,000+``; empty where nobody asked to count."""
        if self.count is None:
            return ""
        return f"{MOST_COUNTED:,}+" if self.count > MOST_COUNTED else f"{self.count:,}"


def paginate(
    rows: QuerySet[M],
    *,
    params: QueryDict,
    sorts: Sequence[Sort],
    size: int = ROWS,
    counted: bool = True,
) -> Page[M]:
    """The page that ``params`` (``sort``, ``after``, ``before``) ask for; the first for nonsense.

    Two queries, one without ``counted``; one more on later pages, to find where they start.
    """
    asked = params.get("sort", "")
    sort = next((each for each in sorts if each.name == asked), sorts[0])
    found, has_previous, has_next = _rows(rows, params, sort, size)
    return Page(
        rows=found,
        sort=sort,
        is_sorted=sort is not sorts[0],
        orders=[Order(s.label, _url(params, sort=s.name), s is sort) for s in sorts],
        previous_url=_url(params, before=found[0].pk) if has_previous else "",
        next_url=_url(params, after=found[-1].pk) if has_next else "",
        count=rows.order_by().values("pk")[: MOST_COUNTED + 1].count() if counted else None,
    )


def _rows(
    rows: QuerySet[M], params: QueryDict, sort: Sort, size: int
) -> tuple[list[M], bool, bool]:
    before = _beyond(rows, params.get("before"), sort, backwards=True)
    if before is not None:
        found = list(_in_order(rows.filter(before), sort, backwards=True)[: size + 1])
        if len(found) > size:
            return found[:size][::-1], True, True
    after = None if before is not None else _beyond(rows, params.get("after"), sort)
    if after is not None:
        found = list(_in_order(rows.filter(after), sort)[: size + 1])
        if found:
            return found[:size], True, len(found) > size
    found = list(_in_order(rows, sort)[: size + 1])
    return found[:size], False, len(found) > size


def _in_order(rows: QuerySet[M], sort: Sort, backwards: bool = False) -> QuerySet[M]:
    sign = "-" if sort.descending != backwards else ""
    return rows.order_by(*dict.fromkeys([f"{sign}{sort.by}", f"{sign}pk"]))


def _beyond(rows: QuerySet[M], key: str | None, sort: Sort, backwards: bool = False) -> Q | None:
    """The condition for rows after (or before) the row with this id; None without such a row."""
    pk = _id_of(rows.model, key or "")
    if pk is None:
        return None
    # The row may have left this list since; where it stood in the order still counts, if that is
    # the model's and not the list's own.
    known = rows if sort.by in rows.query.annotations else rows.model._base_manager
    place = known.order_by().filter(pk=pk).values_list(sort.by).first()
    if place is None or place[0] is None:
        return None
    compare = "lt" if sort.descending != backwards else "gt"
    if sort.by in {"pk", "id"}:
        return Q(**{f"pk__{compare}": pk})
    return Q(**{f"{sort.by}__{compare}e": place[0]}) & (
        Q(**{f"{sort.by}__{compare}": place[0]}) | Q(**{f"pk__{compare}": pk})
    )


def _id_of(model: type[Model], key: str) -> int | UUID | None:
    """The id that the address names, a number or a random key; None where it can name none."""
    if not isinstance(model._meta.pk, UUIDField):
        return int(key) if can_be_id(key) else None
    try:
        return UUID(key)
    except ValueError:
        return None


def _url(params: QueryDict, **changes: Any) -> str:
    kept = params.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    for name, value in changes.items():
        kept[name] = str(value)
    return f"?{kept.urlencode()}"


@dataclass(frozen=True)
class Sheet(Generic[T]):
    """One page of a list that is in memory, and the ways on from it."""

    rows: Sequence[T]
    number: int
    of: int
    total: int
    previous_url: str
    next_url: str


def sheet_of(
    rows: Sequence[T], *, params: QueryDict, name: str = "page", size: int = ROWS
) -> Sheet[T]:
    """The page of that number in ``params``; the first for nonsense, the last beyond the end."""
    asked = params.get(name, "")
    last = max(1, -(-len(rows) // size))
    number = min(max(1, int(asked) if can_be_id(asked) else 1), last)
    return Sheet(
        rows=rows[(number - 1) * size : number * size],
        number=number,
        of=last,
        total=len(rows),
        previous_url=_url(params, **{name: number - 1}) if number > 1 else "",
        next_url=_url(params, **{name: number + 1}) if number < last else "",
    )
