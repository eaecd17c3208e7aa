"""What came of asking people, in totals by month, directorate and kind of service. One query."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q

from insights.counting import FirstOfMonth
from insights.forecast.chances import Answers, Cell, Tally
from organisation.models import Service
from reviews.models import Review, TeamMember

DAYS_TO_ASK_ANOTHER = 2  # who gives a visit back later than this leaves no time for it
Months = Mapping[date, Mapping[Cell, Answers]]

_Response = TeamMember.Response


def answers_by_month(*, since: date) -> Months:
    """The answers about visits that took place since a day, by the month of the visit.

    Invitations that the team took back are nobody's answer; no answer at all is not a yes.
    """
    accepted = Q(response=_Response.ACCEPTED)
    gave_back = Q(response=_Response.WITHDRAWN)
    last_day = F("review__visit_on") - timedelta(days=DAYS_TO_ASK_ANOTHER)
    late = gave_back & Q(answered_at__date__gt=last_day)
    rows: Any = (
        TeamMember.objects.lxrs()
        .filter(review__status__in=Review.VISITED, review__visit_on__gte=since, taken_back="")
        .order_by()
        .values(
            month=FirstOfMonth("review__visit_on"),
            directorate=F("review__service__directorate"),
            setting=F("review__service__setting"),
        )
        .annotate(
            asked=Count("pk"),
            yes=Count("pk", filter=accepted | gave_back),
            late=Count("pk", filter=late),
            given_back=Count("pk", filter=gave_back),
            came=Count("pk", filter=accepted & Q(attended=True)),
            recorded=Count("pk", filter=accepted & Q(attended__isnull=False)),
        )
    )
    found: dict[date, dict[Cell, Answers]] = defaultdict(dict)
    for row in rows:
        cell = (row["directorate"], row["setting"] in Service.HARDER_TO_REACH)
        of_month = found[row["month"]]
        of_month[cell] = of_month.get(cell, Answers()) + Answers(
            said_yes=Tally(row["yes"], row["asked"]),
            kept=Tally(row["yes"] - row["given_back"] + row["late"], row["yes"]),
            came=Tally(row["came"], row["recorded"] + row["late"]),
        )
    return found


def answers_before(months: Months, day: date | None = None) -> dict[Cell, Answers]:
    """The answers of the months before that of a day; of all months without one."""
    found: dict[Cell, Answers] = {}
    for month, cells in months.items():
        if day is None or month < day.replace(day=1):
            for cell, answers in cells.items():
                found[cell] = found.get(cell, Answers()) + answers
    return found
