"""What migrations do with stored figures."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from insights.models import MonthCounts
from reviews.models import ChangedMonth
from tests import factories as make


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("insights", name)])
    return MigrationExecutor(connection).loader.project_state([("insights", name)]).apps


@pytest.mark.django_db(transaction=True)
def test_counts_without_a_setting_are_emptied_and_marked_to_be_counted_again():
    directorate = make.DirectorateFactory()
    latest = next(
        name for app, name in MigrationExecutor(connection).loader.graph.leaf_nodes("insights")
    )
    try:
        before = migrate("0001_initial").get_model("insights", "MonthCounts")
        for month in (4, 5):
            before.objects.create(
                month=date(2026, month, 1), directorate_id=directorate.pk, completed=1
            )
        ChangedMonth.objects.create(month=date(2026, 5, 1), directorate=directorate)
    finally:
        migrate(latest)

    assert not MonthCounts.objects.exists()
    marks = ChangedMonth.objects.order_by("month").values_list("month", "directorate")
    assert list(marks) == [(date(2026, month, 1), directorate.pk) for month in (4, 5)]
