"""What may have happened to somebody's check, and what the wall is held against.

A case makes one of them in the nets' programme, for ``world.target``.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from checks import operations
from checks.models import RiskAssessment
from organisation.models import Service
from tests import factories as make
from tests.factories import NOW
from tests.nets.growing import day, held

PERSON = "Zora"
Case = Callable[[Any], None]


def someone(world: Any) -> None:
    """A person in every place where checks could show: asked, coming, one step away, searched."""
    world.target = make.ReviewerFactory(
        reference="LXR-ZQ1", first_name=PERSON, last_name="Quist", email="zora@example.org"
    )
    make.PlaceFactory(session=world.session, reviewer=world.target, outcome="attended")
    make.LXROnTeamFactory(
        review=world.confirmed, reviewer=world.target, response="accepted", **held(world.confirmed)
    )
    coming = make.ReviewFactory(service=world.prison_service, visit_on=day(21))
    make.StaffOnTeamFactory(review=coming, staff=world.staff)
    make.LXROnTeamFactory(review=coming, reviewer=world.target, invited_at=NOW, **held(coming))
    world.far_service = make.ServiceFactory(name="Far Clinic", directorate=world.directorate)
    operations.record_application(
        reviewer=world.target, level="enhanced with barred lists", workforce="adult",
        applied_on=day(-40), by=world.checks_officer, now=NOW - timedelta(days=40),
    )  # fmt: skip


def _certificate(world: Any, *, is_blank: bool) -> None:
    operations.record_certificate(
        check=world.target.dbs_checks.get(applied_on=day(-40)), issued_on=day(-12),
        reference_number="001122334455", is_blank=is_blank, trust=world.trust,
        by=world.checks_officer, now=NOW - timedelta(days=10),
    )  # fmt: skip


def _decision(world: Any, decision: str, *services: Service) -> None:
    assessment = RiskAssessment.objects.get(check_made__reviewer=world.target)
    operations.decide(
        assessment=assessment, decision=decision, decided_on=day(-3),
        conditions=operations.Conditions(services=services), review_on=day(20),
        version=assessment.version, by=world.checks_officer, now=NOW - timedelta(days=3),
    )  # fmt: skip


def _approval(world: Any) -> None:
    assessment = RiskAssessment.objects.get(check_made__reviewer=world.target)
    operations.approve(
        assessment=assessment, version=assessment.version, by=world.second_approver,
        now=NOW - timedelta(days=2),
    )  # fmt: skip


def slow(world: Any) -> None:
    """The certificate has not come."""


def disclosed(world: Any) -> None:
    _certificate(world, is_blank=False)


def decided_against(world: Any) -> None:
    disclosed(world)
    _decision(world, "not approved")


def refused(world: Any) -> None:
    decided_against(world)
    _approval(world)


def refused_and_told(world: Any) -> None:
    refused(world)
    assessment = RiskAssessment.objects.get(check_made__reviewer=world.target)
    operations.record_told(
        assessment=assessment, told_on=day(-1), version=assessment.version,
        by=world.checks_officer, now=NOW - timedelta(days=1),
    )  # fmt: skip


def looked_at_again(world: Any) -> None:
    refused_and_told(world)
    assessment = RiskAssessment.objects.get(check_made__reviewer=world.target)
    operations.reconsider(
        assessment=assessment, asked_on=day(-1), version=assessment.version,
        by=world.checks_officer, now=NOW,
    )  # fmt: skip


def approval_waits(world: Any) -> None:
    disclosed(world)
    _decision(world, "approved")


def blank(world: Any) -> None:
    _certificate(world, is_blank=True)


def approved(world: Any) -> None:
    approval_waits(world)
    _approval(world)


def approved_with_conditions_elsewhere(world: Any) -> None:
    disclosed(world)
    _decision(world, "approved with conditions", world.far_service)
    _approval(world)


def settled(world: Any) -> None:
    blank(world)
    operations.settle(
        check=world.target.dbs_checks.get(waiting_since__isnull=False), by=world.checks_officer,
        now=NOW - timedelta(days=9),
    )  # fmt: skip


def _status(world: Any, result: str) -> None:
    operations.record_status_check(
        check=world.target.dbs_checks.get(update_consent_on__isnull=False), checked_on=day(-10),
        result=result, trust=world.trust, by=world.checks_officer, now=NOW - timedelta(days=10),
    )  # fmt: skip


def nothing_changed(world: Any) -> None:
    _status(world, "current")


def something_changed(world: Any) -> None:
    _status(world, "changed")


def changed_and_not_blank(world: Any) -> None:
    """The certificate that was asked for then came, and is not blank either."""
    something_changed(world)
    _certificate(world, is_blank=False)


WAITING: tuple[Case, ...] = (
    disclosed,
    decided_against,
    refused,
    refused_and_told,
    looked_at_again,
    approval_waits,
)
READY: tuple[Case, ...] = (approved, approved_with_conditions_elsewhere)
# Somebody who was ready: before anything came, and whatever came.
CAME: tuple[Case, ...] = (
    something_changed,
    changed_and_not_blank,
    disclosed,
    approval_waits,
    decided_against,
    refused,
    nothing_changed,
)
STAYED: tuple[Case, ...] = (settled, approved, approved_with_conditions_elsewhere)
# What the person themself may not read either, before an officer has told them.
UNTOLD: tuple[Case, ...] = (disclosed, decided_against, refused, approval_waits)


def ready_before(case: Case) -> Case:
    """The case of somebody with a certificate that counts, beside the one that is awaited."""

    @wraps(case)
    def happened(world: Any) -> None:
        make.DBSCheckFactory(
            reviewer=world.target, level="enhanced", applied_on=day(-700), issued_on=day(-680),
            renewal_due_on=day(60), update_consent_on=day(-680), status_due_on=day(5),
            recorded_by=world.checks_officer,
        )  # fmt: skip
        case(world)

    return happened
