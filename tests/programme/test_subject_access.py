"""A person gets everything held on them, and nothing on anyone else."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from audit.models import Event
from feedback.models import Asking
from jobs import operations as jobs
from jobs.models import Job
from notifications.models import Message
from organisation.queries import trust_settings
from programme.model_rules import MODEL_RULES, Export
from programme.models import SubjectRequest
from programme.subject_access import operations
from programme.subject_access.files import as_json, as_pdf
from programme.subject_access.gathering import everything_on
from programme.subject_access.parts import PARTS
from reviewers.models import Enquiry, Exclusion, Reviewer, StageChange, TimeAway
from reviews.models import Question
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
GIVEN = (Export.OWN_DATA, Export.PART)


def everything(person: Reviewer) -> dict[str, Any]:
    person = Reviewer.objects.select_related("user").get(pk=person.pk)
    found: dict[str, Any] = json.loads(as_json(everything_on(person), now=NOW))
    return found


def rows(person: Reviewer, model: str) -> list[dict[str, Any]]:
    [found] = [part["rows"] for part in everything(person)["parts"] if part["name"] == model]
    return list(found)


def text_of(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)


class TestTable:
    def test_every_model_that_is_given_has_its_part(self) -> None:
        given = {label for label, rule in MODEL_RULES.items() if rule.export in GIVEN}
        assert given - {part.model for part in PARTS} == set()

    def test_no_part_gives_what_is_never_given(self) -> None:
        never = {label for label, rule in MODEL_RULES.items() if rule.export not in GIVEN}
        # A session is nobody's, but that somebody helped to lead it is theirs.
        assert never & {part.model for part in PARTS} == {"training.session"}

    @pytest.mark.parametrize("part", PARTS, ids=lambda part: part.model)
    def test_every_column_is_given_or_left_out_with_a_reason(self, part: Any) -> None:
        meta = apps.get_model(part.model)._meta
        columns = {field.name for field in (*meta.fields, *meta.many_to_many)}
        columns -= {"reviewer"} if part.model == "reviewers.reviewer" else set()
        assert columns - part.columns() == set()

    @pytest.mark.parametrize("part", PARTS, ids=lambda part: part.model)
    def test_free_text_is_among_what_is_given(self, part: Any) -> None:
        assert part.free_text <= set(part.fields)


@pytest.fixture
def two(trust: Any) -> Any:
    """Ada and Ben: on one team, at one session; one took the other's place; staff wrote of both."""
    ada = make.ReviewerFactory(
        reference="LXR-A77", first_name="Ada", last_name="Okoro", email="ada@home.example",
        phone="07700 900111", address="1 Canary Row", access_needs="Canary quiet room",
        emergency_name="Canary Neighbour", emergency_phone="07700 900999",
    )  # fmt: skip
    ben = make.ReviewerFactory(
        reference="LXR-B88", first_name="Ben", last_name="Fordham", email="ben@home.example",
        phone="07700 900222", address="2 Other Road", access_needs="Ben’s own secret need",
    )  # fmt: skip
    staff = make.StaffFactory(name="Lee Grant", email="lee.grant@trust.example.org")
    coordinator = make.UserFactory(
        name="Kim Shaw", email="kim.shaw@trust.example.org", roles=["coordinator"]
    )
    review = make.ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=10))
    make.StaffOnTeamFactory(review=review, staff=staff)
    member = make.LXROnTeamFactory(review=review, reviewer=ada, response="accepted", attended=True)
    make.LXROnTeamFactory(review=review, reviewer=ben, response="withdrawn")
    session = make.SessionFactory()
    session.staff_facilitators.add(staff)
    session.co_facilitators.add(ben)
    for person in (ada, ben):
        make.PlaceFactory(session=session, reviewer=person, outcome="attended")
    Question.objects.create(
        member=member, words="Canary question: where does Ben Fordham park?", asked_at=NOW,
        closed_at=NOW, closed_by=coordinator,
    )  # fmt: skip
    StageChange.objects.create(
        reviewer=ada, from_stage="training", to_stage="active", at=NOW, by=coordinator,
        note="Canary note: took over from LXR-B88, ring Lee Grant or ben@home.example",
    )  # fmt: skip
    Exclusion.objects.create(reviewer=ada, service=review.service)
    TimeAway.objects.create(reviewer=ada, starts_on=TODAY, ends_on=TODAY)
    for person in (ada, ben):
        Asking.objects.create(review=review, audience="lxr", reviewer=person, asked_at=NOW)
        make.AnswerFactory(
            review=review, audience="lxr", impact=None, author=person, support_on_visit=7,
            comment=f"Canary words of {person.first_name}",
        )  # fmt: skip
    Message.objects.create(
        key="a", kind="invitation", recipient_kind="reviewer", recipient_id=ada.pk,
        recipient_name=str(ada), channel="email", address=ada.email, subject="Visit",
        body="Canary letter. You will meet Lee Grant. Ring 020 7946 0001.", queued_at=NOW,
        due_at=NOW,
    )  # fmt: skip
    make.DBSCheckFactory(reviewer=ada, reference_number="CANARY-0011", recorded_by=coordinator)
    return ada, ben


OF_ADA = (
    "Ada", "Okoro", "LXR-A77", "ada@home.example", "07700 900111", "1 Canary Row",
    "Canary quiet room", "Canary Neighbour", "07700 900999", "Canary question", "Canary note",
    "Canary words of Ada", "Canary letter", "CANARY-0011",
)  # fmt: skip
OF_OTHERS = (
    "Ben", "Fordham", "LXR-B88", "ben@home.example", "07700 900222", "2 Other Road",
    "own secret need", "Lee Grant", "lee.grant@", "Kim Shaw", "kim.shaw@", "020 7946 0001",
)  # fmt: skip


def test_everything_of_the_person_is_in_both_files_and_nothing_of_anyone_else(two: Any) -> None:
    ada, _ = two
    gathered = everything_on(ada)
    data = as_json(gathered, now=NOW).decode()
    document = text_of(as_pdf(gathered, trust=trust_settings(), now=NOW))

    for said in (data, " ".join(document.split())):
        assert [each for each in OF_ADA if each not in said] == []
        assert [each for each in OF_OTHERS if each in said] == []


def test_names_in_words_are_taken_out_and_the_words_stay(two: Any) -> None:
    ada, _ = two
    [change] = rows(ada, "reviewers.stagechange")
    assert change["note"] == (
        "Canary note: took over from [somebody else], ring [somebody else] or [somebody else]"
    )


def test_somebody_with_the_same_name_keeps_it_in(two: Any) -> None:
    ada, _ = two
    make.ReviewerFactory(first_name="Ada", last_name="Okoro")
    Reviewer.objects.filter(pk=ada.pk).update(phone="")
    assert everything(ada)["about"]["name"] == "Ada Okoro"


def test_gathering_costs_the_same_for_few_rows_and_many(
    two: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    ada, _ = two
    ada = Reviewer.objects.select_related("user").get(pk=ada.pk)
    with django_assert_max_num_queries(60) as captured:
        everything_on(ada)
    for _ in range(10):
        make.PlaceFactory(reviewer=ada)
        make.LXROnTeamFactory(reviewer=ada)
        make.DBSCheckFactory(reviewer=ada, applied_on=TODAY - timedelta(days=400 + _))
    with django_assert_num_queries(len(captured)):
        everything_on(ada)


def test_document_is_tagged_and_says_what_it_is(two: Any) -> None:
    ada, _ = two
    reader = PdfReader(io.BytesIO(as_pdf(everything_on(ada), trust=trust_settings(), now=NOW)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - its own kind of boolean
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "What we hold about Ada Okoro"


def test_words_that_look_like_markup_stay_words(trust: Any) -> None:
    words = '#panic("no") *bold* $x$ `code` <a> \\ @ref // = heading مرحبا'
    person = make.ReviewerFactory(access_needs=words)
    said = text_of(as_pdf(everything_on(person), trust=trust, now=NOW))
    assert '#panic("no") *bold* $x$ `code` <a> \\ @ref //' in " ".join(said.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Thank you 🎉", "Thank you [party popper]"),
        ("中", "[cjk unified ideograph-4e2d]"),
        ("one\x01two", "one two"),
        ("Zoë – “quiet”, naïve café …", "Zoë – “quiet”, naïve café …"),
        ("first line\r\nsecond line", "first line second line"),
    ],
)
def test_sign_that_no_font_has_stands_by_its_name(trust: Any, words: str, said: str) -> None:
    person = make.ReviewerFactory(access_needs=words)
    gathered = everything_on(person)
    found = " ".join(text_of(as_pdf(gathered, trust=trust, now=NOW)).split())
    assert said in found or words in found  # where a font has it
    assert words.encode() in as_json(gathered, now=NOW) or not words.isprintable()


class TestOwnCopy:
    def work(self) -> None:
        for job in Job.objects.unfinished():
            jobs.run(job_id=job.pk, clock=timezone.now)

    def test_it_is_made_kept_a_day_and_erased(self, trust: Any) -> None:
        person = make.ReviewerFactory()
        request = operations.ask_for_own(reviewer=person, by=person.user, now=NOW)
        again = operations.ask_for_own(reviewer=person, by=person.user, now=NOW)
        assert (again.pk, Job.objects.count()) == (request.pk, 1)

        self.work()
        request.refresh_from_db()
        assert request.state == "ready"
        assert request.made_at is not None
        content = operations.download_own(request=request, name="document", by=person.user, now=NOW)
        assert content.startswith(b"%PDF")

        assert operations.forget_copies(now=request.made_at + timedelta(hours=23)) == 0
        assert operations.forget_copies(now=request.made_at + timedelta(hours=25)) == 1
        request.refresh_from_db()
        assert (request.state, request.document, request.data) == ("done", b"", b"")

    def test_files_stand_encrypted(self, trust: Any) -> None:
        person = make.ReviewerFactory(access_needs="Canary quiet room")
        operations.ask_for_own(reviewer=person, by=person.user, now=NOW)
        self.work()
        stored = SubjectRequest.objects.extra(select={"raw": "data"}).values_list("raw", flat=True)
        assert b"Canary" not in bytes(stored[0])
        assert b"Canary" in SubjectRequest.objects.get().data

    def test_one_that_could_not_be_made_can_be_asked_for_again(
        self, trust: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person = make.ReviewerFactory()
        operations.ask_for_own(reviewer=person, by=person.user, now=NOW)
        with monkeypatch.context() as patched:
            patched.setattr(operations, "as_pdf", lambda *_, **__: 1 / 0)
            self.work()
        assert Job.objects.get().state == "failed"

        operations.ask_for_own(reviewer=person, by=person.user, now=NOW)
        self.work()
        assert SubjectRequest.objects.get().state == "ready"


class TestCopyToPost:
    def test_it_is_asked_for_made_by_an_officer_and_posted(self, trust: Any) -> None:
        person = make.ReviewerFactory(user=None)
        coordinator = make.UserFactory(roles=["coordinator"])
        officer = make.UserFactory(roles=["checks_officer"])
        request = operations.ask_to_post(reviewer=person, by=coordinator, now=NOW)
        assert operations.ask_to_post(reviewer=person, by=officer, now=NOW).pk == request.pk

        with pytest.raises(RuleBroken, match="no copy to post"):
            operations.record_posted(request=request, by=officer, now=NOW)
        operations.make_to_post(request=request, purpose="question", by=officer, now=NOW)
        TestOwnCopy().work()
        request.refresh_from_db()
        operations.open_to_post(
            request=request, name="data", purpose="question", by=officer, now=NOW
        )
        looks = Event.objects.filter(kind="looked", person_id=person.pk, actor_id=officer.pk)
        assert [(look.action, look.why) for look in looks.order_by("pk")] == [
            ("had a copy of their data made", "question"),
            ("opened a copy of their data", "question"),
        ]

        done = operations.record_posted(request=request, by=officer, now=NOW)
        assert (done.state, bytes(done.document)) == ("done", b"")
        with pytest.raises(RuleBroken, match="Ask for a new one"):
            operations.make_to_post(request=request, purpose="question", by=officer, now=NOW)

    def test_one_that_nobody_posted_waits_again(self, trust: Any) -> None:
        officer = make.UserFactory(roles=["checks_officer"])
        request = operations.ask_to_post(reviewer=make.ReviewerFactory(), by=officer, now=NOW)
        operations.make_to_post(request=request, purpose="question", by=officer, now=NOW)
        TestOwnCopy().work()
        assert operations.forget_copies(now=timezone.now() + timedelta(hours=25)) == 1
        request.refresh_from_db()
        assert (request.state, request.document) == ("waiting", b"")

    def test_own_copy_is_nobody_elses_to_make(self, trust: Any) -> None:
        person = make.ReviewerFactory()
        request = operations.ask_for_own(reviewer=person, by=person.user, now=NOW)
        officer = make.UserFactory(roles=["checks_officer"])
        with pytest.raises(RuleBroken, match="themselves"):
            operations.make_to_post(request=request, purpose="question", by=officer, now=NOW)


class TestCommand:
    def test_it_writes_two_files_for_their_owner_alone(self, two: Any, tmp_path: Any) -> None:
        ada, _ = two
        call_command("subject_access", "lxr-a77", "--to", str(tmp_path / "out"))
        files = sorted((tmp_path / "out").iterdir())
        assert [path.suffix for path in files] == [".json", ".pdf"]
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
        assert "Canary quiet room" in files[0].read_text("utf-8")
        event = Event.objects.get(kind="looked")
        assert (event.person_id, event.actor_id, event.why) == (ada.pk, None, "subject access")

    def test_nobody_with_the_reference_is_said(self, trust: Any, tmp_path: Any) -> None:
        with pytest.raises(CommandError, match="Nobody has the reference LXR-0"):
            call_command("subject_access", "LXR-0", "--to", str(tmp_path))
        assert list(tmp_path.iterdir()) == []

    def test_folder_that_cannot_be_written_to_is_said(self, two: Any, tmp_path: Any) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(CommandError, match="cannot be written to"):
            call_command("subject_access", "LXR-A77", "--to", str(tmp_path / "file"))

    def test_it_gives_what_the_button_of_the_page_gives(
        self, two: Any, client_as: Any, tmp_path: Any
    ) -> None:
        ada, _ = two
        ways = {"linked@example.org": ada, ada.email.upper(): None, "linked@EXAMPLE.org": None}
        for contact, reviewer in ways.items():
            Enquiry.objects.create(
                name="ada okoro", contact=contact, needs=f"Canary of {contact}", received_at=NOW,
                reviewer=reviewer,
            )  # fmt: skip
        Enquiry.objects.create(name="Ada Okoro", contact="ben@home.example", received_at=NOW)
        client = client_as(ada.user)
        client.post(reverse("own-programme:everything"))
        TestOwnCopy().work()
        call_command("subject_access", "LXR-A77", "--to", str(tmp_path))

        page = json.loads(client.get(reverse("own-programme:everything_json")).content)
        command = json.loads((tmp_path / f"everything-{ada.pk}.json").read_text("utf-8"))
        # Asking on the page is itself something that is held
        grown = {"programme.subjectrequest", "audit.event"}
        same = [
            [part for part in held["parts"] if part["name"] not in grown]
            for held in (page, command)
        ]
        assert same[0] == same[1]
        assert [part["name"] for part in page["parts"]] == [
            part["name"] for part in command["parts"]
        ]
        [sent] = [part["rows"] for part in same[0] if part["name"] == "reviewers.enquiry"]
        assert [row["contact"] for row in sent] == list(ways)
        documents = [
            client.get(reverse("own-programme:everything_pdf")).content,
            (tmp_path / f"everything-{ada.pk}.pdf").read_bytes(),
        ]
        assert [text_of(each).count("Canary of") for each in documents] == [3, 3]

    def test_it_gives_who_only_sent_an_enquiry_what_the_button_gives(
        self, client_as: Any, trust: Any, tmp_path: Any
    ) -> None:
        for needs in ("Step-free", "Ring after 5pm"):
            enquiry = Enquiry.objects.create(
                name="Fay Hill", contact="fay@home.example", needs=needs, received_at=NOW
            )
        call_command("subject_access", f"enquiry {enquiry.pk}", "--to", str(tmp_path))
        client = client_as("coordinator")
        page = client.get(reverse("programme:enquiry_json", args=[enquiry.pk])).content

        command = (tmp_path / f"enquiry-{enquiry.pk}.json").read_bytes()
        found = [
            [part["rows"] for part in json.loads(held)["parts"] if part["name"] != "audit.event"]
            for held in (command, page)
        ]
        assert found[0] == found[1]
        assert [row["needs"] for row in found[0][0]] == ["Step-free", "Ring after 5pm"]
        document = (tmp_path / f"enquiry-{enquiry.pk}.pdf").read_bytes()
        assert "Ring after 5pm" in text_of(document)
        events = Event.objects.filter(action="made a copy of an enquiry")
        assert [each.actor_id for each in events.order_by("pk")] == [None, None, client.user.pk]

    def test_of_who_became_a_person_it_gives_everything(self, two: Any, tmp_path: Any) -> None:
        ada, _ = two
        enquiry = Enquiry.objects.create(
            name="Ada", contact="x", received_at=NOW, reviewer=ada, outcome="added", closed_at=NOW
        )
        call_command("subject_access", str(enquiry), "--to", str(tmp_path))
        assert "CANARY-0011" in (tmp_path / f"everything-{ada.pk}.json").read_text("utf-8")

    @pytest.mark.parametrize("reference", ["Enquiry 0", "Enquiry", "Enquiry " + "9" * 30, ""])
    def test_what_is_no_reference_is_said(self, trust: Any, tmp_path: Any, reference: str) -> None:
        with pytest.raises(CommandError, match="Nobody has the reference"):
            call_command("subject_access", reference, "--to", str(tmp_path))
