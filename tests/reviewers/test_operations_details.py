"""Adding people, changing their details, giving them an account."""

import pytest

from accounts.operations import close_account
from audit.models import Event
from notifications.models import Message
from notifications.registry import KINDS
from reviewers import operations
from reviewers.how import How
from reviewers.models import Reviewer
from reviewers.operations import Details
from rules import RuleBroken
from tests.factories import NOW, TODAY, ReviewerFactory, UserFactory

ADA = Details("Ada", "Okoro", email=" Ada@Example.org ", phone="07700 900001")


def actions(reviewer):
    """What the audit says was done to this person, oldest first."""
    return list(
        Event.objects.filter(person_id=reviewer.pk).order_by("id").values_list("action", flat=True)
    )


def test_added_reviewer_is_an_enquiry_with_the_next_reference(user_as):
    ReviewerFactory(reference="LXR-041")
    ReviewerFactory(reference="XX-999")
    by = user_as("coordinator")
    reviewer = operations.add_reviewer(details=ADA, by=by, now=NOW)
    reviewer.refresh_from_db()
    assert (reviewer.reference, reviewer.stage) == ("LXR-042", "enquiry")
    assert (reviewer.joined_on, reviewer.stage_since) == (TODAY, TODAY)
    assert (reviewer.email, reviewer.user) == ("ada@example.org", None)
    change = reviewer.stage_changes.get()
    assert (change.from_stage, change.to_stage, change.by) == ("", "enquiry", by)
    assert actions(reviewer) == ["added reviewer"]


def test_reference_that_is_taken_is_refused(user_as):
    ReviewerFactory(reference="LXR-041")
    with pytest.raises(RuleBroken, match="Somebody else has this reference"):
        operations.add_reviewer(
            details=ADA, by=user_as("coordinator"), now=NOW, reference="LXR-041"
        )
    assert Reviewer.objects.count() == 1


@pytest.mark.parametrize("way", ["email", "text", "phone", "post"])
def test_preferred_way_needs_its_address(user_as, way):
    with pytest.raises(RuleBroken, match="choose another way"):
        operations.add_reviewer(
            details=Details("Ada", "Okoro", preferred_contact=way),
            by=user_as("coordinator"),
            now=NOW,
        )


def test_changed_details_reach_the_account_and_the_audit(user_as):
    reviewer = ReviewerFactory(first_name="Ada", last_name="Okoro", phone="1", address="")
    operations.change_details(
        reviewer=reviewer,
        details=Details("Ada", "Obi", email="new@example.org", phone="1"),
        by=user_as("coordinator"),
        now=NOW,
        how=How.PAPER,
    )
    reviewer.refresh_from_db()
    assert str(reviewer) == "Ada Obi"
    assert (reviewer.user.email, reviewer.user.name) == ("new@example.org", "Ada Obi")
    event = Event.objects.get(person_id=reviewer.pk)
    assert (event.action, event.fields, event.why) == (
        "changed details", ["email", "last_name"], "paper",
    )  # fmt: skip


def test_unchanged_details_leave_no_event(user_as):
    reviewer = ReviewerFactory(first_name="Ada", last_name="Okoro", phone="1", address="")
    same = Details("Ada", "Okoro", email=reviewer.email, phone="1")
    operations.change_details(reviewer=reviewer, details=same, by=user_as("coordinator"), now=NOW)
    assert actions(reviewer) == []


def test_address_of_another_account_is_refused_whole(user_as):
    UserFactory(email="taken@example.org")
    reviewer = ReviewerFactory(last_name="Okoro")
    with pytest.raises(RuleBroken):
        operations.change_details(
            reviewer=reviewer,
            details=Details("Ada", "Obi", email="taken@example.org"),
            by=user_as("coordinator"),
            now=NOW,
        )
    reviewer.refresh_from_db()
    assert reviewer.last_name == "Okoro"
    assert actions(reviewer) == []


def test_who_signs_in_keeps_an_address(user_as):
    reviewer = ReviewerFactory()
    with pytest.raises(RuleBroken, match="signs in with their email address"):
        operations.change_details(
            reviewer=reviewer,
            details=Details("Ada", "Obi", phone="1", preferred_contact="phone"),
            by=user_as("coordinator"),
            now=NOW,
        )


def test_account_is_given_once(user_as):
    reviewer = ReviewerFactory(user=None, email="ada@example.org")
    by = user_as("coordinator")
    user = operations.give_account(reviewer=reviewer, by=by, now=NOW)
    assert operations.give_account(reviewer=reviewer, by=by, now=NOW) == user
    reviewer.refresh_from_db()
    assert (reviewer.user, user.email, user.roles) == (user, "ada@example.org", ["lxr"])
    assert actions(reviewer) == ["gave account"]


def test_who_gets_an_account_is_told_how_to_sign_in(user_as, trust, settings):
    settings.PUBLIC_URL = "https://lxr.example.org"
    reviewer = ReviewerFactory(user=None, email="ada@example.org")
    for _ in range(2):
        operations.give_account(reviewer=reviewer, by=user_as("coordinator"), now=NOW)

    message = Message.objects.get()
    assert (message.kind, message.address) == ("can-sign-in", "ada@example.org")
    assert "Go to https://lxr.example.org" in message.body
    assert "You do not need a password." in message.body
    assert trust.telephone in message.body


def test_account_that_an_administrator_closed_stays_closed(user_as):
    reviewer = ReviewerFactory()
    close_account(user=reviewer.user, by=user_as("administrator"), now=NOW)

    with pytest.raises(RuleBroken, match="An administrator can open it again"):
        operations.give_account(reviewer=reviewer, by=user_as("coordinator"), now=NOW)


def test_news_of_an_account_that_is_closed_again_is_not_sent(db):
    here, gone = ReviewerFactory(), ReviewerFactory(user=None)

    assert KINDS["can-sign-in"].still_true_of({here.pk, gone.pk}, NOW) == {here.pk}


def test_no_address_means_no_account(user_as):
    reviewer = ReviewerFactory(user=None, email="", preferred_contact="post")
    with pytest.raises(RuleBroken, match="no email address"):
        operations.give_account(reviewer=reviewer, by=user_as("coordinator"), now=NOW)


def test_shared_address_means_no_account(user_as):
    ReviewerFactory(user=None, email="Home@example.org")
    reviewer = ReviewerFactory(user=None, email="home@example.org")
    with pytest.raises(RuleBroken, match="shares their email address"):
        operations.give_account(reviewer=reviewer, by=user_as("coordinator"), now=NOW)
    reviewer.refresh_from_db()
    assert reviewer.user is None


def test_staff_address_means_no_account(user_as):
    user_as("observer", email="kim@trust.example.org")
    reviewer = ReviewerFactory(user=None, email="kim@trust.example.org")
    with pytest.raises(RuleBroken, match="staff account"):
        operations.give_account(reviewer=reviewer, by=user_as("coordinator"), now=NOW)


def test_account_of_another_reviewer_is_not_shared(user_as):
    holder = ReviewerFactory(email="home@example.org")
    holder.email = ""
    holder.save()
    reviewer = ReviewerFactory(user=None, email="home@example.org")
    with pytest.raises(RuleBroken, match="Somebody else"):
        operations.give_account(reviewer=reviewer, by=user_as("coordinator"), now=NOW)


def test_someone_who_left_gets_no_account(user_as):
    reviewer = ReviewerFactory(user=None, stage="left")
    with pytest.raises(RuleBroken, match="has left"):
        operations.give_account(reviewer=reviewer, by=user_as("coordinator"), now=NOW)
