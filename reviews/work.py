"""Long work of this app: working out a plan of many visits, and asking the people of one."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from jobs.models import Job
from jobs.registry import Progress, register
from organisation.queries import trust_settings
from reviews.planner import operations
from reviews.planner.plans import make_plan
from reviews.planner.queries import asked_since
from reviews.queries import reviews_of
from rules import RuleBroken


def _planner(job: Job) -> User:
    """Who asked for it. Raises RuleBroken where they may not plan any more."""
    if job.asked_by is None or not job.asked_by.may(Permission.PLAN_REVIEWS):
        message = "You cannot plan reviews any more. Ask your administrator."
        raise RuleBroken(message)
    return job.asked_by


def _work_out(job: Job, file: bytes | None, progress: Progress) -> dict[str, Any]:
    plan = make_plan(
        reviews_of(_planner(job)),
        today=timezone.localdate(),
        first=date.fromisoformat(job.arguments["first"]),
        last=date.fromisoformat(job.arguments["last"]),
        trust=trust_settings(),
        progress=progress,
    )
    return plan.as_json()


def _ask(job: Job, file: bytes | None, progress: Progress) -> dict[str, Any]:
    days = {(review, person): day for review, person, day in job.arguments["lines"]}
    lines = list(days)
    before = asked_since(lines, job.asked_at)  # by a worker that did not come to its end
    outcome = operations.accept(
        lines=[line for line in lines if line not in before],
        days=days,
        by=_planner(job),
        now=timezone.now(),
        progress=progress,
    )
    asked = before | set(outcome.asked)
    outcome.asked = [line for line in lines if line in asked]
    return asdict(outcome)


register(
    operations.WORK_OUT,
    _work_out,
    lambda job: reverse("reviews:plan-made", args=[job.pk]),
    title="Working out the plan",
)
register(
    operations.ASK,
    _ask,
    lambda job: reverse("reviews:plan-asked", args=[job.pk]),
    title="Asking people",
)
