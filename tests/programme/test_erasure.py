"""A leaver becomes nobody, through two people, and no figure changes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client

import programme.demo
from accounts import links
from audit.models import Event
from checks.models import DBSCheck, SiteClearance
from feedback.models import Answer, Asking
from notifications.models import Message
from programme.erasure import operations, policies
from programme.erasure.anonymising import EMPTY, anonymise
from programme.erasure.fates import GOES, STAYS
from programme.models import ErasedReference, Erasure, ImportedRow, LegalHold
from reviewers import operations as people
from reviewers.models import Enquiry, Exclusion, Reviewer, Stage, StageChange, TimeAway
from reviews.first_visits import words
from reviews.first_visits.models import FirstVisit
from reviews.models import Question
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.programme.erasing import erase, two_people
from tests.races import meeting_after, race, winners

DEMO = next(iter(programme.demo.__path__))


@pytest.fixture
def leaver(trust: Any) -> Reviewer:
    """Somebody who left, with something in every corner."""
    person: Reviewer = make.ReadyReviewerFactory(
        reference="LXR-C99", first_name="Canary", last_name="Leaver", email="canary@home.example",
        phone="07700 canary", address="Canary Road", access_needs="Canary need",
        emergency_name="Canary aunt", emergency_phone="Canary number", source="service",
        stage="left", stage_since=TODAY - timedelta(days=30), experience="carer",
    )  # fmt: skip
    EmailAddress.objects.create(user=person.user, email="canary@home.example")
    review = make.ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=90))
    member = make.LXROnTeamFactory(
        review=review, reviewer=person, response="accepted", attended=True
    )
    Question.objects.create(member=member, words="Canary question", asked_at=NOW)
    asking = Asking.objects.create(review=review, audience="lxr", reviewer=person, asked_at=NOW)
    links.issue(
        purpose="feedback", object_id=asking.pk, now=NOW,
        expires_at=NOW + timedelta(days=9),
    )  # fmt: skip
    make.AnswerFactory(
        review=review, audience="lxr", impact=None, author=person, support_on_visit=7,
        comment="Canary comment", comment__approved_at=NOW, may_quote=True,
    )  # fmt: skip
    Exclusion.objects.create(reviewer=person, service=review.service)
    TimeAway.objects.create(reviewer=person, starts_on=TODAY, ends_on=TODAY)
    StageChange.objects.create(
        reviewer=person, from_stage="active", to_stage="left", at=NOW, note="Canary note",
        leaving_reason="well-being",
    )  # fmt: skip
    SiteClearance.objects.create(reviewer=person, site=review.service.site)
    check = make.DBSCheckFactory(
        reviewer=person, reference_number="CANARY-1", result="disclosure",
        applied_on=TODAY - timedelta(days=340),
    )  # fmt: skip
    make.AssessmentFactory(check_made=check)
    Message.objects.create(
        key="canary", kind="invitation", recipient_kind="reviewer", recipient_id=person.pk,
        recipient_name="Canary Leaver", channel="email", address="canary@home.example",
        subject="Visit", body="Dear Canary", queued_at=NOW, due_at=NOW,
    )  # fmt: skip
    for name, reviewer in (("Canary L.", person), ("canary leaver", None)):
        Enquiry.objects.create(
            name=name, contact="canary@home.example", received_at=NOW, reviewer=reviewer
        )
    first, buddy = FirstVisit.objects.create(reviewer=person), make.ReviewerFactory()
    for tell in (words.tell_buddy, words.tell_no_buddy):
        tell(first, buddy, now=NOW)
    LogEntry.objects.create(
        user=make.UserFactory(), content_type=ContentType.objects.get_for_model(Reviewer),
        object_id=str(person.pk), object_repr="Canary Leaver", action_flag=CHANGE,
        change_message="Canary",
    )  # fmt: skip
    for key in ("lxr-c99", "tw1\x1flxr-c99", "lxr-c99\x1fx", "a\x1flxr-c99\x1fb"):
        ImportedRow.objects.create(sheet="Reviewers", key=key, digests={"First name": "x"})
    return person


def every_value() -> Iterator[tuple[str, str]]:
    """Each row of each model, as the database and the fields give it."""
    for model in apps.get_models():
        for row in model._base_manager.all():
            values = {field.name: getattr(row, field.attname) for field in model._meta.fields}
            yield f"{model._meta.label} {row.pk}", repr(values)


@pytest.mark.django_db
class TestErasing:
    def test_nothing_of_the_person_is_left_anywhere(self, leaver: Reviewer) -> None:
        assert [where for where, value in every_value() if "canary" in value.lower()]

        erase(leaver)

        assert [where for where, value in every_value() if "canary" in value.lower()] == []
        assert [where for where, value in every_value() if "lxr-c99" in value.lower()] == []
        leaver.refresh_from_db()
        assert (str(leaver), leaver.reference) == ("Erased person", f"Erased-{leaver.pk}")
        assert (leaver.stage, leaver.joined_on) == (Stage.LEFT, date(leaver.joined_on.year, 1, 1))

    def test_what_is_counted_stays(self, leaver: Reviewer) -> None:
        erase(leaver)
        answer = Answer.objects.get(author=leaver)
        assert (answer.support_on_visit, answer.quote_as) == (7, "no")
        assert not answer.remarks.exists()
        assert leaver.memberships.get().attended is True
        assert leaver.places.get().outcome == "attended"
        assert leaver.stage_changes.get().to_stage == "left"
        assert not DBSCheck.objects.filter(reviewer=leaver).exists()

    def test_account_is_closed_and_empty(self, leaver: Reviewer, client: Client) -> None:
        user = leaver.user
        assert user is not None
        client.force_login(user)
        erase(leaver)
        user.refresh_from_db()
        assert (user.is_active, user.roles, str(user)) == (False, [], "Erased person")
        assert client.get("/me/next/").status_code == 302

    def test_account_of_staff_is_only_let_go(self, leaver: Reviewer) -> None:
        staff = make.UserFactory(name="Sam Hill", roles=["coordinator"])
        Reviewer.objects.filter(pk=leaver.pk).update(user=staff)
        erase(Reviewer.objects.get(pk=leaver.pk))
        staff.refresh_from_db()
        assert (staff.is_active, staff.name) == (True, "Sam Hill")
        assert Reviewer.objects.get(pk=leaver.pk).user is None

    def test_links_to_answer_are_closed(self, leaver: Reviewer) -> None:
        erase(leaver)
        asking = Asking.objects.get(reviewer=leaver)
        assert links.revoke(purpose="feedback", object_id=asking.pk, now=NOW) == 0

    def test_audit_names_both_people_the_reason_and_no_value(self, leaver: Reviewer) -> None:
        erasure = erase(leaver)
        first, second = erasure.asked_by, erasure.ended_by
        events = Event.objects.filter(person_id=leaver.pk).order_by("pk")
        assert [(each.action, each.actor_id, each.why) for each in events] == [
            ("asked for erasure", first.pk, "they asked"),
            ("erased", second.pk if second else None, "they asked"),
        ]

    def test_nothing_about_them_changes_any_more(self, leaver: Reviewer) -> None:
        erasure = erase(leaver)
        with pytest.raises(RuleBroken, match="were erased"):
            people.change_stage(
                reviewer=leaver, to=Stage.ENQUIRY, by=erasure.asked_by, now=NOW, reason="back"
            )
        with pytest.raises(RuleBroken, match="erased already"):
            operations.ask_for_erasure(
                reviewer=leaver, reason="they asked", by=erasure.asked_by, now=NOW
            )


@pytest.mark.django_db
class TestFates:
    def test_whatever_hangs_on_a_person_has_its_fate(self) -> None:
        """However far off: deleted, emptied, stays, or goes with what is deleted."""
        deleted = {goes.model for goes in GOES if not goes.empty}
        decided = {goes.model for goes in GOES} | STAYS
        undecided, found, to_see = set(), {Reviewer}, [Reviewer]
        while to_see:
            for relation in to_see.pop()._meta.related_objects:
                model: Any = relation.related_model
                label = model._meta.label_lower
                if label not in decided and not model._meta.auto_created:
                    undecided.add(label)
                if label not in deleted and model not in found:
                    found.add(model)
                    to_see.append(model)
        assert undecided == set()

    def test_every_column_of_a_person_is_emptied_or_stays_for_a_reason(self) -> None:
        stays = {"id", "reference", "joined_on", "stage", "stage_since", "experience_of"}
        columns = {field.name for field in (*Reviewer._meta.fields, *Reviewer._meta.many_to_many)}
        assert columns == set(EMPTY) | stays


@pytest.mark.django_db
class TestRefusals:
    def refused(self, person: Reviewer, words: str) -> None:
        first, _ = two_people()
        with pytest.raises(RuleBroken, match=words):
            operations.ask_for_erasure(reviewer=person, reason="they asked", by=first, now=NOW)
        assert not Erasure.objects.exists()

    def test_somebody_who_has_not_left(self, trust: Any) -> None:
        self.refused(make.ReviewerFactory(), "has not left")

    def test_somebody_whose_data_are_held(self, leaver: Reviewer) -> None:
        LegalHold.objects.create(
            reviewer=leaver, reason="A claim", placed_by=make.UserFactory(), placed_at=NOW
        )
        self.refused(leaver, "must be kept for now")

    def test_somebody_on_a_coming_visit(self, leaver: Reviewer) -> None:
        make.LXROnTeamFactory(reviewer=leaver, response="invited")
        self.refused(leaver, "coming visit")

    def test_somebody_with_a_place_to_come(self, leaver: Reviewer) -> None:
        make.PlaceFactory(reviewer=leaver, session__held_on=TODAY + timedelta(days=3))
        self.refused(leaver, "training session to come")

    def test_hold_placed_in_between_stops_the_second_person(self, leaver: Reviewer) -> None:
        first, second = two_people()
        erasure = operations.ask_for_erasure(
            reviewer=leaver, reason="they asked", by=first, now=NOW
        )
        LegalHold.objects.create(reviewer=leaver, reason="A claim", placed_by=first, placed_at=NOW)
        with pytest.raises(RuleBroken, match="must be kept"):
            operations.confirm_erasure(erasure=erasure, by=second, now=NOW)
        leaver.refresh_from_db()
        assert leaver.first_name == "Canary"

    def test_whoever_asked_does_not_confirm(self, leaver: Reviewer) -> None:
        first, _ = two_people()
        erasure = operations.ask_for_erasure(
            reviewer=leaver, reason="they asked", by=first, now=NOW
        )
        with pytest.raises(RuleBroken, match="second person"):
            operations.confirm_erasure(erasure=erasure, by=first, now=NOW)
        leaver.refresh_from_db()
        assert leaver.first_name == "Canary"

    def test_one_called_off_is_not_carried_out_and_can_be_asked_anew(
        self, leaver: Reviewer
    ) -> None:
        first, second = two_people()
        erasure = operations.ask_for_erasure(
            reviewer=leaver, reason="they asked", by=first, now=NOW
        )
        operations.call_off_erasure(erasure=erasure, by=first, now=NOW)
        with pytest.raises(RuleBroken, match="called off"):
            operations.confirm_erasure(erasure=erasure, by=second, now=NOW)
        again = operations.ask_for_erasure(
            reviewer=leaver, reason="time is over", by=second, now=NOW
        )
        done = operations.confirm_erasure(erasure=again, by=first, now=NOW)
        with pytest.raises(RuleBroken, match="cannot be undone"):
            operations.call_off_erasure(erasure=done, by=first, now=NOW)

    def test_asking_and_confirming_twice_is_once(self, leaver: Reviewer) -> None:
        first, second = two_people()
        once, twice = (
            operations.ask_for_erasure(reviewer=leaver, reason="they asked", by=first, now=NOW)
            for _ in range(2)
        )
        assert once.pk == twice.pk
        for _ in range(2):
            operations.confirm_erasure(erasure=once, by=second, now=NOW)
        assert Event.objects.filter(action="erased").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_erase_once(leaver: Reviewer) -> None:
    first, second = two_people()
    third = make.UserFactory(roles=["coordinator"])
    erasure = operations.ask_for_erasure(reviewer=leaver, reason="they asked", by=first, now=NOW)

    with meeting_after("programme.erasure.policies.check_can_confirm", patience=0.3):
        outcomes = race(
            lambda: operations.confirm_erasure(erasure=erasure, by=second, now=NOW),
            lambda: operations.confirm_erasure(erasure=erasure, by=third, now=NOW),
        )

    assert winners(outcomes) == 2, outcomes
    assert Event.objects.filter(action="erased").count() == 1
    erasure.refresh_from_db()
    assert erasure.ended_by_id in {second.pk, third.pk}


def confirm_without_a_lock(erasure: Erasure, by: Any) -> Any:
    """The operation's check and act, with the check outside the transaction that acts."""

    def press() -> bool:
        held = Erasure.objects.get(pk=erasure.pk)
        policies.check_can_confirm(held, by=by)
        with transaction.atomic():
            person = Reviewer.objects.get(pk=held.reviewer_id)
            anonymise(reviewer=person, by=by, now=NOW, why=held.reason)
        return True

    return press


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_erase(leaver: Reviewer) -> None:
    first, second = two_people()
    third = make.UserFactory(roles=["coordinator"])
    erasure = operations.ask_for_erasure(reviewer=leaver, reason="they asked", by=first, now=NOW)

    with meeting_after("programme.erasure.policies.check_can_confirm"):
        race(confirm_without_a_lock(erasure, second), confirm_without_a_lock(erasure, third))

    assert Event.objects.filter(action="erased").count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_who_calls_off_and_one_who_confirms_do_not_both_win(leaver: Reviewer) -> None:
    first, second = two_people()
    erasure = operations.ask_for_erasure(reviewer=leaver, reason="they asked", by=first, now=NOW)

    outcomes = race(
        lambda: operations.confirm_erasure(erasure=erasure, by=second, now=NOW),
        lambda: operations.call_off_erasure(erasure=erasure, by=first, now=NOW),
    )

    assert winners(outcomes) == 1, outcomes
    erasure.refresh_from_db()
    leaver.refresh_from_db()
    assert leaver.is_erased is (erasure.state == Erasure.State.DONE)


@pytest.mark.django_db
def test_kept_digest_gives_no_reference_away(leaver: Reviewer) -> None:
    erase(leaver)
    [kept] = ErasedReference.objects.all()
    assert len(kept.digest) == 64
    assert "c99" not in kept.digest
