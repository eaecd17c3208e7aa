from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from checks.models import DBSCheck, RiskAssessment, SiteClearance
from checks.operations import record_clearance
from organisation.models import SiteFormItem
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    ReviewerFactory,
    ServiceFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def officer(client_as):
    client = client_as("checks_officer")
    client.post(reverse("checks:purpose"), {"purpose": "recording"})
    return client


@pytest.fixture
def second(client_as):
    client = client_as("second_approver")
    client.post(reverse("checks:purpose"), {"purpose": "approving"})
    return client


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def test_the_purpose_is_asked_first_and_leads_back(client_as):
    client, person = client_as("checks_officer"), ReviewerFactory()
    page = reverse("checks:person", args=[person.pk])

    asked = client.get(page)
    back = client.post(asked.headers["Location"], {"purpose": "question"})

    assert asked.status_code == 302
    assert back.headers["Location"] == page
    assert Event.objects.count() == 0
    client.get(page)
    assert Event.objects.get().why == "question"


def test_the_purpose_page_leads_nowhere_else(client_as):
    client = client_as("checks_officer")

    answer = client.post(
        reverse("checks:purpose") + "?next=https://elsewhere.example/", {"purpose": "chasing"}
    )

    assert answer.headers["Location"] == reverse("checks:list")


def test_a_disclosure_goes_through_two_people_to_an_approval(officer, second, trust):
    person, service = ReviewerFactory(), ServiceFactory(name="Larch Ward")
    officer.post(
        reverse("checks:application", args=[person.pk]),
        {"level": "enhanced", "workforce": "adult", **day("applied_on", TODAY)},
    )
    check = DBSCheck.objects.get()
    officer.post(
        reverse("checks:certificate", args=[check.pk]),
        {
            **day("issued_on", TODAY),
            "reference_number": "001234567890",
            "outcome": "disclosure",
        },
    )
    assessment = RiskAssessment.objects.get()
    officer.post(
        reverse("checks:decide", args=[assessment.pk]),
        {
            "decision": "approved with conditions",
            **day("decided_on", TODAY),
            "not_services": "larch ward".title(),
            "version": assessment.version,
        },
    )
    assessment.refresh_from_db()
    second.post(reverse("checks:approve", args=[assessment.pk]), {"version": assessment.version})

    assessment.refresh_from_db()
    assert (assessment.decision, assessment.is_in_force) == ("approved with conditions", True)
    assert assessment.conditions.get().not_service == service


def test_a_wrong_form_loses_nothing_and_says_what_is_wrong(officer):
    check = DBSCheckFactory(result="awaiting", issued_on=None, renewal_due_on=None)

    page = officer.post(
        reverse("checks:certificate", args=[check.pk]),
        {**day("issued_on", TODAY), "reference_number": "12", "outcome": "blank"},
    ).content.decode()

    assert "Enter the 12 digits of the certificate number" in page
    assert 'value="12"' in page


def test_a_broken_rule_is_told_in_its_own_words(officer):
    check = DBSCheckFactory(
        result="awaiting", issued_on=None, renewal_due_on=None, applied_on=TODAY
    )

    page = officer.post(
        reverse("checks:certificate", args=[check.pk]),
        {
            **day("issued_on", TODAY - timedelta(days=1)),
            "reference_number": "001234567890",
            "outcome": "blank",
        },
    ).content.decode()

    assert "The certificate cannot be issued before the application." in page


@pytest.mark.parametrize(
    ("decision", "told", "words"),
    [
        ("not approved", False, "The checks team is working on this."),
        ("not approved", True, "You cannot go on visits for now."),
        ("approved with conditions", False, "The checks team is working on this."),
        ("approved", False, "This check is complete."),
    ],
)
def test_no_adverse_decision_shows_before_an_officer_told_the_person(
    decision, told, words, client_as
):
    assessment = AssessmentFactory(
        decision=decision,
        decided_on=TODAY,
        is_in_force=True,
        told_on=TODAY if told else None,
    )
    person = assessment.check_made.reviewer

    page = client_as(person.user).get(reverse("own-checks:list")).content.decode()

    assert words in page
    assert "disclosure" not in page.lower()


def test_an_old_approval_form_changes_nothing(second):
    assessment = AssessmentFactory(decision="approved", decided_on=TODAY, version=5)

    page = second.post(
        reverse("checks:approve", args=[assessment.pk]), {"version": 4}, follow=True
    ).content.decode()

    assert "Somebody has changed this assessment since you opened it." in page
    assessment.refresh_from_db()
    assert assessment.is_in_force is False
    assert Event.objects.filter(action="refused: approve", why="an old form").count() == 1


def test_a_check_goes_from_asking_to_the_application(officer):
    person = ReviewerFactory()
    officer.post(
        reverse("checks:ask", args=[person.pk]),
        {"level": "enhanced", "workforce": "adult", **day("asked_on", TODAY)},
    )
    check = DBSCheck.objects.get()
    officer.post(
        reverse("checks:id_check", args=[check.pk]),
        {**day("day", TODAY), "time": "2pm", "how": "video", "place": "We will ring"},
    )
    officer.post(
        reverse("checks:documents", args=[check.pk]),
        {"documents": ["passport"], **day("seen_on", TODAY)},
    )
    officer.post(reverse("checks:apply", args=[check.pk]), day("applied_on", TODAY))
    officer.post(reverse("checks:remind", args=[check.pk]), day("reminded_on", TODAY))

    check.refresh_from_db()
    assert (check.id_check_at.hour, check.documents_seen) == (13, ["passport"])
    assert (check.state, check.reminded_on) == ("applied", TODAY)

    page = officer.post(reverse("checks:withdraw", args=[check.pk]), follow=True).content.decode()
    assert "The application is stopped." in page
    page = officer.post(reverse("checks:withdraw", args=[check.pk]), follow=True).content.decode()
    assert "This application was withdrawn." in page


@pytest.mark.parametrize(
    ("reached_by", "more"),
    [
        ("email", " We write to them that they need not come to the ID check."),
        ("phone", " Please tell them yourself that they need not come to the ID check."),
    ],
)
def test_who_is_expected_for_an_id_check_hears_that_it_is_off(officer, trust, reached_by, more):
    person = ReviewerFactory(preferred_contact=reached_by)
    for days, sentence in ((2, more), (-2, "")):
        check = DBSCheckFactory(
            reviewer=person,
            result="awaiting",
            applied_on=None,
            issued_on=None,
            asked_on=TODAY,
            renewal_due_on=None,
            id_check_at=NOW + timedelta(days=days),
            id_check_how="video",
        )
        address = reverse("checks:withdraw", args=[check.pk])
        told = [str(each) for each in officer.post(address, follow=True).context["messages"]]
        assert told == [f"The application is stopped.{sentence}"]


def test_status_checks_are_recorded_with_consent(officer, trust):
    check = DBSCheckFactory()
    officer.post(reverse("checks:consent", args=[check.pk]), day("consent_on", TODAY))
    officer.post(
        reverse("checks:status", args=[check.pk]),
        {**day("checked_on", TODAY), "result": "current"},
    )
    check.refresh_from_db()
    assert (check.status_result, check.status_checked_on) == ("current", TODAY)

    page = officer.post(reverse("checks:end_consent", args=[check.pk]), follow=True)

    assert "No more status checks will be asked for." in page.content.decode()


def test_an_assessment_has_an_owner_and_is_looked_at_again(officer):
    assessment = AssessmentFactory()
    officer.post(
        reverse("checks:owner", args=[assessment.pk]),
        {"owner": officer.user.pk, "document_reference": "HR-12", "version": 1},
    )
    assessment.refresh_from_db()
    assert (assessment.owner, assessment.document_reference) == (officer.user, "HR-12")

    in_force = AssessmentFactory(decision="approved", decided_on=TODAY, is_in_force=True)
    officer.post(
        reverse("checks:reconsider", args=[in_force.pk]), {**day("asked_on", TODAY), "version": 1}
    )
    assert in_force.check_made.assessments.get(round=2).is_open


def test_a_clearance_is_changed_and_its_form_is_ticked(officer):
    site = SiteFactory(name="Northgate", asks="own form")
    items = [
        SiteFormItem.objects.create(site=site, place=place, words=words)
        for place, words in enumerate(("A photo", "A letter"), start=1)
    ]
    stands = SiteClearance.objects.create(
        reviewer=ReviewerFactory(), site=site, applied_on=TODAY - timedelta(days=30)
    )
    for _ in range(2):
        officer.post(
            reverse("checks:ticks", args=[stands.pk]), {"items": [items[0].pk], "version": 1}
        )
    assert [tick.item for tick in stands.ticks.all()] == [items[0]]
    assert Event.objects.filter(action="ticked a site's form").count() == 1

    url = reverse("checks:clearance_change", args=[stands.pk])
    given = {"rung": "cleared", **day("applied_on", TODAY), **day("decided_on", TODAY)}
    page = officer.post(url, {**given, "decided_by": "other", "decided_by_other": "Anyone"})
    assert "changed this clearance since you opened it" in page.content.decode()
    given["version"] = "2"
    page = officer.post(url, {**given, "decided_by": "other"}).content.decode()
    assert "Enter who decided" in page
    officer.post(url, {**given, "decided_by": "other", "decided_by_other": "The police"})

    stands.refresh_from_db()
    assert (stands.rung, stands.decided_by) == ("cleared", "The police")
    assert 'value="The police"' in officer.get(url).content.decode()
    page = officer.get(reverse("checks:person", args=[stands.reviewer_id])).content.decode()
    assert "1 of 2 done" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"rung": "in progress", "decided_by": "HMPPS"}, "nobody has decided"),
        ({"rung": "cleared", **day("decided_on", TODAY)}, "Say who decided."),
        ({"rung": "not needed", **day("decided_on", TODAY)}, "Say who decided."),
        ({"rung": "not needed", "decided_by": "HMPPS"}, "Give the day the site decided."),
        ({"rung": "in progress", **day("reminded_on", TODAY)}, "reminder must be after"),
        (
            {
                "rung": "cleared",
                "decided_by": "HMPPS",
                **day("decided_on", TODAY),
                **day("told_on", TODAY - timedelta(days=1)),
            },
            "day you told them cannot be before",
        ),
    ],
)
def test_a_clearance_that_makes_no_sense_is_refused(given, sentence, officer):
    site = SiteFactory(asks="vetting")
    url = reverse("checks:clearance", args=[ReviewerFactory().pk])

    page = officer.post(url, {"site": site.pk, **given}).content.decode()

    assert sentence in page
    assert SiteClearance.objects.count() == 0


def test_a_site_that_asks_for_nothing_needs_no_clearance(officer):
    with pytest.raises(RuleBroken, match="asks for nothing beyond DBS"):
        record_clearance(
            reviewer=ReviewerFactory(),
            site=SiteFactory(),
            rung="cleared",
            applied_on=None,
            decided_on=TODAY,
            decided_by="Site",
            version=0,
            by=officer.user,
            now=NOW,
        )


def test_words_about_company_go_with_their_condition(officer):
    page = officer.post(
        reverse("checks:decide", args=[AssessmentFactory().pk]),
        {
            "decision": "approved with conditions",
            **day("decided_on", TODAY),
            "not_settings": ["prison"],
            "words": "With a nurse",
            "version": 1,
        },
    ).content.decode()

    assert "Tick that they go only with somebody of the trust" in page
