"""One small but complete programme: every role, every state of a review, every kind of thing.

``world`` is what the nets walk through. Add an attribute when a page needs another thing; keep it
small, because each test reads a copy of it. Sensitive columns hold the CANARIES.
"""

import pickle
from collections.abc import Iterator
from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from accounts.permissions import ROLES
from organisation.models import TrustSettings
from reviewers.models import StageChange
from reviews.models import Feed, Postponement, Question
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.insights.forecasts import keep, outlook_of
from tests.nets.asking_world import add_asking
from tests.nets.canaries import CANARIES
from tests.nets.checks_world import add_checks
from tests.nets.feedback_world import add_feedback
from tests.nets.growing import day, grow, held
from tests.nets.joining import joining
from tests.nets.messages_world import add_messages_and_jobs
from tests.nets.planner_world import add_plans
from tests.nets.reports_world import add_reports
from tests.nets.sharing_world import add_sharing
from tests.nets.telling import tell
from tests.nets.training_world import (
    add_cycles,
    add_library,
    add_questions,
    add_refreshers,
    add_said,
)
from tests.nets.walk import sign_in

PASSWORD = "three-random-words"  # the coordinator's


class World(SimpleNamespace):
    """The programme. Users stand under their role's name: ``world.coordinator``."""

    @classmethod
    def made(cls) -> "World":
        """The whole of it, in the database."""
        world = cls()
        world._make()
        return world

    def _make(self) -> None:
        self.trust, _ = TrustSettings.objects.update_or_create(
            pk=1, defaults={"sending_on_since": NOW - timedelta(days=365)}
        )
        self._people()
        self._places_to_go()
        self._reviewers()
        self._training()
        add_said(self)
        add_cycles(self)
        add_questions(self)
        add_library(self)
        add_refreshers(self)
        self._reviews()
        add_asking(self)
        add_checks(self)
        add_feedback(self)
        add_messages_and_jobs(self)
        joining(self)
        add_plans(self)
        add_sharing(self)
        add_reports(self)
        self.forecast = keep(
            outlook_of(self.directorate.pk, ready=9),
            outlook_of(self.secure_directorate.pk, ready=2),
        )

    def user(self, role: str) -> Any:
        """The user who holds this role alone; "nobody" signed in and holds none."""
        return getattr(self, role)

    def _people(self) -> None:
        for role in ROLES:
            if role.key != "lxr":
                user = make.UserFactory(
                    email=f"{role.key}@trust.example.org", name=role.name, roles=[role.key]
                )
                TOTP.activate(user, generate_totp_secret())
                RecoveryCodes.activate(user)
                setattr(self, role.key, user)
        self.checks_officer.checks_purpose = self.second_approver.checks_purpose = "chasing"
        self.coordinator.set_password(PASSWORD)
        self.coordinator.save()
        self.nobody = make.UserFactory(email="nobody@trust.example.org", name="Nobody yet")
        self.staff = make.StaffFactory(name="Lee Grant", user=self.visit_lead)
        self.other_staff = make.StaffFactory(name="Kim Shaw")

    def _places_to_go(self) -> None:
        self.directorate = make.DirectorateFactory(name="Community Services")
        self.secure_directorate = make.DirectorateFactory(name="Forensic and Offender Healthcare")
        self.site = make.SiteFactory(name="Market House", address="2 High Street")
        self.prison_site = make.SiteFactory(
            name="Northgate", asks="vetting", notice_days=14, takes_escorted=True
        )
        self.variant = make.RoleVariantFactory(name="Community visitor", level="enhanced")
        self.service = make.ServiceFactory(
            name="Memory Clinic",
            directorate=self.directorate,
            site=self.site,
            role_variant=self.variant,
        )
        self.prison_service = make.ServiceFactory(
            name="Northgate Healthcare",
            directorate=self.secure_directorate,
            site=self.prison_site,
            setting="prison",
            role_variant=self.variant,
        )
        self.excluded_service = make.ServiceFactory(
            name=CANARIES["exclusion"],
            directorate=self.directorate,
            site=self.site,
            role_variant=self.variant,
        )
        self.contact = make.ContactFactory(service=self.service, name="Pat Reed")
        self.other_contact = make.ContactFactory(service=self.service, name="Sam Hill")
        self.block = make.BlockFactory(service=self.service)
        self.due_service = make.ServiceFactory(name="Ferry Road Clinic")

    def _reviewers(self) -> None:
        self.reviewer = make.ReviewerFactory(
            reference="LXR-W1",
            first_name="Ada",
            last_name="Okoro",
            email="ada@example.org",
            address=CANARIES["address"],
            experience="carer",
        )
        self.lxr = self.reviewer.user
        self.stage_change = StageChange.objects.create(
            reviewer=self.reviewer,
            from_stage="training",
            to_stage="active",
            at=NOW - timedelta(days=300),
            by=self.coordinator,
        )
        self.other = SimpleNamespace(
            reviewer=make.ReviewerFactory(
                reference="LXR-W2",
                first_name="Ben",
                last_name="Ford",
                email="ben@example.org",
                preferred_contact="phone",
            )
        )
        self.other.user = self.other.reviewer.user
        self.candidate = make.ReadyReviewerFactory(
            reference="LXR-W3", first_name="Cal", last_name="Price", email="cal@example.org"
        )
        self.one_step_away = make.ReadyReviewerFactory(
            first_visit_anywhere=True, role_description_signed_on=None
        )
        self.waiting = self.candidate  # trained, and not been on a visit yet
        self.first_visit = make.FirstVisitFactory(reviewer=self.waiting, staff_buddy=self.staff)
        self.enquirer = make.ReviewerFactory(
            reference="LXR-W4",
            first_name="Dee",
            last_name="Wood",
            email="",
            phone="",
            preferred_contact="post",
            address="3 Mill Lane",
            stage="enquiry",
            role_description_signed_on=None,
            user=None,
        )
        self.paused = make.ReviewerFactory(
            reference="LXR-W5", first_name="Eve", last_name="Lane", stage="paused"
        )
        tell(self)

    def _training(self) -> None:
        self.version = make.CourseVersionFactory()
        self.session = make.SessionFactory(code="TW1", held_on=day(-200), version=self.version)
        self.place = make.PlaceFactory(
            session=self.session, reviewer=self.reviewer, outcome="attended"
        )
        make.PlaceFactory(session=self.session, reviewer=self.other.reviewer, outcome="attended")
        coming = self.coming_session = make.SessionFactory(
            code="TW2",
            held_on=day(20),
            starts_at=time(10),
            ends_at=time(15),
            venue_access="Step-free from the car park",
            booking_opens_on=day(-5),
        )
        self.coming_session.staff_facilitators.add(self.other_staff)
        self.coming_session.co_facilitators.add(self.reviewer)
        self.booked_place = make.PlaceFactory(session=coming, reviewer=self.enquirer)
        self.own_booked_place = make.PlaceFactory(session=coming, reviewer=self.reviewer)
        self.past_session = make.SessionFactory(code="TW3", held_on=day(-1))
        self.place_to_record = make.PlaceFactory(session=self.past_session, reviewer=self.enquirer)
        self.no_show = make.PlaceFactory(
            session=self.past_session, reviewer=self.other.reviewer, outcome="did not attend"
        )
        self.place_in_doubt = make.PlaceFactory(session=coming, reviewer=self.paused)
        self.walk_in = make.PlaceFactory(
            session=self.past_session,
            reviewer=self.paused,
            outcome="attended",
            walk_in_why="A chair was free.",
        )
        self.open_session = make.SessionFactory(
            code="TW4", kind="refresher", held_on=day(30), booking_opens_on=day(-1)
        )
        invited = {"outcome": "invited", "answer_by": day(9)}
        refresher = make.SessionFactory(code="TW5", kind="refresher", held_on=day(40))
        self.own_invited_place = make.PlaceFactory(
            session=refresher, reviewer=self.reviewer, **invited
        )
        self.invited_place = make.PlaceFactory(
            session=coming, reviewer=self.other.reviewer, **invited
        )

    def _reviews(self) -> None:
        def review(status: str, visit_on: Any, service: Any = self.service, **more: Any) -> Any:
            made = make.ReviewFactory(
                reference=f"R-{status}-{visit_on:%m%d}",
                status=status,
                visit_on=visit_on,
                service=service,
                question_set=self.question_set if status in {"planned", "confirmed"} else None,
                **more,
            )
            make.StaffOnTeamFactory(review=made, staff=self.staff, role="lead")
            return made

        def asked(review: Any, reviewer: Any, response: str, **more: Any) -> Any:
            live = response in {"invited", "accepted"} and review.status in {"planned", "confirmed"}
            return make.LXROnTeamFactory(
                review=review,
                reviewer=reviewer,
                response=response,
                **(held(review) if live else {}),
                **more,
            )

        self.review = review("planned", day(28))
        self.invitation = asked(self.review, self.reviewer, "invited")
        self.question = Question.objects.create(
            member=self.invitation, words="Is there parking?", asked_at=NOW - timedelta(hours=2)
        )
        self.confirmed = review("confirmed", day(7))
        self.membership = asked(self.confirmed, self.reviewer, "accepted")
        self.other.membership = asked(self.confirmed, self.other.reviewer, "accepted")
        Postponement.objects.create(
            review=self.confirmed, from_day=day(3), to_day=day(7), at=NOW, by=self.coordinator
        )
        self.uncovered = review("planned", day(14), self.prison_service)
        self.other.invitation = asked(self.uncovered, self.other.reviewer, "invited")
        self.unasked = review("planned", day(21))
        self.nobody_ready = review("planned", day(22), self.prison_service)
        make.ReadyReviewerFactory(first_visit_anywhere=True)
        self.feed = Feed.objects.create(user=self.lxr, nonce="n", made_at=NOW)
        self.to_record = review("confirmed", TODAY)
        self.attending = asked(self.to_record, self.candidate, "accepted")
        self.completed = review("completed", day(-10))
        self.attended = asked(self.completed, self.reviewer, "accepted", attended=True)
        self.reported = review("reported", day(-60), gap_reason="never asked")
        self.closed = review("closed", day(-120))
        asked(self.closed, self.reviewer, "accepted", attended=True)
        asked(self.closed, self.other.reviewer, "declined")
        self.cancelled = review("cancelled", day(-30))
        # Led by somebody else: not the visit lead's.
        self.other.review = make.ReviewFactory(visit_on=day(35), service__name="Harbour Clinic")
        make.StaffOnTeamFactory(review=self.other.review, staff=self.other_staff, role="lead")
        self.other.invitation_elsewhere = asked(self.other.review, self.other.reviewer, "invited")

    def copied(self) -> "World":
        """The same objects once more; as bytes and back, which takes a tenth of a deep copy."""
        return pickle.loads(pickle.dumps(self))  # noqa: S301 - our own bytes

    def grow(self, count: int) -> None:
        """Add ``count`` of each main thing, so that every list has more rows."""
        grow(self, count)


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The programme, made once for the tests of a module: it takes longer than most of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW - timedelta(minutes=1)):
            made = World.made()
        with time_machine.travel(NOW):
            sign_in(made)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(made_world: World, db: None) -> Iterator[World]:
    """A small, complete programme, on the day that the factories stand around.

    What a test does to it, in the database or to its objects, is gone when the test ends.
    """
    with time_machine.travel(NOW):
        yield made_world.copied()
