"""What a person told us: when they can come, and where they would rather not go. Never why."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from organisation.models import Directorate, Service
from reviewers import policies
from reviewers.how import How
from reviewers.models import Exclusion, Reviewer, TimeAway
from reviewers.operations.recording import locked, record_on


@transaction.atomic
def set_availability(
    *,
    reviewer: Reviewer,
    weekdays: Collection[int],
    visits_a_month: int,
    first_visit_anywhere: bool,
    by: User,
    now: datetime,
    how: How | None = None,
) -> Reviewer:
    """The weekdays (0 is Monday) they can come, how often, and whether a first visit is anywhere.

    Visits they said yes to stay as they are.
    """
    held = locked(reviewer)
    values = {
        "available_weekdays": sum(1 << day for day in set(weekdays)),
        "visits_a_month": visits_a_month,
        "first_visit_anywhere": first_visit_anywhere,
    }
    changed = [name for name, value in values.items() if getattr(held, name) != value]
    if changed:
        for name in changed:
            setattr(held, name, values[name])
        held.save(update_fields=changed)
        record_on(held, "changed availability", by=by, now=now, fields=changed, how=how)
    return held


@transaction.atomic
def add_time_away(
    *,
    reviewer: Reviewer,
    starts_on: date,
    ends_on: date,
    by: User,
    now: datetime,
    how: How | None = None,
) -> TimeAway:
    """Days on which they cannot come, both included. Saying it twice is saying it once.

    Raises RuleBroken for days past or the wrong way round.
    """
    held = locked(reviewer)
    policies.check_can_be_away(
        starts_on=starts_on, ends_on=ends_on, today=localdate(now), held=held.times_away.count()
    )
    away, is_new = TimeAway.objects.get_or_create(
        reviewer=held, starts_on=starts_on, ends_on=ends_on
    )
    if is_new:
        record_on(held, "added time away", by=by, now=now, fields=["times_away"], how=how)
    return away


@transaction.atomic
def remove_time_away(
    *, reviewer: Reviewer, away_id: int, by: User, now: datetime, how: How | None = None
) -> None:
    """They can come on those days after all. Removing what is gone changes nothing."""
    held = locked(reviewer)
    removed, _ = held.times_away.filter(pk=away_id).delete()
    if removed:
        record_on(held, "removed time away", by=by, now=now, fields=["times_away"], how=how)


@transaction.atomic
def set_exclusions(
    *,
    reviewer: Reviewer,
    directorate: Directorate,
    services: Collection[Service],
    by: User,
    now: datetime,
    how: How | None = None,
) -> None:
    """Of this directorate's services, exactly these are never asked of them. Why is not asked."""
    held = locked(reviewer)
    wanted = {service.pk for service in services if service.directorate_id == directorate.pk}
    here = held.exclusions.filter(service__directorate=directorate)
    there = set(here.values_list("service_id", flat=True))
    if wanted == there:
        return
    here.exclude(service_id__in=wanted).delete()
    Exclusion.objects.bulk_create(
        Exclusion(reviewer=held, service_id=pk) for pk in sorted(wanted - there)
    )
    record_on(held, "changed exclusions", by=by, now=now, fields=["exclusions"], how=how)
