"""``manage.py plan_reviews``: the plan for whoever reads it outside the portal."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reviews.models import TeamMember
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.reviews.test_planner import DAY, been, keep, review

pytestmark = pytest.mark.django_db
DAYS = ("--from", f"{TODAY}", "--to", f"{TODAY + timedelta(days=60)}")


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("plan_reviews", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_the_plan_and_asks_nobody(trust: Any) -> None:
    ada = been(visits_a_month=1)
    review(reference="R-A")
    review(DAY + timedelta(days=1), reference="R-B")
    assert printed(*DAYS).splitlines() == [
        f"{DAY}\tR-A\t{ada.reference}\tgoes",
        f"{DAY + timedelta(days=1)}\tR-B\tnobody\t1 ready, 0 one step away; no step would do",
        "1 visits have somebody, 1 have nobody, 0 wait for an answer.",
    ]
    assert not TeamMember.objects.filter(response="invited").exists()


def test_it_names_what_first_visits_and_closed_services_leave_open(trust: Any) -> None:
    make.ReadyReviewerFactory()
    review(DAY + timedelta(days=2), reference="R-C", service__setting="prison")
    closed = review(DAY + timedelta(days=1), reference="R-B")
    closed.service.closed_on = DAY
    closed.service.save()
    review(reference="R-A", lxrs_wanted=2)
    assert printed(*DAYS).splitlines()[-3:] == [
        "Nobody goes alone on a first visit, which leaves open: R-A.",
        "Nobody begins at a secure or prison service unless they wish to, which leaves open: R-C.",
        "Nobody is planned where the service is closed by then: R-B.",
    ]


def test_json_has_everything_by_reference(trust: Any) -> None:
    trust.rest_days = 2
    trust.save()
    ada, newcomer = been(), make.ReadyReviewerFactory()
    first = review(reference="R-A", lxrs_wanted=2)
    review(DAY + timedelta(days=1), reference="R-B")
    keep(first, ada)
    found = json.loads(printed(*DAYS, "--format", "json"))
    assert found == {
        "from": f"{TODAY}",
        "to": f"{TODAY + timedelta(days=60)}",
        "covered": 1,
        "proposals": [
            {
                "review": "R-A",
                "visit_on": f"{DAY}",
                "reviewer": ada.reference,
                "goes_along": False,
                "kept": True,
                "first_visit": False,
                "knows_the_directorate": False,
                "visits_in_a_year": 1,
                "could_go": 1,
            },
            {
                "review": "R-A",
                "visit_on": f"{DAY}",
                "reviewer": newcomer.reference,
                "goes_along": True,
                "kept": False,
                "first_visit": True,
                "knows_the_directorate": False,
                "visits_in_a_year": 0,
                "could_go": 2,
            },
        ],
        "open": [
            {
                "review": "R-B",
                "visit_on": f"{DAY + timedelta(days=1)}",
                "ready": 1,
                "one_step_away": {"first visit alone": 1},
                "fewest_steps": [{"review": "R-B", "steps": 1, "rules": {"first visit alone": 1}}],
                "steps_are_sure": True,
            }
        ],
        "waiting": [],
        "lost_to_rest": {"number": 0, "exact": True},
        "lost_to_company": ["R-B"],
        "lost_to_secure": [],
        "lost_to_kept": [],
        "closed": [],
        "not_kept": [],
    }
    assert ada.last_name not in json.dumps(found)


def test_days_that_are_none_or_the_wrong_way_round_are_refused(trust: Any) -> None:
    with pytest.raises(CommandError, match="--from 2026-07-02 is after --to 2026-07-01"):
        printed("--from", "2026-07-02", "--to", "2026-07-01")
    with pytest.raises(CommandError, match="soon is no date like 2026-05-22"):
        printed("--from", "soon", "--to", "2026-07-01")
