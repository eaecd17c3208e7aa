"""Home's lines about people: who is on their way, and who is trained and has not been anywhere."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from nhsuk.words import nhs_date
from programme.home.work import MOST, Line, Work, work
from reviewers.models import Reviewer, Stage
from reviewers.next_steps import next_steps
from reviewers.recruitment_queries import waiting
from reviews.first_visits.on_home import ToTalkTo, Waiting
from reviews.first_visits.on_home import first_visits as found

BEFORE_ACTIVE = (Stage.ENQUIRY, Stage.INTERVIEW, Stage.CHECKS, Stage.TRAINING)
# Of a person, no column that a line does not say: nothing is decrypted for it.
ON_THE_WAY = (
    "first_name", "last_name", "stage", "stage_since", "role_description_signed_on",
    "signed_version",
)  # fmt: skip


def interested(user: User, now: datetime) -> Work:
    """Who wrote to us on the public page."""
    return work(
        "People who told us they are interested",
        waiting().only("name", "received_at")[:MOST],
        lambda enquiry: Line(
            enquiry.name,
            reverse("reviewers:add-from-enquiry", args=[enquiry.pk]),
            f"since {nhs_date(enquiry.received_at)}",
        ),
        all_href=reverse("reviewers:enquiries"),
        done="Nobody who is interested is waiting for us.",
    )


def on_the_way(user: User, now: datetime) -> Work:
    """People between enquiry and active, the longest at their stage first."""
    rows: Iterable[Reviewer] = list(
        Reviewer.objects.filter(stage__in=BEFORE_ACTIVE)
        .only(*ON_THE_WAY)
        .order_by("stage_since", "pk")[:MOST]
    )
    steps = next_steps(rows, now)
    return work(
        "People on their way to their first visit",
        rows,
        lambda person: Line(
            f"{person}", reverse("reviewers:detail", args=[person.pk]), str(steps[person.pk])
        ),
        all_href=reverse("reviewers:board"),
        done="Nobody is waiting for a next step.",
    )


def first_visits(user: User, now: datetime) -> tuple[Work, Work]:
    """Trained people who have not been on a visit, and those to talk with about their first."""
    waiting, talks = found(user, now, MOST)
    return _never_been(waiting), _to_talk_to(talks)


def _never_been(waiting: list[Waiting]) -> Work:
    """Why, and what comes next; the longest first."""
    return work(
        "Trained people who have not been on a visit",
        waiting,
        lambda each: Line(
            f"{each.person}",
            reverse("reviews:first-visit", args=[each.person.pk]),
            f"{each.standing}. {each.standing.next_step}",
            "Waiting long" if each.standing.stuck_since else "",
        ),
        all_href=reverse("reviews:first-visits"),
        done="Everyone who is trained has been on a visit.",
    )


def _to_talk_to(talks: list[ToTalkTo]) -> Work:
    return work(
        "First visits to talk about",
        talks,
        lambda each: Line(
            f"Talk with {each.person}",
            reverse("reviews:first-visit", args=[each.person.pk]),
            f"first visit on {nhs_date(each.been_on)}",
        ),
        all_href=reverse("reviews:first-visit-talks"),
        done="Nobody waits for a talk about their first visit.",
    )
