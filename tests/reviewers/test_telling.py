"""What a person needs, knows and wants in an emergency: told, shared, kept and taken back."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from organisation.models import TrustSettings
from reviewers import operations
from reviewers.how import How
from reviewers.models import AccessNeed, Experience
from rules import RuleBroken
from tests.factories import NOW, DirectorateFactory, ReviewerFactory, UserFactory


@pytest.fixture
def reviewer(db):
    """Someone active, with an account."""
    TrustSettings.objects.get_or_create(pk=1)
    return ReviewerFactory(first_name="Ada", last_name="Okoro")


@pytest.fixture
def directorate(db):
    """A kind of service."""
    return DirectorateFactory(name="Community Services")


def events(reviewer):
    """What the audit keeps about this person, oldest first."""
    found = Event.objects.filter(person_id=reviewer.pk).order_by("id")
    return [(each.action, each.fields, each.why) for each in found]


def need(reviewer, *kinds, words="", **more):
    operations.set_access_needs(
        reviewer=reviewer, kinds=kinds, words=words, by=reviewer.user, now=NOW, **more
    )


def share(reviewer, *kinds):
    operations.share_needs(reviewer=reviewer, kinds=kinds, by=reviewer.user, now=NOW)


def needs(reviewer):
    """Each need, and whether it is shared."""
    return dict(reviewer.needs.values_list("kind", "is_shared"))


def test_needs_are_kept_and_their_words_stay_out_of_the_audit(reviewer):
    for _ in range(2):
        need(reviewer, "large print", "breaks", words=" A quiet room ", how=How.PAPER)
    reviewer.refresh_from_db()
    assert reviewer.access_needs == "A quiet room"
    assert needs(reviewer) == {"large print": False, "breaks": False, "other": False}
    assert events(reviewer) == [("changed access needs", ["access_needs", "needs"], "paper")]


def test_needs_that_are_no_longer_there_go_with_their_sharing(reviewer):
    need(reviewer, "bsl", "breaks")
    share(reviewer, "bsl", "breaks")
    need(reviewer, "breaks")
    assert needs(reviewer) == {"breaks": True}
    need(reviewer)
    assert needs(reviewer) == {}


def test_something_else_needs_its_words(reviewer):
    with pytest.raises(RuleBroken, match="Write what it is"):
        need(reviewer, "other", words=" ")
    assert events(reviewer) == []


def test_words_that_changed_are_shared_no_longer(reviewer):
    need(reviewer, "breaks", words="A quiet room")
    share(reviewer, "breaks", "other")
    need(reviewer, "breaks", words="A quiet room, and my medicine at noon")
    assert needs(reviewer) == {"breaks": True, "other": False}


def test_only_needs_they_have_are_shared(reviewer):
    need(reviewer, "breaks", "bsl")
    for _ in range(2):
        share(reviewer, "breaks", "large print", "other")
    assert needs(reviewer) == {"breaks": True, "bsl": False}
    assert events(reviewer)[1:] == [("changed who may know", ["needs"], "")]


def test_words_of_an_import_can_be_shared(reviewer):
    type(reviewer).objects.filter(pk=reviewer.pk).update(access_needs="Large print")
    share(reviewer, "other")
    assert needs(reviewer) == {"other": True}
    assert AccessNeed.objects.select_related("reviewer").get().in_words == "Large print"


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("reviewers_need_once", [{"kind": "bsl"}, {"kind": "bsl"}]),
        ("reviewers_need_kind", [{"kind": "a chair"}]),
    ],
)
def test_table_refuses_a_need(reviewer, name, rows):
    made = [AccessNeed(reviewer=reviewer, **row) for row in rows]
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        AccessNeed.objects.bulk_create(made)
    assert name in str(refusal.value) or "UNIQUE" in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("reviewers_experience_once", [{}, {}]),
        ("reviewers_experience_consent_pair", [{"consented_at": NOW}]),
        ("reviewers_experience_consent_pair", [{"consent_how": "phone"}]),
    ],
)
def test_table_refuses_an_experience(reviewer, directorate, name, rows):
    made = [Experience(reviewer=reviewer, directorate=directorate, **row) for row in rows]
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Experience.objects.bulk_create(made)
    assert name in str(refusal.value) or "UNIQUE" in str(refusal.value)


def know(reviewer, directorate, kind, **more):
    given = {"by": reviewer.user, "now": NOW, **more}
    return operations.add_experience(reviewer=reviewer, directorate=directorate, kind=kind, **given)


def overall(reviewer):
    reviewer.refresh_from_db()
    return reviewer.experience


def test_experience_is_kept_with_its_consent_and_sums_up(reviewer, directorate):
    for _ in range(2):
        row = know(reviewer, directorate, "carer")
    assert (row.kind, row.consented_at, row.consent_how) == ("carer", NOW, "online")
    assert overall(reviewer) == "carer"
    know(reviewer, DirectorateFactory(), "service user", how=How.PHONE)
    assert overall(reviewer) == "both"
    assert events(reviewer) == [
        ("added experience", ["experience"], ""),
        ("added experience", ["experience"], "phone"),
    ]


def test_said_again_experience_changes(reviewer, directorate):
    know(reviewer, directorate, "carer")
    know(reviewer, directorate, "service user")
    assert reviewer.experiences.get().kind == "service user"
    assert overall(reviewer) == "service user"


def test_experience_that_is_withdrawn_is_deleted(reviewer, directorate):
    row = know(reviewer, directorate, "carer")
    for _ in range(2):
        operations.withdraw_experience(
            reviewer=reviewer, experience_id=row.pk, by=reviewer.user, now=NOW
        )
    assert not reviewer.experiences.exists()
    assert overall(reviewer) == ""
    assert events(reviewer)[1:] == [("withdrew experience", ["experience"], "")]


def test_all_experience_can_go_at_once(reviewer, directorate):
    know(reviewer, directorate, "carer")
    know(reviewer, DirectorateFactory(), "both")
    operations.withdraw_experience(reviewer=reviewer, by=reviewer.user, now=NOW)
    assert not reviewer.experiences.exists()
    assert overall(reviewer) == ""


def test_what_was_told_overall_stays_while_a_row_does_not_say_as_what(reviewer, directorate):
    type(reviewer).objects.filter(pk=reviewer.pk).update(experience="both")
    Experience.objects.create(reviewer=reviewer, directorate=directorate)
    know(reviewer, DirectorateFactory(), "carer")
    assert overall(reviewer) == "both"


def test_imported_experience_is_kept_when_they_agree(reviewer, directorate):
    row = Experience.objects.create(reviewer=reviewer, directorate=directorate)
    for _ in range(2):
        operations.keep_experience(
            reviewer=reviewer, experience_id=row.pk, by=reviewer.user, now=NOW
        )
    row.refresh_from_db()
    assert (row.consented_at, row.consent_how) == (NOW, "online")
    assert events(reviewer) == [("agreed to experience", ["experience"], "")]


def test_nobody_agrees_for_another_without_being_told(reviewer, directorate):
    row = Experience.objects.create(reviewer=reviewer, directorate=directorate)
    somebody = UserFactory(roles=["coordinator"])
    with pytest.raises(RuleBroken, match="Only Ada Okoro can agree"):
        operations.keep_experience(reviewer=reviewer, experience_id=row.pk, by=somebody, now=NOW)
    with pytest.raises(RuleBroken, match="Only Ada Okoro can agree"):
        know(reviewer, DirectorateFactory(), "carer", by=somebody)
    row.refresh_from_db()
    assert row.consented_at is None


def emergency(reviewer, name, phone):
    operations.set_emergency_contact(
        reviewer=reviewer, name=name, phone=phone, by=reviewer.user, now=NOW
    )


def test_emergency_contact_is_kept_and_can_go(reviewer):
    for _ in range(2):
        emergency(reviewer, " Sam Okoro ", " 020 7946 0002 ")
    reviewer.refresh_from_db()
    assert (reviewer.emergency_name, reviewer.emergency_phone) == ("Sam Okoro", "020 7946 0002")
    emergency(reviewer, "", "")
    reviewer.refresh_from_db()
    assert (reviewer.emergency_name, reviewer.emergency_phone) == ("", "")
    assert (
        events(reviewer)
        == [("changed emergency contact", ["emergency_name", "emergency_phone"], "")] * 2
    )


@pytest.mark.parametrize(("name", "phone"), [("Sam", ""), ("", "1"), ("Sam", " ")])
def test_half_an_emergency_contact_is_refused(reviewer, name, phone):
    with pytest.raises(RuleBroken, match="Enter the"):
        emergency(reviewer, name, phone)


def test_after_needs_they_are_asked_who_may_know(client_as, reviewer):
    client = client_as(reviewer.user)
    url = reverse("own-reviewers:access-needs")
    assert client.post(url, {"kinds": ["bsl"]})["Location"] == reverse("own-reviewers:sharing")
    page = client.get(reverse("own-reviewers:sharing"))
    assert "British Sign Language" in page.text
    assert "Large print" not in page.text
    client.post(reverse("own-reviewers:sharing"), {"kinds": ["bsl"]})
    assert needs(reviewer) == {"bsl": True}


def test_without_needs_nobody_is_asked_who_may_know(client_as, reviewer):
    response = client_as(reviewer.user).get(reverse("own-reviewers:sharing"))
    assert response["Location"] == reverse("own-reviewers:menu")


def test_experience_without_consent_is_a_form_error(client_as, reviewer, directorate):
    response = client_as(reviewer.user).post(
        reverse("own-reviewers:experience"), {"which": directorate.pk, "kinds": ["carer"]}
    )
    assert "Tick that you agree. Without it we keep nothing" in response.text
    assert not reviewer.experiences.exists()


def test_person_is_asked_whether_we_may_keep_what_was_imported(client_as, reviewer, directorate):
    row = Experience.objects.create(reviewer=reviewer, directorate=directorate, kind="carer")
    client = client_as(reviewer.user)
    assert "We have a question for you." in client.get(reverse("own-reviewers:menu")).text
    page = client.get(reverse("own-reviewers:experience")).text
    assert "Is it right that we keep it?" in page
    client.post(reverse("own-reviewers:keep-experience", args=[row.pk]))
    assert "We have a question for you." not in client.get(reverse("own-reviewers:menu")).text


@pytest.mark.parametrize(("told", "kept"), [("phone", "phone"), ("paper", "paper"), ("", None)])
def test_coordinator_says_how_the_person_agreed(client_as, reviewer, directorate, told, kept):
    row = Experience.objects.create(reviewer=reviewer, directorate=directorate)
    client_as("coordinator").post(
        reverse("reviewers:keep-experience", args=[reviewer.pk, row.pk]), {"how": told}
    )
    row.refresh_from_db()
    assert (row.consent_how or None) == kept


def test_changes_say_what_when_and_by_whom(client_as, reviewer):
    staff = UserFactory(name="Kit Moss", roles=["coordinator"])
    need(reviewer, "bsl")
    operations.set_availability(
        reviewer=reviewer, weekdays=[0], visits_a_month=1, first_visit_anywhere=False,
        by=staff, now=NOW, how=How.PHONE,
    )  # fmt: skip
    own = client_as(reviewer.user).get(reverse("own-reviewers:changes"))
    assert [(each.what, each.fields, each.by) for each in own.context["changes"]] == [
        ("When you can come", "days of the week and visits a month",
         "by the team: you told us by phone"),
        ("What you need", "", "by you"),
    ]  # fmt: skip
    assert "Kit Moss" not in own.text
    seen = client_as("coordinator").get(reverse("reviewers:changes", args=[reviewer.pk]))
    assert [(each.what, each.by) for each in seen.context["changes"]] == [
        ("When they can come", "by Kit Moss: they told us by phone"),
        ("What they need", "by Ada Okoro"),
    ]


def test_changes_tell_nothing_of_checks(client_as, reviewer):
    for action in ("recorded a DBS check", "opened an assessment"):
        Event.objects.create(
            at=NOW, action=action, object_type="checks.dbscheck", object_id="1",
            person_id=reviewer.pk,
        )  # fmt: skip
    page = client_as(reviewer.user).get(reverse("own-reviewers:changes"))
    assert page.context["changes"] == []
    assert "Nothing has been changed yet." in page.text
