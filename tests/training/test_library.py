"""The library: versions and formats, who has to read what, and who has."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from reviewers.models import AccessNeed
from reviewers.uploads import Checked
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, PDF, TODAY
from training.models import Document, DocumentFile, DocumentVersion, Reading
from training.operations import library as operations
from training.queries import library as queries

pytestmark = pytest.mark.django_db
DETAILS = {"title": "On your own", "about": "How we keep you safe.", "must_read": "everyone"}


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def by(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


@pytest.fixture
def reader() -> Any:
    return make.ReviewerFactory(stage="active")


@pytest.fixture
def version() -> Any:
    return make.DocumentVersionFactory(title="On your own")


def pdf(name: str = "a.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def read(version: Any, reader: Any, by: Any, **given: Any) -> Reading:
    given = {"read_on": TODAY, "how": "online"} | given
    return operations.record_reading(version=version, reviewer=reader, by=by, now=NOW, **given)


def publish(document: Any, by: Any, what_changed: str = "Whom to ring") -> DocumentVersion:
    return operations.publish_document(
        document=document, what_changed=what_changed, file=Checked("b.pdf", "pdf", PDF + b"\n"),
        by=by, now=NOW,
    )  # fmt: skip


def titles(reader: Any) -> list[str]:
    return [str(each) for each in queries.to_read_by(reader)]


def refused(call: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(RuleBroken) as broken:
        call(*args, **given)
    return str(broken.value)


class TestWhoReadsWhat:
    def test_a_new_version_asks_again_and_the_old_one_is_kept(
        self, by: Any, reader: Any, version: Any
    ) -> None:
        assert titles(reader) == ["On your own, version 1"]
        read(version, reader, by)
        assert titles(reader) == []

        new = publish(version.document, by)

        assert titles(reader) == ["On your own, version 2"]
        assert [each.number for each in version.document.versions.all()] == [2, 1]
        assert bytes(version.files.get().content) == PDF
        assert queries.rows()[0].read == 0
        read(new, reader, by)
        assert (queries.rows()[0].read, queries.rows()[0].must) == (1, 1)
        assert [event.action for event in Event.objects.order_by("pk")] == [
            "read a document",
            "published a version of a document",
            "read a document",
        ]

    @pytest.mark.parametrize(
        ("must_read", "is_trained", "stage", "has_to"),
        [
            ("nobody", True, "active", False),
            ("everyone", False, "training", True),
            ("everyone", False, "enquiry", False),
            ("everyone", True, "left", False),
            ("everyone", True, "paused", True),
            ("everyone", False, "checks", True),
            ("everyone", False, "interview", False),
            ("trained", True, "active", True),
            ("trained", True, "checks", True),
            ("trained", False, "checks", False),
            ("trained", False, "active", False),
        ],
    )
    def test_who_has_to(self, must_read: str, is_trained: bool, stage: str, has_to: bool) -> None:
        person = make.ReviewerFactory(stage=stage)
        if is_trained:
            make.PlaceFactory(reviewer=person, outcome="attended")
        make.DocumentVersionFactory(document__must_read=must_read)
        assert bool(titles(person)) is has_to
        assert [each.is_to_read for each in queries.for_person(person)] == [has_to]
        assert queries.who_must(must_read).filter(pk=person.pk).exists() is has_to
        assert queries.rows()[0].must == has_to

    def test_what_is_withdrawn_is_asked_of_nobody_and_kept(
        self, by: Any, reader: Any, version: Any
    ) -> None:
        def withdraw(is_withdrawn: bool) -> None:
            operations.withdraw_document(
                document=version.document, is_withdrawn=is_withdrawn, by=by, now=NOW
            )

        withdraw(True)
        assert titles(reader) == []
        assert queries.for_person(reader) == []
        assert refused(publish, version.document, by) == (
            "This document is withdrawn. Put it back first."
        )
        withdraw(False)
        assert titles(reader) == ["On your own, version 1"]

    def test_reading_it_twice_is_once(self, by: Any, reader: Any, version: Any) -> None:
        assert read(version, reader, by) == read(version, reader, by, how="phone")
        assert Event.objects.count() == 1

    def test_what_is_refused(self, by: Any, reader: Any, version: Any) -> None:
        tomorrow = TODAY + timedelta(days=1)
        left = make.ReviewerFactory(stage="left")
        assert refused(read, version, reader, by, read_on=tomorrow) == (
            "Enter today or an earlier day."
        )
        assert refused(read, version, left, by) == f"{left} has left the programme."
        publish(version.document, by)
        newer = "There is a newer version by now. "
        assert refused(read, version, reader, by) == f"{newer}Please read that one."
        assert refused(
            operations.add_format,
            version=version, kind="easy read", file=Checked("a.pdf", "pdf", PDF), by=by, now=NOW,
        ) == f"{newer}Add the format to that one."  # fmt: skip

    def test_publishing_the_same_again_is_the_version_that_is_there(
        self, by: Any, version: Any
    ) -> None:
        assert publish(version.document, by) == publish(version.document, by)
        assert version.document.versions.count() == 2


class TestStaffPages:
    @pytest.fixture
    def client(self, client: Any, by: Any) -> Any:
        client.force_login(by)
        return client

    def test_a_document_is_added_with_its_file(self, client: Any) -> None:
        page = client.post(reverse("library:add"), {**DETAILS, "file": pdf("Guidance.pdf")})
        document = Document.objects.get()
        assert page.url == reverse("library:detail", args=[document.pk])
        kept = DocumentFile.objects.get()
        assert (kept.name, kept.kind, kept.size, bytes(kept.content)) == (
            "Guidance.pdf", "pdf", len(PDF), PDF,
        )  # fmt: skip

    def test_a_file_that_lies_is_refused_and_nothing_typed_is_lost(self, client: Any) -> None:
        sent = {**DETAILS, "file": pdf("report.pdf", b"MZ\x90\x00")}
        page = client.post(reverse("library:add"), sent)
        assert "This file is not what its name says." in page.content.decode()
        assert page.context["form"]["about"].value() == DETAILS["about"]
        assert not Document.objects.exists()

    def test_a_good_file_has_to_be_chosen_again_where_something_else_is_wrong(
        self, client: Any
    ) -> None:
        page = client.post(reverse("library:add"), {**DETAILS, "title": "", "file": pdf()})
        assert page.context["form"].errors["file"] == ["Choose the file again"]

    def test_a_title_that_is_taken(self, client: Any, version: Any) -> None:
        sent = {**DETAILS, "title": "ON YOUR OWN", "file": pdf()}
        page = client.post(reverse("library:add"), sent)
        assert "There is already a document called ON YOUR OWN." in page.content.decode()

    def test_a_format_is_added_once(self, client: Any, version: Any) -> None:
        address = reverse("library:add-format", args=[version.document_id])
        sent = {"kind": "easy read", "file": pdf()}
        client.post(address, sent)
        page = client.post(address, {**sent, "file": pdf()})
        assert "This version has that format already." in page.content.decode()
        assert version.files.count() == 2

    def test_reading_is_recorded_for_a_person(self, client: Any, reader: Any, version: Any) -> None:
        client.post(
            reverse("library:record", args=[version.document_id, reader.pk]),
            {"read_on_day": 9, "read_on_month": 6, "read_on_year": 2026, "how": "paper"},
        )
        reading = Reading.objects.get()
        assert (reading.reviewer, reading.read_on, reading.how) == (
            reader, TODAY - timedelta(days=1), "paper",
        )  # fmt: skip

    def test_the_persons_page_says_what_is_still_to_read(
        self, client: Any, reader: Any, version: Any
    ) -> None:
        page = client.get(reverse("reviewers:detail", args=[reader.pk])).content.decode()
        assert "Still to read: " in page


class TestOwnPages:
    @pytest.fixture
    def client(self, client: Any, reader: Any, trust: Any) -> Any:
        client.force_login(reader.user)
        return client

    def test_an_empty_list_promises_no_message(self, client: Any, reader: Any) -> None:
        page = client.get(reverse("own-library:list")).content.decode()
        assert "When there is, it will be on this page." in page

    def test_a_file_goes_out_as_an_attachment(self, client: Any, version: Any) -> None:
        kept = version.files.get()
        kept.name = 'what "to" do.pdf'
        kept.save()
        answer = client.get(reverse("own-library:file", args=[kept.pk]))
        assert answer.content == PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="what \\"to\\" do.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]

    def test_an_old_file_is_for_those_who_read_it(
        self, client: Any, by: Any, reader: Any, version: Any
    ) -> None:
        address = reverse("own-library:file", args=[version.files.get().pk])
        publish(version.document, by)
        assert client.get(address).status_code == 404
        version.readings.create(reviewer=reader, read_on=TODAY, how="online")
        assert client.get(address).status_code == 200

    def test_the_format_they_need_comes_first(self, client: Any, reader: Any, version: Any) -> None:
        AccessNeed.objects.create(reviewer=reader, kind="easy read")
        for kind in ("large print", "easy read"):
            version.files.create(format=kind, name="a.pdf", kind="pdf", size=1, content=PDF)
        page = client.get(reverse("own-library:detail", args=[version.document_id]))
        assert [each.format for each in page.context["files"]] == [
            "easy read", "standard", "large print",
        ]  # fmt: skip

    def test_a_version_that_is_newer_by_now_is_not_taken_as_read(
        self, client: Any, by: Any, version: Any
    ) -> None:
        address = reverse("own-library:detail", args=[version.document_id])
        publish(version.document, by)
        page = client.post(address, {"version": 1}, follow=True)
        assert "There is a newer version by now. Please read that one." in page.content.decode()
        assert not Reading.objects.exists()
