"""The file of everything that is held on a person, in a whole programme."""

import json
from typing import Any

from programme.subject_access.files import as_json
from programme.subject_access.gathering import everything_on
from reviewers.models import Reviewer
from tests.factories import NOW
from tests.nets.canaries import CANARIES


def held_on(person: Reviewer) -> str:
    person = Reviewer.objects.select_related("user").get(pk=person.pk)
    return json.dumps(json.loads(as_json(everything_on(person), now=NOW)), ensure_ascii=False)


def test_nobody_of_a_whole_programme_is_in_the_file_of_another(world: Any) -> None:
    people = Reviewer.objects.order_by("pk")
    staff = [(each.name, each.email) for each in (world.staff, world.other_staff, world.contact)]
    assert people.count() > 4
    for person in people:
        held = held_on(person)
        assert person.reference in held
        others = [(str(each), each.email, each.reference) for each in people if each != person]
        named = [word for words in (*others, *staff) for word in words if word and word in held]
        assert named == [], person


def test_what_the_person_of_the_programme_told_is_in_their_file(world: Any) -> None:
    held = held_on(world.reviewer)
    for name in ("address", "access needs", "exclusion", "letter", "emergency contact"):
        assert CANARIES[name] in held, name
    assert CANARIES["certificate number"] not in held
    assert CANARIES["certificate number"] in held_on(world.other.reviewer)
