"""What an import does: all of it once, nothing twice, and never over what was edited here."""

from datetime import date

import pytest

from accounts.models import User
from audit.models import Event
from checks.models import DBSCheck, RiskAssessment
from checks.queries import conditions_to_record
from checks.readiness import fits
from feedback.models import Answer, Remark
from feedback.operations import change_permission
from notifications.models import Message
from organisation.models import Service, ServiceContact, StaffMember
from programme.importing import running
from programme.importing.problems import FileRefused
from programme.importing.taking import Taking
from programme.models import ImportedRow
from reviewers.models import AccessNeed, Reviewer, StageChange
from reviews.models import ChangedMonth, Review, TeamMember
from tests.factories import NOW, TODAY, UserFactory
from tests.programme import files
from tests.programme.files import bring_in, look_at, problems, sheets, with_cell, workbook
from training.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> None:
    """The small programme, with its checks, brought in."""
    bring_in(workbook(sheets()))
    bring_in(workbook({"Reviewers": files.CHECKS}), taking=Taking.CHECKS)


def changed(outcome):
    return {name: each["changed"] for name, each in outcome.counts.items() if each["changed"]}


def kept(outcome):
    return [(each.sheet, each.row, each.column) for each in outcome.plan.kept]


def test_everything_arrives(here):
    gate = Service.objects.get(name="Gate Clinic")
    assert (gate.site.asks, gate.role_variant.level) == ("vetting", "enhanced")
    assert ServiceContact.objects.get().email == "pat@example.org"
    ada, bo = Reviewer.objects.order_by("reference")
    assert (ada.joined_on, ada.preferred_contact) == (date(2025, 1, 10), "email")
    assert (bo.joined_on, bo.preferred_contact) == (date(2025, 2, 10), "phone")
    assert [each.stage_since for each in (ada, bo)] == [ada.joined_on, bo.joined_on]
    assert [each.service for each in ada.exclusions.all()] == [gate]
    assert list(StageChange.objects.values_list("to_stage", flat=True).order_by("to_stage")) == [
        "active",
        "training",
    ]
    assert Place.objects.get().outcome == "attended"
    assert Review.objects.get(reference="R-1").gap_reason == ""
    asked = TeamMember.objects.get(review__reference="R-2", reviewer=ada)
    assert asked.holds_until.hour == 14  # 15:30 in London's summer
    assert TeamMember.objects.filter(role="lead").count() == 3
    assert set(Answer.objects.values_list("how", "quote_as")) == {
        ("imported", "anonymous"),
        ("imported", "no"),
    }
    assert DBSCheck.objects.get(reviewer=ada).renewal_due_on == date(2028, 2, 12)
    assert RiskAssessment.objects.get().is_in_force
    assert ChangedMonth.objects.filter(month=date(2025, 6, 1)).exists()


def test_nobody_gets_an_account_or_a_message(here):
    assert User.objects.count() == Message.objects.count() == 0


def test_the_same_file_again_changes_nothing(here):
    events = Event.objects.count()
    outcome = bring_in(workbook(sheets()))
    assert {(each["new"], each["changed"]) for each in outcome.counts.values()} == {(0, 0)}
    assert Event.objects.count() == events
    assert kept(outcome) == []


def test_changed_file_updates_by_key_in_any_case(here):
    rows = with_cell(files.REVIEWERS, 2, "Last name", "Reid-Jones")
    rows = with_cell(rows, 2, "Reference", "l-1")
    rows = with_cell(rows, 2, "Stage", "paused")
    assert changed(bring_in(workbook({"Reviewers": rows}))) == {"Reviewers": 1}
    ada = Reviewer.objects.get(reference="L-1")
    assert (ada.last_name, ada.stage) == ("Reid-Jones", "paused")
    assert ada.stage_changes.first().from_stage == "active"


def test_who_left_by_the_file_cannot_sign_in_any_more(here):
    user = UserFactory(roles=["lxr"])
    Reviewer.objects.filter(reference="L-1").update(user=user)

    bring_in(workbook({"Reviewers": with_cell(files.REVIEWERS, 2, "Stage", "left")}))

    user.refresh_from_db()
    assert not user.is_active
    assert Event.objects.filter(action="closed account", object_id=str(user.pk)).exists()


def test_blank_takes_nothing_away(here):
    rows = with_cell(files.REVIEWERS, 2, "Phone", "")
    rows = with_cell(rows, 2, "Not to visit", "")
    assert changed(bring_in(workbook({"Reviewers": rows}))) == {}
    assert Reviewer.objects.get(reference="L-1").exclusions.count() == 1


def test_portal_edit_is_kept_and_listed(here):
    Reviewer.objects.filter(reference="L-1").update(phone="07700 900999")
    rows = with_cell(files.REVIEWERS, 2, "First name", "Adah")
    outcome = bring_in(workbook({"Reviewers": rows}))
    assert kept(outcome) == [("Reviewers", 2, "Phone")]
    ada = Reviewer.objects.get(reference="L-1")
    assert (ada.first_name, ada.phone) == ("Adah", "07700 900999")
    assert kept(bring_in(workbook({"Reviewers": rows}))) == [("Reviewers", 2, "Phone")]


def people_who_know(row):
    """The sheet of people, with what they know."""
    heads = [*files.REVIEWERS[0], "Experience", "Experience of", "Support needs"]
    return [heads, [*files.REVIEWERS[1], *row], [*files.REVIEWERS[2], "", "", ""]]


def bring_in_people(*row):
    return bring_in(workbook(sheets() | {"Reviewers": people_who_know(row)}))


def experiences(reviewer):
    found = reviewer.experiences.order_by("directorate__name")
    return [(str(each.directorate), each.kind, each.consented_at) for each in found]


@pytest.mark.parametrize(("overall", "kind"), [("carer", "carer"), ("both", ""), ("", "")])
def test_experience_arrives_without_consent(here, overall, kind):
    bring_in_people(overall, "Community; Forensic", "")
    ada = Reviewer.objects.get(reference="L-1")
    assert experiences(ada) == [("Community", kind, None), ("Forensic", kind, None)]


def test_no_file_takes_away_what_the_person_agreed_to(here):
    bring_in_people("carer", "Community; Forensic", "")
    ada = Reviewer.objects.get(reference="L-1")
    ada.experiences.filter(directorate__name="Forensic").update(
        consented_at=NOW, consent_how="online"
    )
    bring_in_people("carer", "Community", "")
    assert experiences(ada) == [("Community", "carer", None), ("Forensic", "carer", NOW)]


def test_words_that_a_file_changes_are_shared_no_longer(here):
    bring_in_people("", "", "Large print")
    ada = Reviewer.objects.get(reference="L-1")
    need = AccessNeed.objects.create(reviewer=ada, kind="other", is_shared=True)
    bring_in_people("", "", "Large print, and breaks")
    need.refresh_from_db()
    assert need.is_shared is False


def test_row_taken_out_in_the_portal_stays_out(here):
    TeamMember.objects.filter(review__reference="R-2", role="lxr").delete()
    outcome = bring_in(workbook(sheets()))
    assert [(sheet, row) for sheet, row, _ in kept(outcome)] == [("Teams", 4)]
    assert not TeamMember.objects.filter(review__reference="R-2", role="lxr").exists()


def test_moved_visit_moves_its_peoples_day_and_marks_both_months(here):
    ChangedMonth.objects.all().delete()
    rows = with_cell(files.REVIEWS, 3, "Visit on", "2026-08-03")
    bring_in(workbook({"Reviews": rows}))
    asked = TeamMember.objects.get(review__reference="R-2", role="lxr")
    assert asked.holds_from.date() == date(2026, 8, 3)
    assert {each.month.month for each in ChangedMonth.objects.all()} == {7, 8}


def test_service_in_another_setting_marks_its_months(here):
    ChangedMonth.objects.all().delete()
    bring_in(workbook({"Services": with_cell(files.SERVICES, 2, "Setting", "inpatient")}))
    service = Service.objects.get(name="Elm Team")
    assert service.setting == "inpatient"
    assert set(ChangedMonth.objects.values_list("month", "directorate")) == {
        (review.visit_on.replace(day=1), service.directorate_id) for review in service.reviews.all()
    }


def test_new_lead_takes_over_and_the_old_one_stays_as_staff(here):
    rows = with_cell(files.REVIEWS, 3, "Lead", "Kim Shaw")
    bring_in(workbook({"Reviews": rows}))
    team = TeamMember.objects.filter(review__reference="R-2", staff__isnull=False)
    assert dict(team.values_list("staff__name", "role")) == {
        "Lee Grant": "staff",
        "Kim Shaw": "lead",
    }


def test_completed_review_without_an_lxr_has_its_reason_not_recorded():
    bring_in(workbook(sheets(Teams=files.TEAMS[:2], Feedback=None)))
    assert Review.objects.get(reference="R-1").gap_reason == "not recorded"


def test_changed_words_lose_their_approval(here):
    remark, rows = Remark.objects.get(answer__audience="team"), files.FEEDBACK
    for column, value in (("Comment", "Other words"), ("May quote", "no")):
        Remark.objects.update(approved_at=files.NOW)
        rows = with_cell(rows, 2, column, value)
        bring_in(workbook({"Feedback": rows}))
        remark = Remark.objects.select_related("answer").get(pk=remark.pk)
        assert remark.approved_at is None, column
    assert (remark.text, remark.answer.quote_as) == ("Other words", "no")


def test_a_comment_that_comes_later_is_added(here):
    Remark.objects.all().delete()
    ImportedRow.objects.filter(sheet="Feedback").delete()
    bring_in(workbook({"Feedback": files.FEEDBACK}))
    assert Remark.objects.filter(answer__audience="team").count() == 1
    assert Answer.objects.filter(audience="team").count() == 1


def test_permission_that_was_withdrawn_here_stays_withdrawn(here):
    answer = Answer.objects.get(audience="team")
    change_permission(answer=answer, quote_as="no", by=None, now=files.NOW)
    bring_in(workbook({"Feedback": files.FEEDBACK}))
    answer.refresh_from_db()
    assert answer.quote_as == "no"


def both(row: int = 2, column: str = "DBS result", value: str = "clear") -> list[list]:
    """Reviewers with their check columns."""
    checks = with_cell(files.CHECKS, row, column, value)
    return [[*one, *two[1:]] for one, two in zip(files.REVIEWERS, checks, strict=True)]


def test_check_columns_are_skipped_for_everybody_else(user_as):
    bring_in(workbook(sheets()))
    outcome = bring_in(workbook({"Reviewers": both(value="nonsense")}), taking=Taking.PROGRAMME)
    assert outcome.batch.skipped == ["the check columns, which a checks officer brings in"]
    assert outcome.counts == {"Reviewers": {"new": 0, "changed": 0, "unchanged": 2}}
    assert DBSCheck.objects.count() == 0


def test_checks_officer_brings_in_checks_and_nothing_else(user_as):
    bring_in(workbook(sheets()))
    rows = both()
    rows[1][1] = "Somebody else"
    content = workbook(sheets(Reviewers=rows, Staff=[["Name"], ["New Person"]]))
    outcome = bring_in(content, taking=Taking.CHECKS, by=user_as("checks_officer"))
    assert outcome.counts == {"Reviewers": {"new": 0, "changed": 2, "unchanged": 0}}
    assert DBSCheck.objects.count() == 2
    assert Reviewer.objects.get(reference="L-1").first_name == "Ada"
    assert not StaffMember.objects.filter(name="New Person").exists()
    assert Event.objects.filter(action="check imported", person_id__isnull=False).count() == 2


@pytest.mark.parametrize("decision", ["awaiting", "approved", "as it is"])
def test_a_checks_officer_brings_in_nothing_about_themselves(here, user_as, decision):
    officer = user_as("checks_officer", "lxr")
    Reviewer.objects.filter(reference="L-2").update(user=officer)
    before = list(RiskAssessment.objects.values())
    rows = [files.CHECKS[0], [*files.CHECKS[2][:5], decision, ""]]
    if decision == "as it is":
        rows[1] = files.CHECKS[2]

    outcome = bring_in(workbook({"Reviewers": rows}), taking=Taking.CHECKS, by=officer)

    assert outcome.batch.skipped == [
        "the check columns of your own row, which somebody else brings in"
    ]
    assert outcome.counts == {"Reviewers": {"new": 0, "changed": 0, "unchanged": 1}}
    assert list(RiskAssessment.objects.values()) == before


def test_an_approval_with_restrictions_allows_no_visit_until_they_are_known(here, trust):
    rows = [files.CHECKS[0], [*files.CHECKS[1][:4], "disclosure", "approved with restrictions",
                              "2025-03-01"]]  # fmt: skip
    service = Service.objects.get(name="Elm Team")
    may_go = Reviewer.objects.filter(fits(service=service, on=TODAY, trust=trust))
    assert may_go.filter(reference="L-1").exists()

    outcome = bring_in(workbook({"Reviewers": rows}), taking=Taking.CHECKS)

    assert outcome.is_good
    assert not may_go.filter(reference="L-1").exists()
    [waiting] = conditions_to_record()
    assert waiting.reviewer.reference == "L-1"


def test_checks_officer_makes_nobody():
    outcome = look_at(workbook({"Reviewers": files.CHECKS}), taking=Taking.CHECKS)
    assert [row for _, row, _, _ in problems(outcome)] == [2, 3]


@pytest.mark.parametrize(
    "change",
    [
        ["enhanced", "2025-02-12", "2025-03-12", "disclosure", "approved", "2025-05-01"],
        ["enhanced", "2025-02-12", "2025-03-12", "disclosure", "awaiting", ""],
        ["enhanced", "2025-02-12", "2025-03-12", "clear", "not needed", ""],
        ["enhanced", "2026-02-12", "2026-03-12", "clear", "not needed", ""],
    ],
)
@pytest.mark.parametrize("taking", [Taking.CHECKS, Taking.ALL])
def test_import_never_loosens_a_decision(here, change, taking):
    rows = [files.CHECKS[0], ["L-2", *change]]
    if taking is Taking.ALL:
        rows = [[*one, *two[1:]] for one, two in
                zip([files.REVIEWERS[0], files.REVIEWERS[2]], rows, strict=True)]  # fmt: skip
    outcome = bring_in(workbook({"Reviewers": rows}), taking=taking)
    assert [p.sheet for p in outcome.batch.problems.first] == ["Reviewers"]
    assert RiskAssessment.objects.get().decision == "not approved"


def test_import_may_tighten(here):
    disclosed = ["L-1", "enhanced", "2025-01-12", "2025-02-12", "disclosure", "awaiting", ""]
    rows = [files.CHECKS[0], disclosed]
    outcome = bring_in(workbook({"Reviewers": rows}), taking=Taking.CHECKS)
    assert changed(outcome) == {"Reviewers": 1}
    check = DBSCheck.objects.get(reviewer__reference="L-1")
    assert check.assessments.get().decision == "awaiting"


def test_programme_that_moves_meanwhile_is_compared_again(here, monkeypatch):
    real, calls = running._hold_writers, []

    def meddle():
        calls.append(1)
        if len(calls) == 1:
            StaffMember.objects.create(name="Late Comer")
        real()

    monkeypatch.setattr(running, "_hold_writers", meddle)
    rows = [["Name", "Email"], ["Nia Moss", ""]]
    assert changed(bring_in(workbook({"Staff": rows}))) == {}
    assert len(calls) == 2
    assert StaffMember.objects.filter(name="Nia Moss").count() == 1


def test_programme_that_never_rests_stores_nothing(here, monkeypatch):
    count = iter(range(100))
    monkeypatch.setattr(
        running, "_hold_writers", lambda: ImportedRow.objects.create(
            sheet="x", key=str(next(count)), digests={}
        ),
    )  # fmt: skip
    with pytest.raises(FileRefused, match="Try again"):
        bring_in(workbook({"Staff": [["Name"], ["Nia Moss"]]}))
    assert not StaffMember.objects.filter(name="Nia Moss").exists()
