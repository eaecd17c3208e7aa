"""People at the ends of many months are those counted one day at a time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights.people import People, count_people
from insights.people_over_time import count_people_at
from reviewers.models import StageChange
from tests import factories as make
from tests.factories import TODAY
from tests.insights.programmes import completed, put_on, trained

pytestmark = pytest.mark.django_db
DAYS = [TODAY - timedelta(days=each) for each in (0, 10, 25, 40, 70)]
ago = st.integers(0, 60)
stages = st.sampled_from(["active", "left", "enquiry", "paused"])

person = st.fixed_dictionaries(
    {
        "trained": st.lists(ago, max_size=2),
        "visits": st.lists(ago, max_size=2),
        "stage": stages,
        "since": ago,
        "changes": st.lists(
            st.tuples(ago, stages, stages).filter(lambda each: each[1] != each[2]), max_size=3
        ),
    }
)


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(person, max_size=4))
def test_the_same_as_counting_each_day_by_itself(people: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        for each in people:
            reviewer = make.ReviewerFactory(
                user=None, stage=each["stage"], stage_since=day(each["since"])
            )
            for since in each["trained"]:
                make.PlaceFactory(
                    reviewer=reviewer,
                    session=make.SessionFactory(held_on=day(since)),
                    outcome="attended",
                )
            for since in each["visits"]:
                put_on(completed(day(since)), reviewer=reviewer)
            for since, before, after in each["changes"]:
                # 23:30 in London on the day before, and that day is theirs
                at = datetime.combine(day(since), datetime.min.time(), UTC) - timedelta(minutes=90)
                StageChange.objects.create(
                    reviewer=reviewer, from_stage=before, to_stage=after, at=at
                )
        assert count_people_at(DAYS) == {each: count_people(each) for each in DAYS}
        transaction.set_rollback(True)


def test_four_queries_however_many_there_are(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        trained(day(30), stage="left", stage_since=day(3))
    with django_assert_num_queries(4):
        found = count_people_at(DAYS)
    assert found[DAYS[0]] == People(3, 0, 0)
    assert found[DAYS[1]] == People(3, 3, 0)
