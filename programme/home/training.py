"""Home's lines about training: places that may come free, and who was missed."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from nhsuk.words import nhs_date
from programme.home.work import MOST, Line, Work, work
from training.queries import in_doubt, no_shows
from training.queries.late import GivenUpLate, given_up_late
from training.queries.refreshers import count_refreshers_due

# Of a person, no column that a line does not say: nothing is decrypted for it.
PLACE = ("session__title", "session__held_on", "reviewer__first_name", "reviewer__last_name")
LATELY = timedelta(days=60)  # longer ago, asking why would come as a surprise


def places_to_confirm(user: User, now: datetime) -> Work:
    """Places of people who paused or left, at sessions to come."""
    return work(
        "People with a place at training who may not come",
        in_doubt(localdate(now)),
        lambda each: Line(
            f"{each.place.reviewer}",
            reverse("training:decide", args=[each.place.pk]),
            f"{each.place.session.title}, {nhs_date(each.place.session.held_on)}: {each.why}",
        ),
        all_href=reverse("training:to-confirm"),
        done="Everyone with a place at training can still come.",
    )


def missed(user: User, now: datetime) -> Work:
    """Who did not come to training of late, and whom nobody has got in touch with since."""
    lately = no_shows().filter(session__held_on__gte=localdate(now) - LATELY)
    rows = lately.only(*PLACE).order_by("session__held_on", "pk")[:MOST]
    return work(
        "People who did not come to training",
        rows,
        lambda place: Line(
            f"Get in touch with {place.reviewer}",
            reverse("training:follow-up", args=[place.pk]),
            f"{place.session.title}, {nhs_date(place.session.held_on)}",
        ),
        all_href=reverse("training:no-shows"),
        done="Everyone who did not come to training has heard from us.",
    )


def refreshers(user: User, now: datetime) -> Work:
    """How many people need a refresher, in one line: the page names them."""
    counted = count_refreshers_due(localdate(now))
    due, lapsed = counted["due"], counted["lapsed"]
    people = "1 person needs" if due == 1 else f"{due} people need"
    note = f"for {lapsed} of them training counts no longer" if lapsed else ""
    return work(
        "Refreshers due",
        [Line(f"{people} a refresher", reverse("training:refreshers"), note)] if due else [],
        lambda line: line,
        done="Nobody waits for a place at a refresher.",
    )


def given_up(user: User, now: datetime) -> Work:
    """Places that came free in the last days before a session, and that nobody has taken."""
    return work(
        "Places at training given up in the last days",
        given_up_late(localdate(now)),
        _given_up,
        done="No place at training came free at the last minute.",
    )


def _given_up(each: GivenUpLate) -> Line:
    places = "1 place was" if each.number == 1 else f"{each.number} places were"
    free = "" if each.free is None else f" {each.free} free now."
    return Line(
        f"{each.session.title}, {nhs_date(each.session.held_on)}",
        reverse("training:detail", args=[each.session.pk]),
        f"{places} given up.{free}",
    )
