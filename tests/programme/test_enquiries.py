"""Somebody we know only from the public page: their copy, erasing it, and how long it stays."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse

from audit.models import Event
from programme.enquiries import operations
from programme.models import Erasure
from programme.retention import running
from reviewers.models import Enquiry
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW
from tests.programme.erasing import two_people

pytestmark = pytest.mark.django_db


def sent(name: str = "Fay Hill", contact: str = "fay@example.org", **given: Any) -> Enquiry:
    values = {"needs": "Ring after 5pm. My friend Ada Moss says hello.", "received_at": NOW}
    return Enquiry.objects.create(name=name, contact=contact, **{**values, **given})


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any, trust: Any) -> None:
    time_machine.move_to(NOW)


class TestTheCopy:
    def test_it_is_everything_they_sent_and_nothing_of_others(self, client_as: Any) -> None:
        make.ReviewerFactory(first_name="Ada", last_name="Moss")
        one = sent()
        again = sent(name="fay hill", contact="FAY@example.org ", needs="Step-free, please")
        sent(name="Sam Hill")  # at the same address
        sent(contact="another@example.org")

        found = json.loads(
            client_as("coordinator").get(reverse("programme:enquiry_json", args=[one.pk])).content
        )

        assert found["about"] == {"reference": f"Enquiry {one.pk}", "name": "Fay Hill"}
        [part] = [each for each in found["parts"] if each["name"] == "reviewers.enquiry"]
        assert [row["needs"] for row in part["rows"]] == [
            "Ring after 5pm. My friend [somebody else] says hello.",
            "Step-free, please",
        ]
        assert {row["contact"].strip().lower() for row in part["rows"]} == {"fay@example.org"}
        event = Event.objects.get(action="made a copy of an enquiry")
        assert (event.object_id, event.person_id) == (str(one.pk), None)
        assert again.pk != one.pk

    def test_it_can_be_read_on_paper(self, client_as: Any) -> None:
        answer = client_as("coordinator").get(reverse("programme:enquiry_pdf", args=[sent().pk]))

        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["Cache-Control"] == "no-store, private"

    def test_of_who_became_a_person_it_is_on_their_page(self, client_as: Any) -> None:
        added = sent(reviewer=make.ReviewerFactory(), outcome="added", closed_at=NOW)
        client = client_as("coordinator")

        for name in ("enquiry", "enquiry_pdf", "enquiry_json"):
            assert client.get(reverse(f"programme:{name}", args=[added.pk])).status_code == 404
        page = client.get(reverse("reviewers:enquiries") + "?outcome=added").text
        assert "Give them a copy, or erase it" not in page


class TestErasing:
    def test_it_takes_two_people_and_everything_they_sent_goes(self, client_as: Any) -> None:
        first, second = two_people()
        one, other = sent(), sent(name="Sam Hill")
        sent(needs="")
        address = reverse("programme:enquiry", args=[one.pk])

        client_as(first).post(address, {"reason": "they asked"})
        erasure = Erasure.objects.get()
        confirm = reverse("programme:enquiry_confirm", args=[erasure.pk])
        alone = client_as(first).post(confirm, follow=True)

        assert "A second person must confirm it." in alone.text
        assert "Fay Hill" in client_as(second).get(reverse("programme:requests")).text
        assert "Confirm and erase for good" in client_as(second).get(address).text
        assert Enquiry.objects.count() == 3

        done = client_as(second).post(confirm, follow=True)

        assert "Everything they sent is erased." in done.text
        assert list(Enquiry.objects.all()) == [other]
        erasure.refresh_from_db()
        assert (erasure.state, erasure.ended_by) == ("done", second)
        assert f"Enquiry {one.pk}" in done.text
        assert "Fay Hill" not in done.text
        events = Event.objects.filter(action="erased an enquiry")
        assert {(each.actor_id, each.why) for each in events} == {(second.pk, "they asked")}
        assert client_as(second).get(address).status_code == 404

    def test_it_can_be_called_off(self, client_as: Any) -> None:
        first, _ = two_people()
        asked = operations.ask_for_erasure(enquiry=sent(), reason="mistake", by=first, now=NOW)
        same = operations.ask_for_erasure(
            enquiry=Enquiry.objects.get(), reason="mistake", by=first, now=NOW
        )
        assert same == asked

        page = client_as(first).post(
            reverse("programme:enquiry_call_off", args=[asked.pk]), follow=True
        )

        assert "It is called off. Nothing was erased." in page.text
        assert Enquiry.objects.count() == 1
        with pytest.raises(RuleBroken, match="called off"):
            operations.confirm_erasure(erasure=asked, by=make.UserFactory(), now=NOW)

    def test_who_was_added_meanwhile_is_not_erased_here(self) -> None:
        first, second = two_people()
        enquiry = sent()
        asked = operations.ask_for_erasure(enquiry=enquiry, reason="mistake", by=first, now=NOW)
        enquiry.reviewer = make.ReviewerFactory()
        enquiry.save()

        with pytest.raises(RuleBroken, match="added as a person meanwhile"):
            operations.confirm_erasure(erasure=asked, by=second, now=NOW)

        assert Enquiry.objects.count() == 1

    def test_a_persons_own_pages_know_nothing_of_it(self, client_as: Any) -> None:
        first, second = two_people()
        asked = operations.ask_for_erasure(enquiry=sent(), reason="mistake", by=first, now=NOW)
        client = client_as(second)

        for name in ("erase_confirm", "erase_call_off"):
            assert client.post(reverse(f"programme:{name}", args=[asked.pk])).status_code == 404


class TestHowLong:
    def run_after(self, months: int, days: int = 0) -> None:
        running.run(now=NOW + relativedelta(months=months) + timedelta(days=days))

    def test_one_that_nobody_closed_goes_six_months_after_it_came_in(self) -> None:
        sent()
        self.run_after(6, -1)
        assert Enquiry.objects.count() == 1

        self.run_after(6)
        assert Enquiry.objects.count() == 0

    def test_one_that_was_closed_goes_six_months_after_that(self) -> None:
        closed: datetime = NOW + timedelta(days=100)
        sent(outcome="closed", closed_at=closed)
        running.run(now=closed + relativedelta(months=6) - timedelta(days=1))
        assert Enquiry.objects.count() == 1

        running.run(now=closed + relativedelta(months=6) + timedelta(days=1))
        assert Enquiry.objects.count() == 0
