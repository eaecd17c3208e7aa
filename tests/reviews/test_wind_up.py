"""After the visit: its report is written, then the review is closed."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from insights.counting import count_cells, total
from reviews import operations
from reviews.models import Review
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
Status = Review.Status


@pytest.fixture
def review(trust: Any) -> Any:
    review = make.ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=9))
    make.LXROnTeamFactory(review=review, response="accepted", attended=True)
    return review


def counted() -> Any:
    found = total(count_cells([(TODAY - timedelta(days=30), TODAY)]).values())
    return found.completed, found.covered


def test_report_and_close_press_by_press(client_as: Any, review: Any) -> None:
    client = client_as(make.UserFactory(roles=["coordinator"]))
    address, before = f"/reviews/{review.pk}/", counted()
    assert "The report is written" in client.get(address).content.decode()

    page = client.post(f"{address}wind-up/", {"to": "reported"}, follow=True).content.decode()
    assert "It is recorded that the report is written." in page
    assert "Close this review" in page

    page = client.post(f"{address}wind-up/", {"to": "closed"}, follow=True).content.decode()
    assert "This review is closed." in page
    assert counted() == before == (1, 1)
    assert list(
        Event.objects.filter(action__startswith="set a review").order_by("pk").values_list("action")
    ) == [
        ("set a review to reported",),
        ("set a review to closed",),
    ]


@pytest.mark.parametrize(
    ("status", "to"), [("completed", "closed"), ("planned", "reported"), ("closed", "reported")]
)
def test_no_step_is_skipped_or_taken_back(review: Any, status: str, to: str) -> None:
    Review.objects.update(status=status)
    with pytest.raises(RuleBroken, match="It cannot become"):
        operations.wind_up(
            review=review, to=Status(to), by=make.UserFactory(roles=["coordinator"]), now=NOW
        )


def test_saying_it_again_changes_nothing(review: Any) -> None:
    by = make.UserFactory(roles=["coordinator"])
    for _ in range(2):
        operations.wind_up(review=review, to=Status.REPORTED, by=by, now=NOW)
    assert Event.objects.filter(action="set a review to reported").count() == 1


def test_nonsense_is_not_found(client_as: Any, review: Any) -> None:
    client = client_as(make.UserFactory(roles=["coordinator"]))
    for to in ("", "planned", "\x00"):
        assert client.post(f"/reviews/{review.pk}/wind-up/", {"to": to}).status_code == 404
