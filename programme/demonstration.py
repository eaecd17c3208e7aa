"""The demonstration: the published programme, moved to now, with an account for each role."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.operations import make_account
from accounts.permissions import ROLES
from audit.operations import record
from insights.forecast.operations import make_forecast
from organisation.models import Site, StaffMember
from organisation.operations import switch_sending_on
from programme.demonstration_library import Format, fill_the_library, set_guidance
from programme.demonstration_partners import bring_partners
from programme.demonstration_questions import tell_of_questions
from programme.demonstration_training import tell_of_training
from programme.importing.kinds import Day, Wrong
from programme.importing.problems import FileRefused
from programme.importing.reading import opened_path
from programme.importing.reading.tables import Cells, Table
from programme.importing.running import carry_out
from programme.importing.sheets import BY_NAME, folded
from programme.importing.taking import Taking
from reviewers.models import Reviewer
from reviewers.operations import publish_version
from rules import RuleBroken

FOLDER = Path(__file__).parent / "demo"
ROLE_DESCRIPTION = Path(__file__).parent / "role_description.txt"
AS_AT = date(2025, 5, 22)  # the day whose figures were published
LEADS = "Morgan Ashe"
LXRS = ("LXR-020", "LXR-001")
BY_CODE = "a code by email"
AS_CHOSEN = "the password you chose"
SITES = {
    "HMP Northfield": (14, "the prison’s security department"),
    "HMP Southmoor": (21, "the prison’s security department"),
    "Bracken Clinic": (7, "the clinic’s reception"),
}


@dataclass(frozen=True)
class Account:
    """Whom to sign in as."""

    role: str
    email: str
    signs_in_with: str


def days_to_move(today: date) -> timedelta:
    """Whole weeks, so that the as-at day falls within the last week and weekdays stay.

    >>> AS_AT + days_to_move(date(2026, 6, 10))
    datetime.date(2026, 6, 4)
    """
    return timedelta(weeks=(today - AS_AT).days // 7)


def load_demonstration(*, now: datetime) -> list[Account]:
    """Bring the demonstration in, unless people are here already, and say whom to sign in as.

    A second run changes nothing: what somebody switched off or changed stays so. Raises RuleBroken
    where no demonstration may be held.
    """
    if not settings.HOLDS_DEMONSTRATION:
        message = "This portal holds a real programme. The demonstration is not loaded here."
        raise RuleBroken(message)
    password = _password()
    with transaction.atomic():  # all of it or nothing: half of it would stay half
        if not Reviewer.objects.exists():
            _set_up(password, now)
    return _accounts(password)


def _set_up(password: str, now: datetime) -> None:
    _bring_in(now)
    _make_accounts(password, now)
    _ask_at_the_gate(now)
    coordinator = User.objects.get(email=_address("coordinator"))
    _publish_role_description(coordinator, now)
    tell_of_training(by=coordinator)
    tell_of_questions(by=coordinator)
    fill_the_library(by=coordinator, now=now)
    bring_partners(by=User.objects.get(email=_address("quality_lead")), now=now)
    switch_sending_on(by=coordinator, now=now)
    make_forecast(now=now)


def _bring_in(now: datetime) -> None:
    by = days_to_move(localdate(now))

    @contextmanager
    def moved() -> Iterator[Iterable[Table]]:
        with opened_path(FOLDER) as tables:
            yield (Table(table.name, _moved(table, by)) for table in tables)

    outcome = carry_out(moved, taking=Taking.ALL, by=None, now=now)
    if not outcome.is_good:
        first = outcome.batch.problems.first[0]
        raise FileRefused(f"The demonstration does not fit what is here: {first}")


def _moved(table: Table, by: timedelta) -> Iterator[tuple[int, Cells]]:
    """The table with each date so much later."""
    sheet = BY_NAME[folded(table.name)]
    rows = iter(table.rows)
    number, headings = next(rows)
    yield number, headings
    days = {
        index
        for index, heading in headings.items()
        if isinstance(sheet.by_heading[folded(heading)].kind, Day)
    }
    for number, cells in rows:
        yield (
            number,
            {i: _later(cell, by) if i in days else cell for i, cell in cells.items()},
        )


def _later(cell: Any, by: timedelta) -> Any:
    try:
        return Day().read(cell) + by
    except Wrong:
        return cell


def _address(role: str) -> str:
    return f"{role.replace('_', '.')}@demo.example.org"


def _password() -> str:
    """The staff accounts' password, made on the first run and kept beside the data."""
    path = Path(settings.DATA_DIR) / "demo-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _make_accounts(password: str, now: datetime) -> None:
    for role in ROLES:
        if role.key == "lxr":
            continue
        name = LEADS if role.key == "visit_lead" else f"Demo {role.name.lower()}"
        user = make_account(email=_address(role.key), name=name, roles=[role.key], by=None, now=now)
        user.set_password(password)
        user.save(update_fields=["password"])
        record("set password", on=user, by=None, now=now, fields=["password"])
        if role.key == "visit_lead":
            StaffMember.objects.filter(name=LEADS, user=None).update(user=user)
    for person in Reviewer.objects.filter(reference__in=LXRS):
        person.user = make_account(
            email=person.email, name=str(person), roles=["lxr"], by=None, now=now
        )
        person.save(update_fields=["user"])
        record("linked account", on=person, by=None, now=now, about=person.pk, fields=["user"])


def _accounts(password: str) -> list[Account]:
    """Those that are still there; a password that somebody changed is theirs."""
    staff = {user.email: user for user in User.objects.filter(is_active=True)}
    accounts = [
        Account(role.name, user.email, password if user.check_password(password) else AS_CHOSEN)
        for role in ROLES
        for user in [staff.get(_address(role.key))]
        if user is not None
    ]
    people = Reviewer.objects.filter(reference__in=LXRS, user__is_active=True)
    return accounts + [
        Account(f"Lived Experience Reviewer {person.reference}", person.user.email, BY_CODE)  # type: ignore[union-attr]  # the filter asks for one
        for person in people.select_related("user").order_by("-reference")
    ]


def _publish_role_description(by: User, now: datetime) -> None:
    """The words that people of the programme signed on paper, as version 1."""
    words = ROLE_DESCRIPTION.read_text(encoding="utf-8")
    large_print = set_guidance("Role description", words.split("\n\n"), Format.LARGE_PRINT)
    publish_version(
        words=words,
        what_changed="",
        needed_from=localdate(now),
        is_what_was_signed=True,
        files={Format.LARGE_PRINT: large_print},
        by=by,
        now=now,
    )


def _ask_at_the_gate(now: datetime) -> None:
    """What an import does not say of the prisons and the secure unit."""
    for site in Site.objects.filter(name__in=SITES):
        site.asks = Site.Asks.VETTING
        site.notice_days, site.escort_arranged_by = SITES[site.name]
        site.takes_escorted = True
        site.identity_needed = "A passport or a photo driving licence"
        site.phones_allowed = False
        site.save()
        record("site changed", on=site, by=None, now=now, fields=["asks", "notice_days"])
