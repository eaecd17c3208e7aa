"""Which months, directorate and setting a request asks for, and what is wrong with it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from insights.periods import Period, add_months, month_of, whole_months
from nhsuk.converters import can_be_id
from nhsuk.words import in_words
from organisation.models import Directorate, Service

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
MOST_MONTHS = 240


class WronglyAsked(Exception):  # noqa: N818 - says what happened
    """``wrong``: for each parameter that cannot be used, a sentence that says why."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__(", ".join(wrong))
        self.wrong = wrong


@dataclass(frozen=True)
class Asked:
    """Whole months, and one directorate and setting or all of them."""

    period: Period
    directorate: Directorate | None = None
    setting: str = ""


def read_asked(
    params: QueryDict,
    *,
    taken: Collection[str],
    directorates: Sequence[Directorate] = (),
    today: date,
) -> Asked:
    """What the parameters ask for. Raises WronglyAsked.

    Without ``until`` it is this month, without ``since`` 12 months are given. ``taken``: the names
    that this address takes.
    """
    wrong = {
        name: f"There is no such parameter here. This address takes {', '.join(taken)}."
        for name in params
        if name not in taken
    }
    wrong |= {
        name: "Send it once."
        for name, values in params.lists()
        if name in taken and len(values) > 1
    }
    until = _month(params, "until", wrong) or month_of(today)
    since = _month(params, "since", wrong) or add_months(until, -11)
    if since > until and not wrong:
        wrong["since"] = "It must be the same month as until, or an earlier one."
    if add_months(since, MOST_MONTHS) <= until and not wrong:
        wrong["since"] = f"Ask for {MOST_MONTHS} months at most."
    directorate = _directorate(params, directorates, wrong)
    setting = _setting(params, wrong)
    if wrong:
        raise WronglyAsked(wrong)
    return Asked(whole_months(since, until, today), directorate, setting)


def _month(params: QueryDict, name: str, wrong: dict[str, str]) -> date | None:
    value = params.get(name)
    if value is None or name in wrong:
        return None
    found = MONTH.fullmatch(value)
    if found is None or int(found[1]) < 1900:
        wrong[name] = "Write a month as YYYY-MM, like 2026-04."
        return None
    return date(int(found[1]), int(found[2]), 1)


def _directorate(
    params: QueryDict, directorates: Sequence[Directorate], wrong: dict[str, str]
) -> Directorate | None:
    value = params.get("directorate")
    if value is None or "directorate" in wrong:
        return None
    pk = int(value) if can_be_id(value) else 0
    found = next((each for each in directorates if each.pk == pk), None)
    if found is None:
        wrong["directorate"] = "There is no such directorate. Send its number, directorate_id."
    return found


def _setting(params: QueryDict, wrong: dict[str, str]) -> str:
    value = params.get("setting")
    if value is None or "setting" in wrong:
        return ""
    if value not in Service.Setting.values:
        wrong["setting"] = f"Send one of {in_words(Service.Setting.values, last='or')}."
    return value
