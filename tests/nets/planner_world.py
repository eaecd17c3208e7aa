"""What is planned: a plan that was worked out, people who were asked from one, somebody kept."""

from typing import Any

from jobs.models import Job
from reviews.planner.models import KeptProposal
from reviews.planner.operations import ASK, WORK_OUT
from reviews.planner.plans import Gap, Line, Plan, Step
from tests.factories import NOW
from tests.nets.growing import day


def add_plans(world: Any) -> None:
    """A plan of each kind for the coordinator, and one of somebody else."""
    world.kept = KeptProposal.objects.create(
        review=world.unasked, reviewer=world.candidate, kept_at=NOW, kept_by=world.coordinator
    )
    world.plan_made = _made(world, world.coordinator)
    world.other.plan_made = _made(world, world.quality_lead)
    world.plan_asked = _asked(world, world.coordinator)
    world.other.plan_asked = _asked(world, world.quality_lead)


def _done(user: Any, kind: str, arguments: dict[str, Any], result: dict[str, Any]) -> Job:
    return Job.objects.create(
        kind=kind, arguments=arguments, asked_by=user, asked_at=NOW, state="done", progress=100,
        finished_at=NOW, result=result,
    )  # fmt: skip


def _made(world: Any, user: Any) -> Job:
    line = Line(
        world.unasked.pk, world.candidate.pk, is_first_visit=True, knows=False, load=0, could_go=2
    )
    gap = Gap(
        world.nobody_ready.pk,
        ready=0,
        one_away={"readiness": 1},
        steps=[Step(world.nobody_ready.pk, 2, {"readiness": 1, "trained": 1}, world.enquirer.pk)],
    )
    plan = Plan([line], [gap], waiting=[world.review.pk], lost=[world.nobody_ready.pk])
    days = {"first": day(1).isoformat(), "last": day(365).isoformat()}
    return _done(user, WORK_OUT, days, plan.as_json())


def _asked(world: Any, user: Any) -> Job:
    refused = {
        "review": world.unasked.pk,
        "person": world.paused.pk,
        "why": "{name} is taking a break.",
    }
    result = {"asked": [[world.review.pk, world.reviewer.pk]], "refused": [refused]}
    return _done(user, ASK, {"lines": []}, result)
