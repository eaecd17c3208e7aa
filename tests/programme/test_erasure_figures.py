"""No figure changes when somebody is erased, and no import brings them back."""

import io
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

import programme.demo
from insights.models import MonthCounts, Snapshot
from insights.operations import refresh_counts, take_snapshots
from programme.erasure import operations
from reviewers.models import Reviewer
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.programme.erasing import erase, leave
from tests.programme.files import sheets, workbook

DAYS = ("--since", "2024-03-01", "--as-at", "2025-05-22", "--format", "json")
DEMO = next(iter(programme.demo.__path__))


@pytest.mark.django_db
class TestFigures:
    @pytest.fixture
    def imported(self, trust: Any) -> None:
        call_command("import_programme", DEMO, stdout=StringIO())
        refresh_counts()
        take_snapshots(now=NOW, today=TODAY)

    def figures(self) -> Any:
        out = StringIO()
        call_command("figures", *DAYS, stdout=out)
        return json.loads(out.getvalue())

    def stored(self) -> tuple[list[Any], list[Any]]:
        return (
            list(MonthCounts.objects.order_by("pk").values()),
            list(Snapshot.objects.order_by("pk").values()),
        )

    @pytest.mark.parametrize("reference", ["LXR-001", "LXR-020"])
    def test_figures_and_snapshots_are_the_same_before_and_after(
        self, imported: None, reference: str
    ) -> None:
        person = Reviewer.objects.get(reference=reference)
        coordinator = make.UserFactory(roles=["coordinator"])
        leave(person)
        assert person.memberships.exists()
        figures, stored = self.figures(), self.stored()

        erasure = operations.ask_for_erasure(
            reviewer=person, reason="they asked", by=coordinator, now=NOW
        )
        operations.confirm_erasure(
            erasure=erasure, by=make.UserFactory(roles=["quality_lead"]), now=NOW
        )

        refresh_counts()
        take_snapshots(now=NOW, today=TODAY)
        assert self.figures() == figures
        assert self.stored() == stored

    def test_import_afterwards_brings_nobody_back(self, imported: None) -> None:
        person = Reviewer.objects.get(reference="LXR-020")
        leave(person)
        erase(person)
        errors, before = StringIO(), Reviewer.objects.count()

        with pytest.raises(SystemExit):
            call_command("import_programme", DEMO, stdout=StringIO(), stderr=errors)

        assert "“LXR-020” – expected somebody who was not erased" in errors.getvalue()
        assert Reviewer.objects.count() == before
        person.refresh_from_db()
        assert person.is_erased

    def test_import_takes_nobody_new_for_somebody_erased(self, trust: Any, tmp_path: Any) -> None:
        path = tmp_path / "programme.xlsx"
        path.write_bytes(workbook(sheets()))
        call_command("import_programme", str(path), stdout=StringIO())
        person = Reviewer.objects.order_by("pk").first()
        assert person is not None
        reference = person.reference
        leave(person)
        erase(person)
        somebody_new = make.ReviewerFactory(reference=reference, first_name="New")

        errors = io.StringIO()
        with pytest.raises(SystemExit):
            call_command("import_programme", str(path), stdout=StringIO(), stderr=errors)
        assert "was not erased" in errors.getvalue()
        somebody_new.refresh_from_db()
        assert somebody_new.first_name == "New"
