"""A cast of test people and things. Dates stand around TODAY, so that a test can say "tomorrow"."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

TODAY = date(2026, 6, 10)  # a Wednesday, in summer time
NOW = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)  # 11:00 in London
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = "accounts.User"

    email = factory.Sequence(lambda n: f"person{n}@trust.example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    roles: Any = []
    password = "!none"  # signs in with a code


class DirectorateFactory(DjangoModelFactory):
    class Meta:
        model = "organisation.Directorate"
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda n: f"Directorate {n}")


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = "organisation.Site"

    name = factory.Sequence(lambda n: f"Site {n}")


class RoleVariantFactory(DjangoModelFactory):
    class Meta:
        model = "organisation.RoleVariant"

    name = factory.Sequence(lambda n: f"Variant {n}")
    level = "enhanced"
    is_regulated_activity = factory.LazyAttribute(lambda o: "barred" in o.level)


class ServiceFactory(DjangoModelFactory):
    class Meta:
        model = "organisation.Service"

    name = factory.Sequence(lambda n: f"Service {n}")
    directorate = factory.SubFactory(DirectorateFactory)
    site = factory.SubFactory(SiteFactory)
    setting = "community"
    role_variant = factory.SubFactory(RoleVariantFactory)


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = "organisation.ServiceBlock"

    service = factory.SubFactory(ServiceFactory)
    first_on = TODAY + timedelta(days=150)
    last_on = TODAY + timedelta(days=154)
    why = "Moving house"


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = "organisation.ServiceContact"

    service = factory.SubFactory(ServiceFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")
    email = factory.Sequence(lambda n: f"contact{n}@trust.example.org")


class StaffFactory(DjangoModelFactory):
    class Meta:
        model = "organisation.StaffMember"

    name = factory.Sequence(lambda n: f"Staff {n}")
    email = factory.Sequence(lambda n: f"staff{n}@trust.example.org")


class ReviewerFactory(DjangoModelFactory):
    """An active reviewer with an account; not trained, not checked: see ReadyReviewerFactory."""

    class Meta:
        model = "reviewers.Reviewer"

    reference = factory.Sequence(lambda n: f"T-{n:05}")
    first_name = factory.Sequence(lambda n: f"First{n}")
    last_name = factory.Sequence(lambda n: f"Last{n}")
    email = factory.Sequence(lambda n: f"lxr{n}@example.org")
    phone = factory.Sequence(lambda n: f"07700 {900000 + n}")
    preferred_contact = "email"
    joined_on = TODAY - timedelta(days=400)
    stage = "active"
    stage_since = TODAY - timedelta(days=300)
    role_description_signed_on = TODAY - timedelta(days=390)
    user = factory.LazyAttribute(
        lambda o: UserFactory(email=o.email, name=f"{o.first_name} {o.last_name}", roles=["lxr"])
    )


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = "training.Course"

    name = factory.Sequence(lambda n: f"LXR workshop {n}")
    kind = "workshop"


class CourseVersionFactory(DjangoModelFactory):
    class Meta:
        model = "training.CourseVersion"

    course = factory.SubFactory(CourseFactory)
    number = 1
    made_on = TODAY - timedelta(days=400)
    what_changed = "The first version."


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = "training.Session"

    code = factory.Sequence(lambda n: f"T{n:02}")
    title = "LXR workshop"
    held_on = TODAY - timedelta(days=200)
    kind = "workshop"
    venue = "Market House"
    capacity = 10


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = "training.Place"

    session = factory.SubFactory(SessionFactory)
    reviewer = factory.SubFactory(ReviewerFactory)
    outcome = "booked"
    booked_at = NOW - timedelta(days=210)


class SaidFactory(DjangoModelFactory):
    class Meta:
        model = "training.Said"

    session = factory.SubFactory(SessionFactory)
    said_on = TODAY - timedelta(days=200)
    support = 8
    pace = 6
    usefulness = 9


class ReadFormFactory(DjangoModelFactory):
    """A session's form that is closed, and whose answers are read by themselves."""

    class Meta:
        model = "training.RoomLink"
        skip_postgeneration_save = True

    session = factory.SubFactory(SessionFactory)
    closed_at = NOW
    attended = 5

    @factory.post_generation
    def read_alone(self: Any, create: bool, extracted: Any, **_: Any) -> None:
        self.read_with = self
        self.save()


class CycleFactory(DjangoModelFactory):
    """A change to a course that is planned."""

    class Meta:
        model = "training.Cycle"

    title = factory.Sequence(lambda n: f"Change {n}")
    about = "course"
    course = factory.SubFactory(CourseFactory)
    idea = "Start later"
    prediction = "More people come"
    measure = "How many come"
    planned_on = TODAY - timedelta(days=100)


class FrameworkFactory(DjangoModelFactory):
    """Two key questions, of two statements and of one."""

    class Meta:
        model = "training.Framework"
        skip_postgeneration_save = True

    name = "Quality statements"
    version = factory.Sequence(lambda n: f"{2000 + n}")

    @factory.post_generation
    def outline(self: Any, create: bool, extracted: Any, **_: Any) -> None:
        outline = {"Safe": ["Learning culture", "Safe environments"], "Caring": ["Kindness"]}
        for position, (name, statements) in enumerate(outline.items(), start=1):
            asked = self.key_questions.create(position=position, name=name)
            for each, statement in enumerate(statements, start=1):
                asked.statements.create(position=each, name=statement)


class FocusGroupFactory(DjangoModelFactory):
    """Four meetings over two weeks, with 15 people."""

    class Meta:
        model = "training.FocusGroup"

    title = factory.Sequence(lambda n: f"Focus group {n}")
    framework = factory.SubFactory(FrameworkFactory)
    began_on = TODAY - timedelta(days=60)
    ended_on = TODAY - timedelta(days=46)
    meetings = 4
    users = 11
    carers = 3
    staff = 1


class ProposedQuestionFactory(DjangoModelFactory):
    class Meta:
        model = "training.ProposedQuestion"

    group = factory.SubFactory(FocusGroupFactory)
    key_question = factory.LazyAttribute(lambda one: one.group.framework.key_questions.first())
    words = factory.Sequence(lambda n: f"Do you feel safe here, {n}?")


class QuestionSetFactory(DjangoModelFactory):
    """A version with one question."""

    class Meta:
        model = "training.QuestionSet"
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: n + 1)
    group = factory.SubFactory(FocusGroupFactory)
    framework = factory.SelfAttribute("group.framework")
    made_on = TODAY - timedelta(days=40)
    why = "Nobody had asked patients before."

    @factory.post_generation
    def asks(self: Any, create: bool, extracted: Any, **_: Any) -> None:
        safe = self.framework.key_questions.first()
        for position, words in enumerate(extracted or ["Do you feel safe here?"], start=1):
            self.questions.create(position=position, key_question=safe, words=words)


class DocumentVersionFactory(DjangoModelFactory):
    """A document that everyone has to read, with its first version as a PDF."""

    class Meta:
        model = "training.DocumentVersion"
        skip_postgeneration_save = True

    class Params:
        title = factory.Sequence(lambda n: f"Guidance {n}")

    document = factory.SubFactory(
        "tests.factories.DocumentFactory", title=factory.SelfAttribute("..title")
    )
    number = 1
    published_at = NOW - timedelta(days=30)

    @factory.post_generation
    def file(self: Any, create: bool, extracted: Any, **_: Any) -> None:
        self.files.create(
            format="standard", name="guidance.pdf", kind="pdf", size=len(PDF), content=PDF
        )


class DocumentFactory(DjangoModelFactory):
    """Without a version; make those with ``DocumentVersionFactory``."""

    class Meta:
        model = "training.Document"

    title = factory.Sequence(lambda n: f"Document {n}")
    about = "What to do on the day."
    must_read = "everyone"


class DBSCheckFactory(DjangoModelFactory):
    """A blank certificate, recently issued."""

    class Meta:
        model = "checks.DBSCheck"

    reviewer = factory.SubFactory(ReviewerFactory)
    level = "enhanced with barred lists"
    applied_on = TODAY - timedelta(days=350)
    issued_on = TODAY - timedelta(days=320)
    result = "clear"
    renewal_due_on = TODAY + timedelta(days=775)
    recorded_at = NOW - timedelta(days=320)


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = "checks.RiskAssessment"

    check_made = factory.SubFactory(DBSCheckFactory, result="disclosure")
    opened_on = TODAY - timedelta(days=320)


class ReadyReviewerFactory(ReviewerFactory):
    """Trained and with a blank certificate: eligible for any community review."""

    class Meta:
        model = "reviewers.Reviewer"
        skip_postgeneration_save = True

    @factory.post_generation
    def trained_and_checked(self: Any, create: bool, extracted: Any, **_: Any) -> None:
        PlaceFactory(reviewer=self, outcome="attended")
        DBSCheckFactory(reviewer=self)


class ReviewFactory(DjangoModelFactory):
    """A planned review four weeks from now, 09:30 to 15:30."""

    class Meta:
        model = "reviews.Review"

    reference = factory.Sequence(lambda n: f"R-{n:03}")
    service = factory.SubFactory(ServiceFactory)
    visit_on = TODAY + timedelta(days=28)
    starts_at = time(9, 30)
    ends_at = time(15, 30)
    status = "planned"
    meet_at = "Main reception"
    ring_on_the_day = "020 7946 0001"


class FirstVisitFactory(DjangoModelFactory):
    class Meta:
        model = "reviews.FirstVisit"

    reviewer = factory.SubFactory(ReviewerFactory)
    wish = "buddy"
    said_at = NOW - timedelta(days=2)
    said_how = "phone"


class StaffOnTeamFactory(DjangoModelFactory):
    class Meta:
        model = "reviews.TeamMember"

    review = factory.SubFactory(ReviewFactory)
    staff = factory.SubFactory(StaffFactory)
    role = "lead"
    response = "accepted"


class LXROnTeamFactory(DjangoModelFactory):
    """An LXR who was asked. ``holds_*`` are the operation's to set; give them where they matter."""

    class Meta:
        model = "reviews.TeamMember"

    review = factory.SubFactory(ReviewFactory)
    reviewer = factory.SubFactory(ReadyReviewerFactory)
    role = "lxr"
    response = "invited"
    invited_at = NOW - timedelta(days=1)
