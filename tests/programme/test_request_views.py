"""The pages about people's data, as somebody presses through them."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from jobs.models import Job
from programme.models import Erasure, SubjectRequest
from programme.subject_access import operations
from tests import factories as make
from tests.conftest import signed_in_client
from tests.factories import TODAY
from tests.programme.test_subject_access import TestOwnCopy as Own

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trust")]


def shown(response: Any) -> str:
    return " ".join(response.content.decode().split())


def officer() -> Any:
    user: Any = make.UserFactory(roles=["checks_officer"])
    user.checks_purpose = "question"
    return user


class TestOwnPages:
    def test_a_copy_is_asked_for_and_both_files_come_as_attachments(self) -> None:
        person = make.ReviewerFactory()
        client = signed_in_client(person.user)
        made = client.post(reverse("own-programme:everything"))
        assert made["Location"] == reverse("jobs:detail", args=[Job.objects.get().pk])
        assert "We are making your copy" in shown(client.get(reverse("own-programme:everything")))

        Own().work()

        for kind, start in (("pdf", b"%PDF"), ("json", b"{")):
            response = client.get(reverse(f"own-programme:everything_{kind}"))
            assert response.content.startswith(start)
            assert response["Content-Type"] == f"application/{kind}"
            assert response["Content-Disposition"] == (
                f'attachment; filename="everything-about-me.{kind}"'
            )
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Cache-Control"] == "no-store, private"
        assert (
            Event.objects.filter(action="downloaded their data", person_id=person.pk).count() == 2
        )

    @pytest.mark.parametrize("name", ["everything", "everything_pdf", "everything_json"])
    def test_each_asks_for_a_fresh_sign_in(self, name: str) -> None:
        client = signed_in_client(make.ReviewerFactory().user, seconds_ago=16 * 60)
        response = client.get(reverse(f"own-programme:{name}"))
        assert response["Location"].startswith(reverse("accounts:fresh"))

    def test_nobody_gets_the_copy_of_somebody_else(self) -> None:
        person = make.ReviewerFactory()
        operations.ask_for_own(reviewer=person, by=person.user, now=timezone.now())
        Own().work()
        client = signed_in_client(make.ReviewerFactory().user)
        assert client.get(reverse("own-programme:everything_pdf")).status_code == 404
        assert "Make my copy" in shown(client.get(reverse("own-programme:everything")))

    def test_one_that_could_not_be_made_says_so(self) -> None:
        person = make.ReviewerFactory()
        operations.ask_for_own(reviewer=person, by=person.user, now=timezone.now())
        Job.objects.update(state="failed", finished_at=timezone.now())
        page = shown(signed_in_client(person.user).get(reverse("own-programme:everything")))
        assert "Your copy could not be made." in page
        assert "Make my copy" in page

    def test_account_that_is_nobodys_has_no_copy_to_make(self) -> None:
        client = signed_in_client(make.UserFactory(roles=["lxr"]))
        assert client.get(reverse("own-programme:everything")).status_code == 404


class TestCopyToPost:
    def test_coordinator_asks_and_cannot_open_it(self, client_as: Any) -> None:
        person = make.ReviewerFactory()
        client = client_as("coordinator")
        asked = client.post(reverse("programme:copy", args=[person.pk]), follow=True)
        assert "The checks team is asked to post a copy." in shown(asked)
        request = SubjectRequest.objects.get()
        for name in ("request", "request_pdf", "request_json"):
            assert client.get(reverse(f"programme:{name}", args=[request.pk])).status_code == 404

    def test_officer_makes_it_opens_it_and_says_that_it_is_posted(self) -> None:
        user = officer()
        client = signed_in_client(user)
        person = make.ReviewerFactory(address="3 Mill Lane")
        asked = client.post(reverse("programme:copy", args=[person.pk]))
        request = SubjectRequest.objects.get()
        assert asked["Location"] == reverse("programme:request", args=[request.pk])
        made = client.post(reverse("programme:request_make", args=[request.pk]))
        assert made["Location"] == reverse("jobs:detail", args=[Job.objects.get().pk])
        Own().work()
        assert "See what came of it" in shown(client.get(made["Location"]))

        assert "3 Mill Lane" in shown(client.get(asked["Location"]))
        opened = client.get(reverse("programme:request_pdf", args=[request.pk]))
        assert opened.content.startswith(b"%PDF")
        looks = Event.objects.filter(kind="looked", actor_id=user.pk, person_id=person.pk)
        assert {look.why for look in looks} == {"question"}

        posted = client.post(reverse("programme:request_posted", args=[request.pk]), follow=True)
        assert "It is recorded as posted, and erased here." in shown(posted)
        assert "It was posted on" in shown(client.get(asked["Location"]))
        again = client.post(reverse("programme:request_make", args=[request.pk]), follow=True)
        assert "Ask for a new one." in shown(again)

    def test_officer_says_why_first(self, client_as: Any) -> None:
        request = operations.ask_to_post(
            reviewer=make.ReviewerFactory(), by=officer(), now=timezone.now()
        )
        client = client_as("checks_officer")
        for name in ("request", "request_pdf", "request_json"):
            response = client.get(reverse(f"programme:{name}", args=[request.pk]))
            assert response["Location"].startswith(reverse("checks:purpose"))
        assert not Event.objects.filter(kind="looked").exists()

    def test_posting_what_is_not_made_is_refused(self) -> None:
        user = officer()
        request = operations.ask_to_post(
            reviewer=make.ReviewerFactory(), by=user, now=timezone.now()
        )
        client = signed_in_client(user)
        refused = client.post(reverse("programme:request_posted", args=[request.pk]), follow=True)
        assert "There is no copy to post yet." in shown(refused)


class TestErasing:
    @pytest.fixture
    def leaver(self) -> Any:
        return make.ReviewerFactory(
            first_name="Fay", last_name="Hill", stage="left",
            stage_since=TODAY - timedelta(days=30),
        )  # fmt: skip

    def test_two_people_erase(self, client_as: Any, leaver: Any) -> None:
        first = client_as("coordinator", name="Kim Shaw")
        page = reverse("programme:erase", args=[leaver.pk])
        nothing = first.post(page, {})
        assert "Error" in shown(nothing)
        asked = first.post(page, {"reason": "they asked"}, follow=True)
        assert "A second person must confirm now." in shown(asked)
        erasure = Erasure.objects.get()
        confirm = reverse("programme:erase_confirm", args=[erasure.pk])
        assert confirm not in shown(first.get(page))
        refused = first.post(confirm, follow=True)
        assert "You asked for this." in shown(refused)

        second = client_as("quality_lead", name="Lee Grant")
        assert confirm in shown(second.get(page))
        done = shown(second.post(confirm, follow=True))
        assert "Their data are erased." in done
        assert f"Erased-{leaver.pk}" in done
        assert "Kim Shaw" in done
        assert "was erased already" in shown(second.get(page))
        assert "Their data" not in shown(second.get(reverse("reviewers:detail", args=[leaver.pk])))

    def test_it_is_called_off(self, client_as: Any, leaver: Any) -> None:
        client = client_as("coordinator")
        client.post(reverse("programme:erase", args=[leaver.pk]), {"reason": "mistake"})
        call_off = reverse("programme:erase_call_off", args=[Erasure.objects.get().pk])
        assert "Nothing was erased." in shown(client.post(call_off, follow=True))
        assert (
            client.post(
                reverse("programme:erase", args=[leaver.pk]), {"reason": "mistake"}
            ).status_code
            == 302
        )

    def test_page_says_what_stands_in_the_way(self, client_as: Any) -> None:
        person = make.ReviewerFactory(first_name="Ada", last_name="Okoro")
        client = client_as("coordinator")
        page = reverse("programme:erase", args=[person.pk])
        assert "Ada Okoro has not left." in shown(client.get(page))
        assert "has not left" in shown(client.post(page, {"reason": "they asked"}))
        assert not Erasure.objects.exists()

    def test_only_somebody_who_left_has_the_link(self, client_as: Any, leaver: Any) -> None:
        client = client_as("coordinator")
        link = reverse("programme:erase", args=[leaver.pk])
        assert link in shown(client.get(reverse("reviewers:detail", args=[leaver.pk])))
        here = make.ReviewerFactory()
        other = shown(client.get(reverse("reviewers:detail", args=[here.pk])))
        assert reverse("programme:erase", args=[here.pk]) not in other
        assert reverse("programme:copy", args=[here.pk]) in other
