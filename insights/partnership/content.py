"""What a file of figures says: a few counts, as JSON values and back. Nothing about anybody.

Counts of reviews, of the whole trust and by setting; and of people only what small numbers allow.
Whoever changes a field, or what one means, raises ``SCHEMA``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from insights.figures import ACTIVATION, COVERAGE
from insights.numbers import Share
from insights.periods import Period, whole_months
from organisation.models import Service

FORMAT = "lxr-portal-figures"
SCHEMA = 1
SETTINGS: tuple[str, ...] = tuple(Service.Setting.values)
MOST = 10_000_000  # reviews or people; more is no trust
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


class CannotBe(ValueError):  # noqa: N818 - says what is wrong
    """The content says something that cannot be."""


@dataclass(frozen=True)
class Content:
    """The figures of a trust over months. ``since`` and ``until``: first days of months."""

    since: date
    until: date
    as_at: date
    written_at: datetime
    by_setting: Mapping[str, Share]
    activation: Share | None

    @property
    def coverage(self) -> Share:
        """Of all settings."""
        return Share(
            sum(each.numerator for each in self.by_setting.values()),
            sum(each.denominator for each in self.by_setting.values()),
        )

    @property
    def period(self) -> Period:
        """The months, up to the day they were counted on."""
        return whole_months(self.since, self.until, self.as_at)


def definitions() -> dict[str, int]:
    """By which definition each figure is counted here."""
    return {figure.key: figure.version for figure in (COVERAGE, ACTIVATION)}


def as_json(content: Content) -> dict[str, Any]:
    """The content without format, signer and signature."""
    return {
        "period": {"since": f"{content.since:%Y-%m}", "until": f"{content.until:%Y-%m}"},
        "as_at": content.as_at.isoformat(),
        "written_at": content.written_at.isoformat(timespec="seconds"),
        "definitions": definitions(),
        "coverage": {
            "overall": _counts(content.coverage),
            "by_setting": {name: _counts(share) for name, share in content.by_setting.items()},
        },
        "activation": None if content.activation is None else _counts(content.activation),
    }


def from_json(said: dict[str, Any]) -> Content:
    """The content of a file; it is checked as strictly as if nobody had signed it.

    Raises CannotBe, with a sentence about the first thing that is wrong.
    """
    _fields(said, "period", "as_at", "written_at", "definitions", "coverage", "activation")
    _fields(said["period"], "since", "until")
    _fields(said["coverage"], "overall", "by_setting")
    _fields(said["coverage"]["by_setting"], *SETTINGS)
    if said["definitions"] != definitions():
        raise CannotBe("It counts by other definitions than this portal.")
    activation = said["activation"]
    content = Content(
        since=_month(said["period"]["since"]),
        until=_month(said["period"]["until"]),
        as_at=_day(said["as_at"]),
        written_at=_moment(said["written_at"]),
        by_setting={name: _share(said["coverage"]["by_setting"][name]) for name in SETTINGS},
        activation=None if activation is None else _share(activation),
    )
    if content.since > content.until:
        raise CannotBe("Its period ends before it begins.")
    if content.as_at < content.since:
        raise CannotBe("It was counted before its period.")
    if content.coverage != _share(said["coverage"]["overall"]):
        raise CannotBe("Its settings do not add up to the whole.")
    return content


def _counts(share: Share) -> dict[str, int]:
    return {"numerator": share.numerator, "denominator": share.denominator}


def _fields(said: Any, *names: str) -> None:
    if not isinstance(said, dict) or set(said) != set(names):
        raise CannotBe("A field is missing, or there is one too many.")


def _share(said: Any) -> Share:
    _fields(said, "numerator", "denominator")
    numerator, denominator = said["numerator"], said["denominator"]
    if type(numerator) is not int or type(denominator) is not int:
        raise CannotBe("A count is no whole number.")
    if not 0 <= numerator <= denominator <= MOST:
        raise CannotBe("A count is larger than its whole, or too large.")
    return Share(numerator, denominator)


def _month(said: Any) -> date:
    if not isinstance(said, str) or not MONTH.fullmatch(said):
        raise CannotBe("A month is none.")
    return _day(f"{said}-01")


def _day(said: Any) -> date:
    try:
        return date.fromisoformat(said)
    except (TypeError, ValueError) as error:
        raise CannotBe("A date is none.") from error


def _moment(said: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except (TypeError, ValueError) as error:
        raise CannotBe("A time is none.") from error
    if moment.tzinfo is None:
        raise CannotBe("A time has no time zone.")
    return moment
