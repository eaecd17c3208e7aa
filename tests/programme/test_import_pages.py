"""Uploading, looking, confirming: each press counts once, and nobody sees another's."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from checks.models import DBSCheck
from jobs import operations as jobs
from jobs.models import Job
from programme.importing import operations
from programme.models import Upload
from rules import RuleBroken
from tests import factories as make
from tests.programme import files
from tests.programme.files import sheets, workbook

pytestmark = pytest.mark.django_db
NAME = "programme.xlsx"


def send(client, content, token=None):
    return client.post(
        reverse("programme:import"),
        {"file": SimpleUploadedFile(NAME, content), "token": str(token or uuid.uuid4())},
    )


def work() -> None:
    """What the worker does."""
    for job in Job.objects.unfinished():
        jobs.run(job_id=job.pk, clock=timezone.now)


def page(client):
    upload = Upload.objects.get()
    return client.get(reverse("programme:import_preview", args=[upload.pk])).content.decode()


def press(client, step, **sends):
    upload = Upload.objects.get()
    return client.post(reverse(f"programme:import_{step}", args=[upload.pk]), sends)


def test_upload_look_confirm(client_as):
    client = client_as("coordinator")
    response = send(client, workbook({"Staff": files.STAFF}))
    assert response["Location"] == reverse("jobs:detail", args=[Job.objects.get().pk])
    work()
    assert "What this file would change" in page(client)
    press(client, "confirm")
    work()
    assert "The programme was brought in" in page(client)
    upload = Upload.objects.get()
    assert (upload.state, bytes(upload.content)) == ("done", b"")


def test_pressing_twice_does_it_once(client_as):
    client, token = client_as("coordinator"), uuid.uuid4()
    content = workbook({"Staff": files.STAFF})
    assert send(client, content, token)["Location"] == send(client, content, token)["Location"]
    work()
    first, second = press(client, "confirm"), press(client, "confirm")
    assert first["Location"] == second["Location"]
    assert Job.objects.count() == 2
    work()
    press(client, "confirm")
    assert Job.objects.count() == 2


def test_file_is_encrypted_at_rest(client_as):
    send(client_as("coordinator"), workbook({"Staff": files.STAFF}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM programme_upload")
        assert bytes(cursor.fetchone()[0]).startswith(b"enc:")


def test_refused_file_says_why_and_is_erased(client_as):
    client = client_as("coordinator")
    send(client, b"%PDF hello")
    work()
    assert "neither a workbook nor a zip" in page(client)
    assert bytes(Upload.objects.get().content) == b""


def test_problems_are_shown_and_cannot_be_confirmed(client_as):
    client = client_as("coordinator")
    send(client, workbook({"Staff": [["Name", "Email"], ["Lee", "nowhere"]]}))
    work()
    shown = page(client)
    assert "This file has 1 problem" in shown
    assert "This is what the rows without a problem would change." in shown
    assert "nowhere" in shown
    press(client, "confirm")
    assert Job.objects.count() == 1


def kept() -> bytes:
    """What is still there of the file."""
    return bytes(Upload.objects.get().content)


@pytest.mark.parametrize("email", ["lee.grant@example.org", "nowhere"])
def test_file_that_leads_to_nothing_is_erased_at_once(client_as, email):
    make.StaffFactory(name="Lee Grant", email="lee.grant@example.org")
    client = client_as("coordinator")
    send(client, workbook({"Staff": [["Name", "Email"], ["Lee Grant", email]]}))
    assert kept()
    work()
    assert kept() == b""
    shown = page(client)
    assert "The uploaded file was erased." in shown
    assert "Bring it in" not in shown
    assert "Erase this file" not in shown
    assert press(client, "confirm").status_code == 302
    assert Upload.objects.get().state == "ready"
    assert Job.objects.count() == 1


def test_file_that_changes_nothing_cannot_be_brought_in(client_as):
    make.StaffFactory(name="Lee Grant", email="")
    client = client_as("coordinator")
    send(client, workbook({"Staff": [["Name"], ["Lee Grant"]]}))
    work()
    upload = Upload.objects.get()
    with pytest.raises(RuleBroken, match="nothing to bring in"):
        operations.confirm(upload=upload, by=upload.asked_by, now=files.NOW)


def test_unknown_sheet_can_be_left_out(client_as):
    client = client_as("coordinator")
    send(client, workbook({"Staff": files.STAFF, "Notes": [["x"]]}))
    work()
    assert kept()
    assert press(client, "leave_out", leave_out="Something else").status_code == 200
    press(client, "leave_out", leave_out="Notes")
    work()
    assert "What this file would change" in page(client)


def test_coordinator_never_sees_check_columns(client_as):
    rows = [[*one, *two[1:]] for one, two in zip(files.REVIEWERS, files.CHECKS, strict=True)]
    rows[1][-3] = "canary-result"
    client = client_as("coordinator")
    send(client, workbook(sheets(Reviewers=rows)))
    work()
    shown = page(client)
    assert "check columns" in shown
    assert "canary-result" not in shown
    assert "not approved" not in shown
    press(client, "confirm")
    work()
    assert DBSCheck.objects.count() == 0


def test_nobody_sees_another_persons_upload(client_as):
    send(client_as("coordinator"), workbook({"Staff": files.STAFF}))
    upload = Upload.objects.get()
    stranger = client_as("quality_lead")
    url = reverse("programme:import_preview", args=[upload.pk])
    assert stranger.get(url).status_code == 404


def test_erasing_an_upload(client_as):
    client = client_as("coordinator")
    send(client, workbook({"Staff": files.STAFF}))
    press(client, "abandon")
    assert not Upload.objects.exists()
    work()  # the reading that was asked for finds nothing
    assert Job.objects.get().state == "done"


def test_upload_of_yesterday_is_forgotten(client_as):
    send(client_as("coordinator"), workbook({"Staff": files.STAFF}))
    now = timezone.now()
    assert operations.forget_uploads(now=now + timedelta(hours=23)) == 0
    assert operations.forget_uploads(now=now + timedelta(hours=25)) == 1


def test_only_what_a_role_may_bring_in(user_as):
    with pytest.raises(RuleBroken):
        operations.upload_file(
            name=NAME, content=b"x", taking=operations.Taking.CHECKS, token=uuid.uuid4(),
            by=user_as("coordinator"), now=files.NOW,
        )  # fmt: skip


def test_name_that_is_too_long_is_said(client_as):
    file = SimpleUploadedFile("a" * 240 + ".xlsx", workbook({"Staff": files.STAFF}))
    token = str(uuid.uuid4())
    response = client_as("coordinator").post(
        reverse("programme:import"), {"file": file, "token": token}
    )
    assert "The file’s name must be 200 characters or fewer" in response.text
    assert not Upload.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "\0", "9" * 400])
def test_strange_form_is_an_error_on_the_page(client_as, token):
    client = client_as("coordinator")
    response = client.post(reverse("programme:import"), {"token": token})
    assert response.status_code == 200
    assert "Choose a file" in response.content.decode()


def test_template_downloads(client_as):
    response = client_as("coordinator").get(reverse("programme:import_template"))
    assert response.content.startswith(b"PK")


@pytest.mark.parametrize(
    "wrong", [{"state": "lost"}, {"taking": "half"}, {"state": "done", "content": b"x"}]
)
def test_upload_keeps_its_rules(user_as, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.create(
            **{"token": uuid.uuid4(), "asked_by": user_as(), "asked_at": files.NOW,
               "name": NAME, "taking": "programme", **wrong}
        )  # fmt: skip
