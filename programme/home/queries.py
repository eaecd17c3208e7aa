"""What needs doing for one user, in the order of the page."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import User
from accounts.permissions import Permission
from programme.home import answers, messages, people, reports, training, visits
from programme.home.work import Work

# One that finds two kinds at once gives both, so that what they share is read once.
Kind = Callable[[User, datetime], Work | tuple[Work, ...]]

COORDINATION: tuple[Kind, ...] = (
    answers.concerns,
    visits.drop_outs,
    visits.without_an_lxr,
    visits.may_not_go,
    visits.questions,
    visits.requests,
    visits.without_answer,
    messages.by_hand,
    messages.not_arrived,
    messages.cannot_reach,
    people.interested,
    visits.to_record,
    answers.comments_to_read,
    answers.without_feedback,
    reports.reports_to_approve,
    people.on_the_way,
    people.first_visits,
    training.places_to_confirm,
    training.missed,
    training.given_up,
    training.refreshers,
    visits.without_contact,
)
LEADING: tuple[Kind, ...] = (visits.to_record, visits.own_coming)


def work_of(user: User, now: datetime) -> list[Work]:
    """What this user has to do, in the order of the page. A fixed number of queries."""
    kinds: tuple[Kind, ...] = ()
    if user.may(Permission.PLAN_REVIEWS):
        kinds = COORDINATION
    elif user.may(Permission.RECORD_OWN_VISITS):
        kinds = LEADING
    found = [kind(user, now) for kind in kinds]
    return [each for some in found for each in (some if isinstance(some, tuple) else (some,))]
