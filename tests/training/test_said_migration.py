"""Answers of before get keys that were drawn, and stay in the groups in which they were read."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories as make
from tests.factories import NOW, TODAY
from training.models import Place, RoomLink, Said

pytestmark = pytest.mark.django_db
migration = import_module("training.migrations.0005_said_moves")


class Apps:
    """The models as they are now, which have all that these moves ask for."""

    def __init__(self, old: Any = None) -> None:
        self.models = {"Said": old, "SaidAnew": Said, "RoomLink": RoomLink, "Place": Place}

    def get_model(self, app: str, name: str) -> Any:
        return self.models[name]


def test_answers_move_under_drawn_keys() -> None:
    session = make.SessionFactory()
    rows = [
        SimpleNamespace(
            session_id=session.pk, said_on=TODAY, support=number, pace=None, usefulness=9,
            comment=f"Words {number}",
        )
        for number in range(9)
    ]  # fmt: skip
    old = SimpleNamespace(objects=SimpleNamespace(iterator=lambda: iter(rows)))

    migration.move_answers(Apps(old), None)

    names = ("session_id", "said_on", "support", "pace", "usefulness", "comment")
    assert sorted(Said.objects.values_list(*names)) == sorted(
        tuple(getattr(row, name) for name in names) for row in rows
    )


def test_groups_stay_as_they_could_be_read() -> None:
    version = make.CourseVersionFactory()

    def form(days: int, answers: int, **more: Any) -> RoomLink:
        session = make.SessionFactory(held_on=TODAY + timedelta(days=days), **more)
        make.SaidFactory.create_batch(answers, session=session)
        return RoomLink.objects.create(session=session)

    alone = form(-900, 5, version=version)
    one, other = form(-800, 3, version=version), form(-700, 4, version=version)
    make.PlaceFactory(session=one.session, outcome="attended")
    waits, unknown = form(-600, 2, version=version), form(-500, 4)
    cancelled = form(-400, 6, version=version, is_cancelled=True, cancelled_why="Snow")
    is_open = form(9000, 6, version=version)

    migration.write_down_groups(Apps(), None)

    assert dict(RoomLink.objects.values_list("pk", "read_with")) == {
        alone.pk: alone.pk,
        one.pk: other.pk,
        other.pk: other.pk,
        waits.pk: None,
        unknown.pk: None,
        cancelled.pk: None,
        is_open.pk: None,
    }
    assert dict(RoomLink.objects.values_list("pk", "attended")) == {
        alone.pk: 0, one.pk: 1, other.pk: 0, waits.pk: 0, unknown.pk: 0,
        cancelled.pk: None, is_open.pk: None,
    }  # fmt: skip
    one.refresh_from_db()
    assert one.closed_at is not None
    assert one.closed_at < NOW
