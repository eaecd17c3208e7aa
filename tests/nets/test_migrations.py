"""What a migration may do while the version before it still runs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, CreateModel
from django.db.models import ManyToManyField, UniqueConstraint

ROOT = Path(__file__).resolve().parents[2]
# Unique on tables that were there before, and why that holds of the rows in them
LOOKED_AT = {
    "feedback.0006_answers_have_moved: answer",  # filled from rows that were unique
    "insights.0005_setting_and_reasons: monthcounts",  # emptied and counted again
    "insights.0007_revised_snapshots: snapshot",  # less strict than what held before
    "programme.0005_erasure_of_enquiries: erasure",  # of a column that is new, and empty
}


def later() -> Iterator[tuple[str, Any, set[str]]]:
    """Each operation of our migrations but the first ones, with the models its migration makes."""
    apps = {path.name for path in ROOT.iterdir() if (path / "migrations").is_dir()}
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app not in apps or migration.initial:
            continue
        made = {op.name.lower() for op in migration.operations if isinstance(op, CreateModel)}
        for operation in migration.operations:
            yield f"{app}.{name}", operation, made


def test_a_required_column_is_filled_by_the_database():
    """The version that still runs writes rows without the column: by default, or as worked out."""
    found = [
        f"{name}: {operation.model_name}.{operation.name}"
        for name, operation, made in later()
        if isinstance(operation, AddField)
        and operation.model_name.lower() not in made
        and not isinstance(operation.field, ManyToManyField)
        and not (
            operation.field.null or operation.field.has_db_default() or operation.field.generated
        )
    ]
    assert found == []


def test_nothing_becomes_unique_in_a_table_with_rows():
    """Rows that are alike would stop the migration halfway through an upgrade."""
    found = [
        f"{name}: {operation.model_name}"
        for name, operation, made in later()
        if isinstance(operation, AddConstraint)
        and isinstance(operation.constraint, UniqueConstraint)
        and operation.model_name.lower() not in made
    ]
    assert set(found) - LOOKED_AT == set()
