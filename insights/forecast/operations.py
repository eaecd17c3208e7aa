"""Working the forecast out, as a job or each night, and keeping the latest."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from insights.forecast.chances import total
from insights.forecast.findings import Findings, as_kept
from insights.forecast.gathering import gather
from insights.forecast.lives import lead_times
from insights.forecast.outlook import look_ahead
from insights.forecast.past import hold_out
from insights.models import Forecast
from jobs import operations as jobs
from jobs.models import Job
from jobs.queries import jobs_of
from organisation.queries import trust_settings

KIND = "work out the forecast"
GATHERED, LOOKED_AHEAD = 10, 80  # per cent done by then


def ask_for_forecast(*, by: User, now: datetime) -> Job:
    """Have the forecast worked out anew. Asked again while that goes on, it is the same job."""
    going_on = jobs_of(by).unfinished().filter(kind=KIND).first()
    return going_on or jobs.ask(kind=KIND, by=by, now=now)


def make_forecast(
    *, now: datetime, progress: Callable[[int, str], None] = lambda per_cent, step: None
) -> Forecast:
    """Work it out as at now, and keep it in place of the one before."""
    today = localdate(now)
    progress(0, "Counting visits, answers and people")
    gathered = gather(today=today, trust=trust_settings())

    def report(done: int, of: int) -> None:
        share = GATHERED + (LOOKED_AHEAD - GATHERED) * done // of
        progress(share, "Playing the coming year many times")

    outlook = look_ahead(gathered.programme, progress=report)
    progress(LOOKED_AHEAD, "Holding it against the past")
    findings = Findings(
        outlook=outlook,
        held=hold_out(gathered.cuts),
        steps=gathered.steps,
        lead=lead_times(gathered.lives, today),
        answers=total(gathered.programme.answers),
        visits_a_month=gathered.programme.visits_a_month,
        rest_days=gathered.programme.rest_days,
    )
    with transaction.atomic():
        made = Forecast.objects.create(as_at=today, made_at=now, found=as_kept(findings))
        Forecast.objects.exclude(pk=made.pk).delete()
    return made
