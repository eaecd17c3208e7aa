"""The checks of the nets' world. Sensitive columns hold the CANARIES."""

from datetime import timedelta
from typing import Any

from checks.models import ClearanceTick, Condition, SiteClearance
from organisation.models import SiteFormItem
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.nets.canaries import CANARIES


def day(days: int) -> Any:
    """The date so many days from TODAY."""
    return TODAY + timedelta(days=days)


def add_checks(world: Any) -> None:
    """Checks in every state, decisions in every round, and where people stand with a site."""
    world.check = make.DBSCheckFactory(reviewer=world.reviewer, recorded_by=world.checks_officer)
    world.other.check = make.DBSCheckFactory(
        reviewer=world.other.reviewer,
        result="disclosure",
        reference_number=CANARIES["certificate number"],
        update_consent_on=day(-300),
        status_due_on=day(10),
    )
    world.assessment = make.AssessmentFactory(
        check_made=world.other.check,
        decision="approved with conditions",
        decided_on=day(-300),
        decided_by=world.checks_officer,
        approved_by=world.second_approver,
        approved_at=NOW - timedelta(days=299),
        is_in_force=True,
        told_on=day(-298),
        review_on=day(20),
        document_reference=CANARIES["document reference"],
    )
    world.condition = Condition.objects.create(
        assessment=world.assessment, not_setting="secure", until=day(200)
    )
    Condition.objects.create(
        assessment=world.assessment, accompanied_only=True, words=CANARIES["condition"]
    )
    world.disclosed_check = make.DBSCheckFactory(
        reviewer=world.paused, result="disclosure", applied_on=day(-40), issued_on=day(-20)
    )
    world.undecided_assessment = make.AssessmentFactory(
        check_made=world.disclosed_check, opened_on=day(-18)
    )
    world.decided_check = make.DBSCheckFactory(
        reviewer=world.enquirer, result="disclosure", applied_on=day(-90), issued_on=day(-60)
    )
    # Decided by the checks officer; a second person has still to agree.
    world.decided_assessment = make.AssessmentFactory(
        check_made=world.decided_check,
        opened_on=day(-55),
        decision="approved",
        decided_on=day(-5),
        decided_by=world.checks_officer,
    )
    # Came for somebody who was ready, and waits to be settled.
    world.waiting_check = make.DBSCheckFactory(
        reviewer=world.enquirer,
        applied_on=day(-30),
        issued_on=day(-10),
        waiting_since=day(-8),
    )
    # Brought in with conditions that nobody has recorded here.
    world.missing_assessment = make.AssessmentFactory(
        check_made__reviewer=world.enquirer,
        check_made__applied_on=day(-500),
        check_made__issued_on=day(-480),
        opened_on=day(-470),
        decision="approved with conditions",
        decided_on=day(-460),
        is_missing_conditions=True,
        is_in_force=True,
    )
    world.awaiting_check = make.DBSCheckFactory(
        reviewer=world.enquirer,
        applied_on=day(-15),
        issued_on=None,
        result="awaiting",
        renewal_due_on=None,
    )
    world.asked_check = make.DBSCheckFactory(
        reviewer=world.reviewer,
        level="basic",
        asked_on=day(-3),
        id_check_at=NOW + timedelta(days=4),
        id_check_how="in person",
        id_check_place="Market House",
        applied_on=None,
        issued_on=None,
        result="awaiting",
        renewal_due_on=None,
    )
    world.seen_check = make.DBSCheckFactory(
        reviewer=world.candidate,
        asked_on=day(-6),
        documents_seen=["passport"],
        identity_seen_on=day(-5),
        identity_seen_by=world.checks_officer,
        applied_on=None,
        issued_on=None,
        result="awaiting",
        renewal_due_on=None,
    )
    world.form_item = SiteFormItem.objects.create(
        site=world.prison_site, place=1, words="Two references"
    )
    world.clearance = SiteClearance.objects.create(
        reviewer=world.reviewer, site=world.prison_site, applied_on=day(-40)
    )
    world.tick = ClearanceTick.objects.create(
        clearance=world.clearance, item=world.form_item, done_on=day(-30), by=world.checks_officer
    )
    world.other.clearance = SiteClearance.objects.create(
        reviewer=world.other.reviewer,
        site=world.prison_site,
        rung="not at this site for now",
        decided_by="Governor",
        decided_on=day(-20),
    )


def grow_checks(world: Any, reviewer: Any, n: int) -> None:
    """One more of each kind of work, about this reviewer; and more of the person who is opened."""
    check = make.DBSCheckFactory(
        reviewer=reviewer, renewal_due_on=day(n), update_consent_on=day(-300), status_due_on=day(n)
    )
    assert check.state == "blank"
    make.DBSCheckFactory(reviewer=make.ReviewerFactory(), waiting_since=day(-n))
    for level, applied_on in (("basic", None), ("standard", day(-20))):
        make.DBSCheckFactory(
            reviewer=make.ReviewerFactory(),
            level=level,
            asked_on=day(-30),
            applied_on=applied_on,
            issued_on=None,
            result="awaiting",
            renewal_due_on=None,
        )
    SiteClearance.objects.create(reviewer=reviewer, site=world.prison_site, applied_on=day(-90))
    assessment = make.AssessmentFactory(
        check_made__reviewer=reviewer, check_made__applied_on=day(-360)
    )
    assert assessment.decision == "awaiting"
    decided = {"decision": "approved with conditions", "decided_on": day(-9)}
    make.AssessmentFactory(
        **decided,
        check_made__reviewer=make.ReviewerFactory(),
        decided_by=world.checks_officer,
        approved_by=world.second_approver,
        approved_at=NOW,
        is_in_force=True,
        review_on=day(9),
    )
    make.AssessmentFactory(
        **decided,
        check_made__reviewer=make.ReviewerFactory(),
        is_missing_conditions=True,
        is_in_force=True,
    )
    waiting = make.AssessmentFactory(
        **decided,
        check_made__reviewer=world.other.reviewer,
        check_made__applied_on=day(-400 - n),
        check_made__issued_on=day(-390 - n),
    )
    Condition.objects.create(assessment=waiting, not_service=world.service)
    site = make.SiteFactory(asks="own form")
    SiteFormItem.objects.create(site=site, place=1, words="A photo")
    SiteClearance.objects.create(reviewer=world.other.reviewer, site=site)
    SiteClearance.objects.create(reviewer=world.reviewer, site=site)
