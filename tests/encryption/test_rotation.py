"""Rotation loses nothing, can be stopped, and does not undo what somebody wrote meanwhile."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from encryption import rotation
from encryption.fields import place_of
from encryption.keys import key_id_of
from encryption.rotation import encrypted_fields, rotate
from jobs.models import Job, JobFile
from reviewers.models import Enquiry, Reviewer
from tests.encryption.test_keys import NEW, OLD
from tests.factories import NOW, ReviewerFactory

NEEDS = Reviewer._meta.get_field("access_needs")


def stored(table: str, column: str) -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {column} FROM {table}")  # noqa: S608 - names from the test
        return {
            pk: value.encode() if isinstance(value, str) else bytes(value)
            for pk, value in cursor.fetchall()
        }


@pytest.fixture
def old_rows(settings, db):
    """Seven reviewers and a file under the old key; then a new key is put first."""
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    people = [ReviewerFactory(access_needs=f"Needs {n}" if n else "") for n in range(7)]
    job = Job.objects.create(kind="import", asked_at=NOW)
    JobFile.objects.create(job=job, name="a", content=b"\x00\xff rows")
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    return people


def test_everything_opens_with_the_new_key_alone_afterwards(old_rows, settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    out = StringIO()
    call_command("rotate_keys", stdout=out)

    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert [Reviewer.objects.get(pk=p.pk).access_needs for p in old_rows] == [
        "",
        *(f"Needs {n}" for n in range(1, 7)),
    ]
    assert JobFile.objects.get().content == b"\x00\xff rows"
    assert "reviewers_reviewer.access_needs: 6 re-encrypted" in out.getvalue()
    assert "jobs_jobfile.content: 1 re-encrypted" in out.getvalue()


def test_a_second_run_writes_nothing(old_rows):
    assert rotate(NEEDS) == 6
    before = stored("reviewers_reviewer", "access_needs")

    assert rotate(NEEDS) == 0
    assert stored("reviewers_reviewer", "access_needs") == before


def test_what_somebody_wrote_meanwhile_stays(old_rows, monkeypatch):
    read = rotation._stored
    person = old_rows[3]

    def then_somebody_writes(field, after):
        rows = read(field, after)
        if after == 0:
            Reviewer.objects.filter(pk=person.pk).update(access_needs="New words")
        return rows

    monkeypatch.setattr(rotation, "_stored", then_somebody_writes)

    assert rotate(NEEDS) == 5
    assert Reviewer.objects.get(pk=person.pk).access_needs == "New words"
    assert {key_id_of(v) for v in stored("reviewers_reviewer", "access_needs").values() if v} == {
        "new"
    }


def test_a_value_that_no_key_opens_stops_it_and_stays(old_rows, settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    before = stored("reviewers_reviewer", "access_needs")

    with pytest.raises(CommandError, match=r"reviewers_reviewer\.access_needs cannot be opened"):
        call_command("rotate_keys", stdout=StringIO())

    assert stored("reviewers_reviewer", "access_needs") == before


@pytest.mark.django_db
def test_every_encrypted_column_is_rotated():
    assert {place_of(field) for field in encrypted_fields()} >= {
        "checks_dbscheck.reference_number",
        "jobs_jobfile.content",
        "notifications_message.body",
        "reviewers_reviewer.access_needs",
    }


MANY = 10_000  # make bench rotates 100,000


def test_many_rows_are_rotated_and_every_one_still_opens(settings, db, monkeypatch):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    contact = EncryptedRows("contact")
    enquiries = contact.write(MANY)
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    read, sizes = rotation._stored, []

    def counted(field, after):
        rows = read(field, after)
        sizes.append(len(rows))
        return rows

    monkeypatch.setattr(rotation, "_stored", counted)
    assert rotate(contact.field) == MANY

    assert max(sizes) == rotation.BATCH  # never the whole table at once
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert contact.opened() == enquiries


def test_a_run_that_was_stopped_is_ended_by_the_next(settings, db, monkeypatch):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    contact = EncryptedRows("contact")
    enquiries = contact.write(500)
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    replace, left = rotation._replace, iter(range(321))

    def until_the_machine_stops(field, pk, value):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return replace(field, pk, value)

    monkeypatch.setattr(rotation, "_replace", until_the_machine_stops)
    with pytest.raises(KeyboardInterrupt):
        rotate(contact.field)
    monkeypatch.setattr(rotation, "_replace", replace)

    assert contact.opened() == enquiries
    assert rotate(contact.field) == 500 - rotation.BATCH  # the batch it stopped in is done again
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert contact.opened() == enquiries


class EncryptedRows:
    """Enquiries, by one of their encrypted fields."""

    def __init__(self, name):
        self.name = name
        self.field = Enquiry._meta.get_field(name)

    def write(self, count):
        rows = Enquiry.objects.bulk_create(
            (
                Enquiry(name="", contact=f"person {n} \N{SNOWMAN}", received_at=NOW)
                for n in range(count)
            ),
            batch_size=5000,
        )
        return {row.pk: row.contact for row in rows}

    def opened(self):
        return dict(Enquiry.objects.values_list("pk", self.name))
