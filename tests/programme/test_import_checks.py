"""What an import does to people with more than one check, or with one that moves meanwhile."""

from datetime import date

import pytest

from checks.models import RiskAssessment
from programme.importing import running
from programme.importing.taking import Taking
from reviewers.models import Reviewer
from tests.factories import NOW, AssessmentFactory, DBSCheckFactory, ReviewerFactory, UserFactory
from tests.programme import files
from tests.programme.files import bring_in, sheets, workbook

pytestmark = pytest.mark.django_db

LATER = ["L-3", "enhanced", "2026-02-12", "2026-03-12", "clear", "not needed", ""]
EARLIER = ["L-3", "enhanced", "2025-02-12", "2025-03-12"]


@pytest.fixture
def two_checks() -> Reviewer:
    """Somebody decided against here, by two people; then a blank check that a file brought too."""
    person = ReviewerFactory(reference="L-3")
    earlier, _ = (
        DBSCheckFactory(
            reviewer=person,
            level="enhanced",
            applied_on=date(year, 2, 12),
            issued_on=date(year, 3, 12),
            result=result,
        )
        for year, result in ((2025, "disclosure"), (2026, "clear"))
    )
    AssessmentFactory(
        check_made=earlier,
        decision="not approved",
        decided_on=date(2025, 4, 1),
        decided_by=UserFactory(),
        approved_by=UserFactory(),
        approved_at=NOW,
        is_in_force=True,
    )
    assert bring_in(workbook({"Reviewers": [files.CHECKS[0], LATER]}), taking=Taking.CHECKS).is_good
    return person


@pytest.mark.parametrize(
    "change",
    [
        ["clear", "not needed", ""],
        ["disclosure", "approved", "2025-05-01"],
        ["disclosure", "awaiting", ""],
    ],
)
def test_import_loosens_no_decision_behind_a_later_check(two_checks, change):
    rows = [files.CHECKS[0], [*EARLIER, *change]]
    before = list(two_checks.dbs_checks.values())

    outcome = bring_in(workbook({"Reviewers": rows}), taking=Taking.CHECKS)

    assert [(p.sheet, p.row) for p in outcome.batch.problems.first] == [("Reviewers", 2)]
    assert list(two_checks.dbs_checks.values()) == before
    assert RiskAssessment.objects.get().decision == "not approved"


def test_blanks_leave_what_is_known_of_a_check_behind_a_later_one(two_checks):
    rows = [files.CHECKS[0], [*EARLIER[:3], "2025-03-13", "disclosure", "", ""]]

    assert bring_in(workbook({"Reviewers": rows}), taking=Taking.CHECKS).is_good

    earlier = two_checks.dbs_checks.get(applied_on=date(2025, 2, 12))
    assert earlier.issued_on == date(2025, 3, 13)
    assert earlier.assessments.get().decision == "not approved"


def test_what_was_decided_while_a_file_was_compared_is_not_loosened(monkeypatch):
    bring_in(workbook(sheets()))
    bring_in(workbook({"Reviewers": files.CHECKS}), taking=Taking.CHECKS)
    ada = Reviewer.objects.get(reference="L-1")
    rows = [files.CHECKS[0], [*files.CHECKS[1][:3], "2025-02-13", "clear", "not needed", ""]]

    def decide(*given):
        ada.dbs_checks.update(result="disclosure")
        return real(*given)

    real = running.make_ready
    monkeypatch.setattr(running, "make_ready", decide)
    outcome = bring_in(workbook({"Reviewers": rows}), taking=Taking.CHECKS)

    assert [(p.sheet, p.row) for p in outcome.batch.problems.first] == [("Reviewers", 2)]
    assert ada.dbs_checks.get().result == "disclosure"
