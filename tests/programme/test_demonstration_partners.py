"""The demonstration stands beside three trusts that do not exist."""

import pytest
import time_machine

from insights.models import Partner
from insights.partnership.comparing import Says
from programme.demonstration_partners import bring_partners
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db


def test_partners_of_the_demonstration_are_compared(trust, client_as):
    with time_machine.travel(NOW, tick=False):
        bring_partners(by=UserFactory(roles=["quality_lead"]), now=NOW)
        shown = client_as("observer").get("/figures/partners/compare/").context["coverage"]
    assert [(row.trust.name, row.says) for row in shown.funnel.rows] == [
        ("This trust", Says.NOTHING),
        ("Eastvale (demonstration)", Says.INSIDE),
        ("Northmoor (demonstration)", Says.ABOVE),
        ("Westhaven (demonstration)", Says.BELOW),
    ]
    assert "demonstration" in shown.svg
    assert Partner.objects.count() == 3
