"""The demonstration tells how its workshop came to be."""

import pytest
from django.utils import timezone

from programme.demonstration import load_demonstration
from reviewers.models import RoleDescriptionFile
from reviewers.uploads import check_file
from reviews.models import Review
from training.models import CourseVersion, Cycle, DocumentFile, QuestionSet, Session


@pytest.mark.django_db
def test_pilot_led_to_the_workshop_of_today() -> None:
    for _ in range(2):  # a second start adds nothing
        load_demonstration(now=timezone.now())

    versions = CourseVersion.objects.order_by("course__name", "number")
    assert [str(version) for version in versions] == [
        "LXR workshop, version 1",
        "LXR workshop, version 2",
        "Staff review training, version 1",
    ]
    cycle = Cycle.objects.get()
    assert (cycle.stage, cycle.outcome, cycle.summary_agreed_by) == ("acted", "adopt", 4)
    assert cycle.staff_owners.exists() or cycle.lxr_owners.exists()
    delivered = Session.objects.order_by("held_on").values_list("code", "version__number")
    assert list(delivered) == [("T00", 1), ("P01", 1), *((f"T0{n}", 2) for n in range(1, 8))]
    assert versions[1].cycle == cycle


@pytest.mark.django_db
def test_members_wrote_the_questions_of_every_coming_visit() -> None:
    for _ in range(2):
        load_demonstration(now=timezone.now())

    questions = QuestionSet.objects.get()
    group = questions.group
    assert (group.took_part, group.meetings) == (15, 4)
    assert (group.ended_on - group.began_on).days == 13  # two weeks
    assert (group.questions.count(), questions.questions.count()) == (12, 11)
    used = Review.objects.coming().values_list("question_set", flat=True)
    assert set(used) == {questions.pk}
    assert not Review.objects.completed().exclude(question_set=None).exists()


@pytest.mark.django_db
def test_the_library_holds_guidance_in_two_formats() -> None:
    for _ in range(2):
        load_demonstration(now=timezone.now())

    files = DocumentFile.objects.values_list("version__document__title", "format", "kind")
    assert sorted(files) == [
        (title, size, "pdf")
        for title in ("Guidance for the visit", "If something upsets you", "On your own")
        for size in ("large print", "standard")
    ]
    role = RoleDescriptionFile.objects.get()
    assert (role.version.number, role.format) == (1, "large print")
    for kept in (role, *DocumentFile.objects.all()):
        assert check_file(kept.name, bytes(kept.content)).kind == "pdf"
