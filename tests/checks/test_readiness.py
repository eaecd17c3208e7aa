from datetime import date, timedelta

import pytest

from checks.models import Condition, SiteClearance
from checks.readiness import Readiness, fits, readiness_of
from reviewers.models import Reviewer
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    ReviewerFactory,
    RoleVariantFactory,
    ServiceFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db


def fit(person, service, trust, on=TODAY):
    condition = fits(service=service, on=on, trust=trust)
    return Reviewer.objects.filter(condition, pk=person.pk).exists()


def approved(person, decision="approved", **assessment):
    check = DBSCheckFactory(reviewer=person, result="disclosure")
    return AssessmentFactory(
        check_made=check,
        decision=decision,
        decided_on=TODAY - timedelta(days=200),
        **{"is_in_force": True, **assessment},
    )


@pytest.mark.parametrize(
    ("held", "asked", "expected"),
    [
        ("enhanced", "enhanced", True),
        ("enhanced", "basic", True),
        ("enhanced with barred lists", "enhanced", True),
        ("enhanced", "enhanced with barred lists", False),
        ("basic", "standard", False),
    ],
)
def test_a_check_does_for_its_level_and_those_below(held, asked, expected, trust):
    person = DBSCheckFactory(level=held).reviewer
    service = ServiceFactory(role_variant=RoleVariantFactory(level=asked))

    assert fit(person, service, trust) is expected


def test_without_a_certificate_nobody_fits(trust):
    person = ReviewerFactory()
    DBSCheckFactory(reviewer=person, result="awaiting", issued_on=None, renewal_due_on=None)

    assert fit(person, ServiceFactory(), trust) is False


@pytest.mark.parametrize(
    ("decision", "in_force", "expected"),
    [
        ("approved", True, True),
        ("approved with conditions", True, True),
        ("not approved", True, False),
        ("approved", False, False),
    ],
)
def test_a_disclosure_waits_for_an_approval_in_force(decision, in_force, expected, trust):
    person = ReviewerFactory()
    approved(person, decision, is_in_force=in_force)

    assert fit(person, ServiceFactory(), trust) is expected


def test_a_newer_disclosure_outweighs_an_old_blank_certificate(trust):
    person = DBSCheckFactory().reviewer
    AssessmentFactory(
        check_made=DBSCheckFactory(reviewer=person, result="disclosure", applied_on=TODAY,
                                   issued_on=TODAY)
    )  # fmt: skip

    assert fit(person, ServiceFactory(), trust) is False


def test_conditions_keep_a_person_from_what_they_name(trust):
    person, here, elsewhere = ReviewerFactory(), ServiceFactory(), ServiceFactory()
    neighbour = ServiceFactory(directorate=here.directorate)
    secure = ServiceFactory(setting="secure")
    assessment = approved(person, "approved with conditions")
    Condition.objects.create(assessment=assessment, not_directorate=here.directorate)
    Condition.objects.create(assessment=assessment, not_setting="secure")

    fitting = [fit(person, each, trust) for each in (here, neighbour, secure, elsewhere)]

    assert fitting == [False, False, False, True]


def test_conditions_that_nobody_knows_allow_no_visit_and_read_like_every_delay(trust):
    slow, unknown = ReviewerFactory(), ReviewerFactory()
    check = approved(unknown, "approved with conditions", is_missing_conditions=True).check_made
    applied = check.applied_on
    DBSCheckFactory(reviewer=slow, applied_on=applied, issued_on=None, result="awaiting")

    told = readiness_of([slow, unknown], on=TODAY, trust=trust)

    assert fit(unknown, ServiceFactory(), trust) is False
    assert set(told.values()) == {Readiness(ready=False, since=applied)}


def test_a_condition_ends_with_its_day(trust):
    person, service = ReviewerFactory(), ServiceFactory()
    assessment = approved(person, "approved with conditions")
    Condition.objects.create(assessment=assessment, not_service=service, until=TODAY)

    assert fit(person, service, trust, on=TODAY) is False
    assert fit(person, service, trust, on=TODAY + timedelta(days=1)) is True


@pytest.mark.parametrize(
    ("rung", "takes_escorted", "expected"),
    [
        (None, True, False),
        ("in progress", True, False),
        ("not at this site for now", True, False),
        ("escorted only", False, False),
        ("escorted only", True, True),
        ("cleared", False, True),
        ("not needed", False, True),
    ],
)
def test_a_site_that_asks_for_more_must_let_the_person_in(rung, takes_escorted, expected, trust):
    person = DBSCheckFactory().reviewer
    site = SiteFactory(asks="vetting", takes_escorted=takes_escorted)
    if rung:
        SiteClearance.objects.create(reviewer=person, site=site, rung=rung, decided_on=TODAY)

    assert fit(person, ServiceFactory(site=site), trust) is expected


def test_a_renewal_that_is_due_warns_until_the_trust_says_that_it_blocks(trust):
    person = DBSCheckFactory(renewal_due_on=TODAY - timedelta(days=1)).reviewer
    service = ServiceFactory()
    assert fit(person, service, trust) is True

    trust.renewal_blocks_from = TODAY + timedelta(days=10)
    assert fit(person, service, trust) is True
    assert fit(person, service, trust, on=TODAY + timedelta(days=10)) is False


def test_every_delay_reads_alike(trust):
    slow, waiting, refused = ReviewerFactory(), ReviewerFactory(), ReviewerFactory()
    applied = date(2026, 1, 5)
    DBSCheckFactory(reviewer=slow, applied_on=applied, issued_on=None, result="awaiting")
    for person, decision in ((waiting, "awaiting"), (refused, "not approved")):
        check = DBSCheckFactory(reviewer=person, applied_on=applied, result="disclosure",
                                issued_on=applied)  # fmt: skip
        AssessmentFactory(
            check_made=check,
            decision=decision,
            decided_on=None if decision == "awaiting" else TODAY,
            is_in_force=decision != "awaiting",
        )

    told = readiness_of([slow, waiting, refused], on=TODAY, trust=trust)

    assert set(told.values()) == {Readiness(ready=False, since=applied)}
    assert told[slow.pk].words == "Checks under way"


@pytest.mark.parametrize("number", [1, 30])
def test_readiness_takes_two_queries_for_any_number(number, trust, django_assert_num_queries):
    people = [DBSCheckFactory().reviewer for _ in range(number)]
    people += [AssessmentFactory().check_made.reviewer for _ in range(number)]

    with django_assert_num_queries(2):
        told = readiness_of(people, on=TODAY, trust=trust)

    assert [each.words for each in told.values()].count("Ready") == number


def test_before_the_interview_no_checks_have_begun(trust):
    person = ReviewerFactory(stage="enquiry")

    assert readiness_of([person], on=TODAY, trust=trust)[person.pk].words == "Checks not started"


@pytest.mark.parametrize(
    ("level", "held", "asked", "expected"),
    [
        ("enhanced", ["adult"], "adult", True),
        ("enhanced", ["adult"], "child", False),
        ("enhanced", ["adult and child"], "child", True),
        ("enhanced", ["adult"], "adult and child", False),
        ("enhanced", ["adult", "child"], "adult and child", True),
        ("enhanced", ["adult and child"], "adult and child", True),
        ("enhanced", ["adult and child"], "other", False),
        ("enhanced", ["other"], "other", True),
        ("standard", ["adult"], "child", True),
    ],
)
def test_a_check_is_of_the_workforce_that_the_role_meets(level, held, asked, expected, trust):
    person = ReviewerFactory()
    for days, workforce in enumerate(held):
        DBSCheckFactory(
            reviewer=person, workforce=workforce, applied_on=TODAY - timedelta(days=400 + days)
        )
    variant = RoleVariantFactory(level=level, workforce=asked)

    assert fit(person, ServiceFactory(role_variant=variant), trust) is expected


def test_somebody_who_goes_accompanied_fits_where_somebody_of_the_trust_goes(trust):
    person, service = ReviewerFactory(), ServiceFactory()
    assessment = approved(person, "approved with conditions")
    Condition.objects.create(assessment=assessment, accompanied_only=True, until=TODAY)

    def fitting(on, *, is_accompanied):
        condition = fits(service=service, on=on, trust=trust, is_accompanied=is_accompanied)
        return Reviewer.objects.filter(condition, pk=person.pk).exists()

    assert fitting(TODAY, is_accompanied=False) is False
    assert fitting(TODAY, is_accompanied=True) is True
    assert fitting(TODAY + timedelta(days=1), is_accompanied=False) is True


def test_an_approval_counts_until_its_day(trust):
    person, service = ReviewerFactory(), ServiceFactory()
    approved(person, approved_until=TODAY)

    assert fit(person, service, trust, on=TODAY) is True
    assert fit(person, service, trust, on=TODAY + timedelta(days=1)) is False
    assert readiness_of([person], on=TODAY, trust=trust)[person.pk].ready is True
    later = TODAY + timedelta(days=1)
    assert readiness_of([person], on=later, trust=trust)[person.pk].ready is False


def test_a_decision_in_force_counts_while_it_is_looked_at_again(trust):
    person, service = ReviewerFactory(), ServiceFactory()
    first = approved(person)
    AssessmentFactory(check_made=first.check_made, round=2)

    assert fit(person, service, trust) is True


def test_a_replaced_decision_no_longer_counts(trust):
    person, service = ReviewerFactory(), ServiceFactory()
    first = approved(person, is_in_force=False, replaced_at=NOW)
    Condition.objects.create(assessment=first, not_service=service)
    AssessmentFactory(
        check_made=first.check_made, round=2, decision="not approved", decided_on=TODAY,
        is_in_force=True,
    )  # fmt: skip

    assert fit(person, service, trust) is False


def test_a_certificate_of_which_something_changed_no_longer_counts(trust):
    person = DBSCheckFactory(
        update_consent_on=TODAY, status_checked_on=TODAY, status_result="changed"
    ).reviewer

    assert fit(person, ServiceFactory(), trust) is False
    found = readiness_of([person], on=TODAY, trust=trust)[person.pk]
    assert (found.words, found.since) == ("Checks under way", TODAY - timedelta(days=350))


def test_who_was_asked_for_an_id_check_is_with_the_checks_team_since_then(trust):
    person = DBSCheckFactory(
        asked_on=TODAY, applied_on=None, issued_on=None, result="awaiting", renewal_due_on=None
    ).reviewer

    found = readiness_of([person], on=TODAY, trust=trust)[person.pk]

    assert (found.words, found.since) == ("Checks under way", TODAY)
