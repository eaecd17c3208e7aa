"""Whom to ring in an emergency: the visit lead sees it on the day, of those who come."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "response", "is_shown"),
    [(0, "accepted", True), (0, "invited", False), (1, "accepted", False)],
)
def test_visit_lead_sees_it_on_the_day(
    client_as: Any, trust: Any, days: int, response: str, is_shown: bool
) -> None:
    lead = make.UserFactory(roles=["visit_lead"])
    review = make.ReviewFactory(visit_on=timezone.localdate() + timedelta(days=days))
    make.StaffOnTeamFactory(review=review, staff=make.StaffFactory(user=lead))
    person = make.ReviewerFactory(emergency_name="Kofi Mensah", emergency_phone="07700 900123")
    make.LXROnTeamFactory(review=review, reviewer=person, response=response)

    shown = strip_tags(client_as(lead).get(f"/reviews/{review.pk}/").content.decode())

    assert ("In an emergency: Kofi Mensah, 07700 900123" in shown) is is_shown
