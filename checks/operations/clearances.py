"""Where people stand with sites that ask for more than DBS."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from checks import policies
from checks.models import ClearanceTick, SiteClearance
from checks.refusals import Reason, Refused, refusals_recorded
from organisation.models import Site
from reviewers.models import Reviewer
from rules import RuleBroken


@refusals_recorded
@transaction.atomic
def record_clearance(
    *,
    reviewer: Reviewer,
    site: Site,
    rung: str,
    applied_on: date | None,
    decided_on: date | None,
    decided_by: str,
    version: int,
    by: User,
    now: datetime,
    reminded_on: date | None = None,
    told_on: date | None = None,
) -> SiteClearance:
    """Where this person stands with a site that asks for more than DBS. Raises RuleBroken.

    ``version`` is that of the clearance the form was shown for, 0 where there was none. The same
    once more is nothing new.
    """
    policies.check_not_about(reviewer, by)
    if site.asks == Site.Asks.NOTHING:
        message = f"{site} asks for nothing beyond DBS."
        raise RuleBroken(message)
    policies.check_clearance(
        rung=rung,
        applied_on=applied_on,
        reminded_on=reminded_on,
        decided_on=decided_on,
        decided_by=decided_by,
        told_on=told_on,
        today=localdate(now),
    )
    new = {
        "rung": rung,
        "applied_on": applied_on,
        "reminded_on": reminded_on,
        "decided_on": decided_on,
        "decided_by": decided_by,
        "told_on": told_on,
    }
    held = SiteClearance.objects.select_for_update(of=("self",))
    clearance = held.filter(reviewer=reviewer, site=site).first()
    if clearance is not None and all(getattr(clearance, each) == new[each] for each in new):
        return clearance
    policies.check_clearance_version(clearance, version)
    if clearance is None:
        clearance = _begun(SiteClearance(reviewer=reviewer, site=site, **new))
    else:
        for each, value in new.items():
            setattr(clearance, each, value)
        clearance.version += 1
        clearance.save()
    record(
        "recorded a site clearance",
        on=clearance,
        by=by,
        now=now,
        about=reviewer.pk,
        fields=list(new),
    )
    return clearance


def _begun(clearance: SiteClearance) -> SiteClearance:
    """A new clearance. Raises RuleBroken if somebody else records one in this moment."""
    try:
        with transaction.atomic():
            clearance.save()
    except IntegrityError as error:
        message = "Somebody else has recorded this site in this moment. Look at theirs first."
        raise Refused(message, Reason.OLD_FORM) from error
    return clearance


@refusals_recorded
@transaction.atomic
def tick_form_lines(
    *, clearance: SiteClearance, items: Collection[int], version: int, by: User, now: datetime
) -> None:
    """These lines of the site's form are done, by id, and no others. Others' ids count for nothing.

    Nothing is written when nothing changes. Raises RuleBroken for a form that was shown for an
    older ``version`` of the clearance.
    """
    policies.check_not_about(clearance.reviewer, by)
    held = SiteClearance.objects.select_for_update(of=("self",)).get(pk=clearance.pk)
    lines = set(clearance.site.form_items.values_list("pk", flat=True))
    ticked = set(clearance.ticks.values_list("item_id", flat=True))
    wanted = lines & set(items)
    if wanted == ticked:
        return
    policies.check_clearance_version(held, version)
    held.version += 1
    held.save(update_fields=["version"])
    clearance.ticks.exclude(item__in=wanted).delete()
    ClearanceTick.objects.bulk_create(
        ClearanceTick(clearance=clearance, item_id=item, done_on=localdate(now), by=by)
        for item in sorted(wanted - ticked)
    )
    record(
        "ticked a site's form",
        on=clearance,
        by=by,
        now=now,
        about=clearance.reviewer_id,
        fields=["ticks"],
    )
