"""More of everything in the world, so that query counts are seen at 1 and at 30 rows."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from notifications.models import Message
from reviewers.models import Enquiry, Exclusion
from reviews.models import Question
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.nets.asking_world import grow_asking
from tests.nets.checks_world import grow_checks
from tests.nets.messages_world import job_of
from tests.nets.reports_world import grow_reports
from tests.nets.sharing_world import grow_sharing
from tests.nets.training_world import grow_training

LONDON = ZoneInfo("Europe/London")


def day(days: int) -> Any:
    """The date so many days from TODAY."""
    return TODAY + timedelta(days=days)


def held(review: Any) -> dict[str, datetime]:
    """The time that a live answer keeps free."""
    return {
        "holds_from": datetime.combine(review.visit_on, review.starts_at, LONDON),
        "holds_until": datetime.combine(review.visit_on, review.ends_at, LONDON),
    }


def grow(world: Any, count: int) -> None:
    """Add ``count`` of each main thing, so that every list has more rows."""
    for n in range(count):
        reviewer = make.ReviewerFactory(preferred_contact="phone", address=f"{n} Far Road")
        make.PlaceFactory(session=world.session, reviewer=reviewer, outcome="attended")
        Exclusion.objects.create(reviewer=reviewer, service=world.excluded_service)
        contact = make.ContactFactory(service=make.ServiceFactory())
        make.ServiceFactory(name=f"Due {n}", directorate=world.service.directorate)
        make.BlockFactory(service=world.service, first_on=day(200 + n), last_on=day(201 + n))
        past = make.ReviewFactory(
            status="completed", visit_on=day(-20 - n), service=contact.service
        )
        make.StaffOnTeamFactory(review=past, staff=world.staff)
        make.LXROnTeamFactory(review=past, reviewer=reviewer, response="accepted", attended=True)
        make.AskingFactory(review=past, contact=contact, asked_at=NOW - timedelta(days=9))
        make.AnswerFactory(review=past, may_quote=True, comment=f"Words {n}")
        make.ConcernFactory(answer__review=past, answer__author=reviewer)
        make.ContactFactory(service=world.service)
        coming = make.ReviewFactory(visit_on=day(40 + n), service=contact.service)
        make.StaffOnTeamFactory(review=coming, staff=world.staff)
        member = make.LXROnTeamFactory(review=coming, reviewer=reviewer, **held(coming))
        Question.objects.create(member=member, words=f"Question {n}", asked_at=NOW)
        make.ReviewFactory(visit_on=day(23 + n))
        make.ReadyReviewerFactory(first_visit_anywhere=True)
        own = make.ReviewFactory(visit_on=day(100 + n), service=world.service)
        make.LXROnTeamFactory(review=own, reviewer=world.reviewer, **held(own))
        make.PlaceFactory(session=world.coming_session, reviewer=reviewer)
        make.PlaceFactory(session=make.SessionFactory(held_on=day(50 + n)), reviewer=world.reviewer)
        make.PlaceFactory(session=world.coming_session, reviewer__stage="paused")
        grow_asking(world)
        grow_checks(world, reviewer, n)
        grow_training(world, n)
        grow_sharing(world, n)
        grow_reports(world, n)
        make.ReviewerFactory(stage=("enquiry", "interview", "checks", "training")[n % 4])
        Enquiry.objects.create(name=f"Name {n}", contact=f"{n}", received_at=NOW)
        for user in (world.coordinator, world.checks_officer):
            job_of(user)
        for channel in ("email", "phone", "post"):
            Message.objects.create(
                key=f"grown:{channel}:{n}",
                kind="invitation",
                about_id=member.pk,
                recipient_kind="reviewer",
                recipient_id=reviewer.pk,
                recipient_name=str(reviewer),
                channel=channel,
                address="x",
                subject="Visit with the quality team",
                body="Words",
                queued_at=NOW,
                due_at=NOW,
            )
