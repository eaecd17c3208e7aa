"""The role description in the formats that people need: beside its words, and in the library."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from reviewers import operations
from reviewers.models import AccessNeed, RoleDescription, RoleDescriptionFile
from reviewers.uploads import Checked
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, PDF, TODAY

pytestmark = pytest.mark.django_db
EASY_READ = Checked("easy.pdf", "pdf", PDF)
WRITTEN = {
    "words": "You visit with us.", "is_what_was_signed": "no", "what_changed": "All of it.",
    "needed_from_day": "1", "needed_from_month": "7", "needed_from_year": "2026",
}  # fmt: skip


def publish(words: str = "You visit with us.", **files: Checked) -> RoleDescription:
    return operations.publish_version(
        words=words, what_changed="All of it.", needed_from=TODAY, by=None, now=NOW,
        files={kind.replace("_", " "): file for kind, file in files.items()},
    )  # fmt: skip


def add(version: RoleDescription, kind: str = "easy read") -> RoleDescriptionFile:
    return operations.add_role_format(version=version, kind=kind, file=EASY_READ, by=None, now=NOW)


def sent_file(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("Easy Read.pdf", content)


@time_machine.travel(NOW)
def test_a_version_is_published_with_its_formats(client_as: Any, trust: Any) -> None:
    client = client_as("quality_lead")
    for _ in range(2):
        client.post(
            reverse("reviewers:publish-version"),
            {**WRITTEN, "easy_read": sent_file(), "large_print": sent_file(PDF + b"\n")},
        )
    version = RoleDescription.objects.get()
    kept = version.files.values_list("format", "name", "kind", "size")
    assert list(kept.order_by("format")) == [
        ("easy read", "Easy Read.pdf", "pdf", len(PDF)),
        ("large print", "Easy Read.pdf", "pdf", len(PDF) + 1),
    ]
    page = client.get(reverse("reviewers:versions"))
    assert "Add large print or Easy Read" not in page.text


@time_machine.travel(NOW)
def test_a_file_that_lies_publishes_nothing_and_keeps_the_words(client_as: Any, trust: Any) -> None:
    sent = {**WRITTEN, "easy_read": sent_file(b"MZ\x90\x00"), "large_print": sent_file()}
    page = client_as("quality_lead").post(reverse("reviewers:publish-version"), sent)
    assert "This file is not what its name says." in page.text
    assert page.context["form"]["words"].value() == WRITTEN["words"]
    assert page.context["form"].errors["large_print"] == ["Choose the file again"]
    assert not RoleDescription.objects.exists()


def test_a_format_is_added_once_and_only_to_the_newest() -> None:
    old = publish()
    add(old)
    assert Event.objects.filter(action="added a format of the role description").count() == 1
    with pytest.raises(RuleBroken, match="This version has that format already"):
        add(old)
    publish(words="Newer")
    with pytest.raises(RuleBroken, match="There is a newer version by now"):
        add(old, "large print")
    assert RoleDescriptionFile.objects.count() == 1


def test_the_same_words_take_a_format_that_was_missing_and_no_other_file() -> None:
    version = publish(large_print=EASY_READ)
    assert publish(large_print=EASY_READ, easy_read=EASY_READ) == version
    assert version.files.count() == 2
    with pytest.raises(RuleBroken, match="A file never changes"):
        publish(large_print=Checked("other.pdf", "pdf", PDF + b"\n"))


def test_the_page_of_staff_adds_a_format_or_says_why_not(client_as: Any, trust: Any) -> None:
    client, url = client_as("coordinator"), reverse("reviewers:add-role-format")
    assert client.get(url).status_code == 404
    publish()
    for words in ("The format is added.", "This version has that format already."):
        page = client.post(url, {"kind": "easy read", "file": sent_file()}, follow=True)
        assert words in page.text


def test_who_signs_is_offered_what_they_need_first(client_as: Any, trust: Any) -> None:
    person = make.ReviewerFactory(role_description_signed_on=None)
    AccessNeed.objects.create(reviewer=person, kind="easy read")
    publish(large_print=EASY_READ, easy_read=EASY_READ)
    client = client_as(person.user)
    page = client.get(reverse("own-reviewers:role-description"))
    assert [each.format for each in page.context["files"]] == ["easy read", "large print"]
    wanted = page.context["files"][0]
    address = reverse("own-reviewers:role-file", args=[wanted.pk])
    assert page.text.index(address) < page.text.index("You visit with us.")
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="easy.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == (
        "nosniff", "private, no-store",
    )  # fmt: skip


def test_the_files_of_an_old_version_stay(client_as: Any, trust: Any) -> None:
    old = publish(easy_read=EASY_READ)
    publish(words="Newer")
    person = make.ReviewerFactory()
    page = client_as(person.user).get(reverse("own-reviewers:version", args=[old.number]))
    address = reverse("own-reviewers:role-file", args=[old.files.get().pk])
    assert address in page.text
    assert client_as(person.user).get(address).status_code == 200


class TestInTheLibrary:
    def test_it_is_to_read_until_it_is_signed(self, client_as: Any, trust: Any) -> None:
        version = publish(easy_read=EASY_READ)
        person = make.ReviewerFactory(role_description_signed_on=None)

        def shown(which: str) -> list[str]:
            page = client_as(person.user).get(reverse("own-library:list"))
            assert reverse("own-reviewers:role-description") in page.text
            return [each.title for each in page.context[which]]

        assert (shown("to_read"), shown("others")) == (["Role description"], [])
        person.role_description_signed_on, person.signed_version = TODAY, version.number
        person.save()
        assert (shown("to_read"), shown("others")) == ([], ["Role description"])

    def test_staff_see_its_formats_and_who_signed(self, client_as: Any, trust: Any) -> None:
        make.DocumentVersionFactory(title="On your own")
        version = publish(easy_read=EASY_READ)
        for number, stage in ((version.number, "active"), (1, "checks"), (1, "enquiry")):
            make.ReviewerFactory(
                signed_version=number, stage=stage,
                role_description_signed_on=TODAY - timedelta(days=1),
            )  # fmt: skip
        text = client_as("coordinator").get(reverse("library:list")).text
        assert "Standard<br>Easy Read" in text
        assert "1 of 2" in text
