"""What this trust shares of its own figures: the same numbers on its page and in its file."""

from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef

from insights.numbers import Share
from insights.partnership.content import SETTINGS, Content
from insights.periods import Period, month_of, whole_months
from insights.queries import people_as_at
from insights.suppression import shown_people
from reviews.models import Review, TeamMember


def own_content(since: date, until: date, *, today: date, now: datetime) -> Content:
    """The figures of whole months, small numbers of people left out.

    People are those of today, over everything before: a day of each period would give away by how
    many they have grown.
    """
    people = shown_people(people_as_at(today), hides_small=True)
    return Content(
        since=month_of(since),
        until=month_of(until),
        as_at=today,
        written_at=now.replace(microsecond=0),
        by_setting=_by_setting(whole_months(since, until, today)),
        activation=people.activation,
    )


def _by_setting(period: Period) -> dict[str, Share]:
    lxrs = TeamMember.objects.lxrs().filter(review=OuterRef("pk"), attended=True)
    counted = (
        Review.objects.completed()
        .filter(visit_on__gte=period.since, visit_on__lte=period.until)
        .order_by()
        .values_list("service__setting")
        .annotate(covered=Count("pk", filter=Exists(lxrs)), completed=Count("pk"))
    )
    found = {setting: Share(covered, completed) for setting, covered, completed in counted}
    return {setting: found.get(setting, Share(0, 0)) for setting in SETTINGS}
