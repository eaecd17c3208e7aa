"""Every look at check detail is recorded: who, whose, when, why, with the reading itself."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.urls import reverse

from audit.models import Event
from checks import operations
from checks.models import SiteClearance
from checks.work import KINDS
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    ReviewerFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
WAITING: dict[str, Any] = {"issued_on": None, "result": "awaiting", "renewal_due_on": None}
DECIDED: dict[str, Any] = {"decision": "approved", "decided_on": TODAY}


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any) -> None:
    time_machine.move_to(NOW)


def looking(client_as: Any, *roles: str) -> Any:
    """A browser of somebody who has said why they look."""
    user = UserFactory(roles=list(roles))
    user.checks_purpose = "renewal"
    return client_as(user)


def looks() -> list[tuple[str, int | None]]:
    found = Event.objects.filter(kind="looked").order_by("person_id", "pk")
    return list(found.values_list("action", "person_id"))


def test_a_look_is_recorded_with_its_purpose() -> None:
    person, officer = ReviewerFactory(), UserFactory(roles=["checks_officer"])

    seen = operations.look(read=lambda: person, by=officer, now=NOW, purpose="renewal")

    assert seen == person
    event = Event.objects.get()
    assert (event.kind, event.actor_id, event.person_id, event.why) == (
        "looked",
        officer.pk,
        person.pk,
        "renewal",
    )


@pytest.mark.django_db(transaction=True)
def test_what_is_read_is_read_in_the_transaction_of_its_record() -> None:
    person, officer = ReviewerFactory(), UserFactory()
    inside: list[bool] = []

    def read() -> Any:
        inside.append(connection.in_atomic_block)
        return person

    given: dict[str, Any] = {"by": officer, "now": NOW, "purpose": "renewal"}
    operations.look(read=read, **given)
    operations.look_at_list(
        read=read, people=lambda found: [found.pk], what="the checks work list", **given
    )

    assert inside == [True, True]


@pytest.mark.parametrize("name", ["person", "ask", "list"])
def test_nothing_is_shown_that_cannot_be_recorded(name: str, client_as: Any) -> None:
    check = DBSCheckFactory(**WAITING, applied_on=TODAY)
    address = reverse(f"checks:{name}", args=[] if name == "list" else [check.reviewer_id])
    client = looking(client_as, "checks_officer")

    with (
        patch("checks.operations.looks.record", side_effect=OSError),
        patch("checks.operations.looks.record_rows", side_effect=OSError),
        pytest.raises(OSError),  # noqa: PT011 - it has no words
    ):
        client.get(address)


def test_who_saw_whose_decision_is_known(client_as: Any) -> None:
    officer = UserFactory()
    people = sorted(
        AssessmentFactory(**DECIDED, decided_by=officer).check_made.reviewer_id for _ in range(3)
    )

    looking(client_as, "second_approver").get(reverse("checks:approvals"))

    assert looks() == [("looked at decisions to approve", pk) for pk in people]
    assert set(Event.objects.values_list("why", flat=True)) == {"renewal"}


def test_each_person_on_the_work_list_is_looked_at_once(client_as: Any) -> None:
    twice = DBSCheckFactory(**WAITING, applied_on=TODAY).reviewer
    SiteClearance.objects.create(
        reviewer=twice, site=SiteFactory(asks="vetting"), applied_on=TODAY - timedelta(days=90)
    )
    once = AssessmentFactory().check_made.reviewer
    client = looking(client_as, "checks_officer")

    client.get(reverse("checks:list"))

    assert looks() == [("looked at the checks work list", pk) for pk in sorted([twice.pk, once.pk])]

    client.get(reverse("checks:kind", args=["assessments"]))

    assert looks().count(("looked at the checks work list", once.pk)) == 2


def test_an_empty_list_is_a_look_at_nobody(client_as: Any) -> None:
    looking(client_as, "checks_officer").get(reverse("checks:list"))

    assert looks() == [("looked at the checks work list", None)]


def test_every_decision_that_waits_can_be_reached(client_as: Any) -> None:
    officer = UserFactory()
    waiting = [
        AssessmentFactory(
            decision="approved",
            opened_on=TODAY - timedelta(days=300),
            decided_on=TODAY - timedelta(days=n),
            decided_by=officer,
        )
        for n in range(41)
    ]
    client = looking(client_as, "second_approver")

    address, seen = reverse("checks:approvals"), []
    while address:
        page = client.get(address).context["page"]
        seen += [each.pk for each in page]
        address = reverse("checks:approvals") + page.next_url if page.next_url else ""

    assert seen == [each.pk for each in reversed(waiting)]
    assert len(looks()) == 41


class TestTheirOwn:
    """An officer who is a Lived Experience Reviewer too."""

    @pytest.fixture
    def officer(self) -> Any:
        user = UserFactory(roles=["checks_officer", "second_approver", "lxr"])
        user.checks_purpose = "renewal"
        return user

    @pytest.fixture
    def own(self, officer: Any) -> Any:
        """Not approved, and nobody has told them."""
        return AssessmentFactory(
            check_made__reviewer=ReviewerFactory(last_name="Quist", user=officer),
            decision="not approved",
            decided_on=TODAY,
            decided_by=UserFactory(),
            is_in_force=True,
            review_on=TODAY,
        )

    def test_their_record_is_not_found_and_that_they_tried_is_known(
        self, own: Any, officer: Any, client_as: Any
    ) -> None:
        client, person = client_as(officer), own.reviewer
        clearance = SiteClearance.objects.create(
            reviewer=person, site=SiteFactory(asks="vetting"), applied_on=TODAY
        )
        addresses = [
            *(
                reverse(f"checks:{name}", args=[person.pk])
                for name in ("ask", "application", "clearance")
            ),
            *(
                reverse(f"checks:{name}", args=[own.check_made_id])
                for name in ("id_check", "documents", "apply", "remind", "certificate")
            ),
            *(
                reverse(f"checks:{name}", args=[own.pk])
                for name in ("owner", "decide", "told", "reconsider")
            ),
            reverse("checks:clearance_change", args=[clearance.pk]),
            reverse("checks:ticks", args=[clearance.pk]),
        ]
        posts = [
            reverse("checks:approve", args=[own.pk]),
            reverse("checks:return", args=[own.pk]),
            reverse("checks:withdraw", args=[own.check_made_id]),
        ]

        page = reverse("checks:person", args=[person.pk])
        answers = [client.get(each).status_code for each in (page, *addresses)]
        answers += [client.post(each).status_code for each in (*addresses, *posts)]

        assert set(answers) == {404}
        tried = Event.objects.filter(action="refused: look", person_id=person.pk)
        assert set(tried.values_list("actor_id", "why")) == {(officer.pk, "about themselves")}
        assert tried.count() == len(answers)
        assert looks() == []

    def test_no_list_names_them(self, own: Any, officer: Any, client_as: Any) -> None:
        person, client = own.reviewer, client_as(officer)
        AssessmentFactory(
            check_made__reviewer=person, check_made__applied_on=TODAY - timedelta(days=400),
            **DECIDED, decided_by=UserFactory(),
        )  # fmt: skip
        addresses = [
            reverse("checks:approvals"),
            reverse("checks:list") + "?q=Quist",
            *(reverse("checks:kind", args=[kind.key]) for kind in KINDS),
        ]

        for address in addresses:
            main = client.get(address).content.decode().split("<main", 1)[1]
            assert "Quist" not in main.replace('value="Quist"', ""), address

        other = UserFactory(roles=["checks_officer"])
        other.checks_purpose = "renewal"
        assert "Quist" in client_as(other).get(addresses[1]).content.decode()

    def test_their_page_leads_nowhere(self, own: Any, officer: Any, client_as: Any) -> None:
        officer.roles = [*officer.roles, "coordinator"]
        officer.save()
        client = client_as(officer)

        page = client.get(reverse("reviewers:detail", args=[own.reviewer.pk])).content.decode()

        assert "Open their checks" not in page

    def test_they_do_not_look_after_it(self, own: Any, officer: Any, client_as: Any) -> None:
        again = AssessmentFactory(check_made=own.check_made, round=2)
        other = UserFactory(roles=["checks_officer"], name="Kim Other")
        other.checks_purpose = "renewal"

        page = client_as(other).get(reverse("checks:owner", args=[again.pk])).content.decode()

        assert "Kim Other" in page
        assert str(officer) not in page
