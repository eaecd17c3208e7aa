"""The plan's pages: what is shown, kept, changed and asked."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from jobs.models import Job
from jobs.operations import run
from reviews.models import Review, TeamMember
from reviews.operations import answer, postpone
from reviews.planner import queries, views
from reviews.planner.models import KeptProposal
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.reviews.test_planner import DAY, been, keep, review

pytestmark = pytest.mark.django_db
PLAN = reverse("reviews:plan")
ASK = reverse("reviews:plan-ask")
KEEP = reverse("reviews:plan-keep")


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def coordinator(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


@pytest.fixture
def client(coordinator: Any, client: Any) -> Any:
    client.force_login(coordinator)
    return client


def words(response: Any) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_200_visits_for_400_people_are_planned_while_one_waits(monkeypatch: Any) -> None:
    assert queries.SMALL >= 200 * 400
    monkeypatch.setattr(queries, "SMALL", 2 * 2)
    for person in (been(), been(), been(stage="paused"), been(stage="left")):
        assert person.pk
    for n in range(2):
        review(DAY + timedelta(days=n))
    window = Review.objects.coming()
    assert queries.is_small(window)  # who takes a break or has left does not count
    review(DAY + timedelta(days=2))
    assert not queries.is_small(window.all())


class TestPlan:
    def test_visits_that_a_first_visit_alone_leaves_open_are_named(self, client: Any) -> None:
        make.ReadyReviewerFactory()
        visit = review(lxrs_wanted=2, service__name="Larch Ward")
        _, _, notes = words(client.get(PLAN)).partition("These visits could have somebody who has")
        link = f'<a class="nhsuk-link" href="{reverse("reviews:detail", args=[visit.pk])}">'
        assert f"<li>{link}Larch Ward</a>, 8 July 2026</li>" in notes.partition("</ul>")[0]

    def test_secure_visits_that_nobody_begins_at_are_named(self, client: Any) -> None:
        make.ReadyReviewerFactory()
        review(service__setting="secure", service__name="Larch Ward")
        _, _, notes = words(client.get(PLAN)).partition("Nobody begins there unless they wish to")
        assert "Larch Ward</a>, 8 July 2026</li>" in notes.partition("</ul>")[0]

    def test_visits_after_a_service_closes_are_named_and_nobody_is_planned(
        self, client: Any
    ) -> None:
        been()
        visit = review()
        visit.service.closed_on = DAY
        visit.service.save()
        page = words(client.get(PLAN))
        assert "Nobody is planned for these visits, because the service is closed by then." in page
        assert reverse("reviews:detail", args=[visit.pk]) in page
        assert "Every visit of these days" not in page

    def test_nobody_is_asked_before_the_button_is_pressed(
        self, client: Any, coordinator: Any
    ) -> None:
        ada, visit = been(), review()
        assert f'value="{visit.pk}-{ada.pk}-{DAY}"' in words(client.get(PLAN))
        assert not visit.team.exists()
        page = words(client.post(ASK, {"line": f"{visit.pk}-{ada.pk}"}, follow=True))
        assert "1 person has been asked." in page
        assert "Waiting for an answer (1)" in page
        answer(
            member=visit.team.get(), answer=TeamMember.Response.ACCEPTED,
            how=TeamMember.How.PHONE, by=coordinator, now=NOW,
        )  # fmt: skip
        page = words(client.get(PLAN))
        assert "Every visit of these days has the Lived Experience Reviewers it wants." in page

    def test_nothing_ticked_and_nonsense_are_told(self, client: Any) -> None:
        for line in ([], ["x"], ["1-"], [f"{10**30}-1"]):
            page = words(client.post(ASK, {"line": line}, follow=True))
            assert "Tick at least one person. Then press the button again." in page
        assert client.get(f"{PLAN}?first=x&last=y&page=-1&gaps=9&made=z").status_code == 200

    def test_a_line_that_changed_comes_back_with_its_reason_and_the_way_back(
        self, client: Any
    ) -> None:
        ada, ben = been(), been()
        first, second = review(), review(DAY + timedelta(days=200))
        ben.stage = "paused"
        ben.save()
        response = client.post(
            ASK,
            {
                "line": [f"{first.pk}-{ada.pk}", f"{second.pk}-{ben.pk}"],
                "first": "2026-06-11",
                "last": "2027-03-01",
            },
        )
        assert response.url == f"{PLAN}?first=2026-06-11&last=2027-03-01"
        page = words(client.get(response.url))
        assert "1 person has been asked." in page
        assert f"{ben} was not asked to {second.service}" in page
        assert f"{ben.first_name} is taking a break." in page

    def test_a_visit_that_moved_since_its_page_was_opened_is_not_asked_about(
        self, client: Any, coordinator: Any
    ) -> None:
        ada, ben = been(), been(available_weekdays=0b0000100)  # Wednesdays
        moved = review(service__name="Larch Ward")
        keep(moved, ada)
        review(service__name="Elm Ward")
        lines = re.findall(r'name="line" value="([^"]+)"', words(client.get(PLAN)))
        assert len(lines) == 2
        times = {"starts_at": moved.starts_at, "ends_at": moved.ends_at}
        postpone(review=moved, to_day=DAY + timedelta(days=7), **times, by=coordinator, now=NOW)
        page = words(client.post(ASK, {"line": lines}, follow=True))
        assert "1 person has been asked." in page
        assert f"{ada} was not asked to {moved.service}, 15 July 2026. The visit has moved" in page
        assert TeamMember.objects.get(response="invited").reviewer == ben
        assert KeptProposal.objects.get().reviewer == ada  # who is kept stays so
        # The new plan has the new day, and asks for it
        (line,) = re.findall(r'name="line" value="([^"]+)"', page)
        assert line == f"{moved.pk}-{ada.pk}-2026-07-15"
        assert "1 person has been asked." in words(client.post(ASK, {"line": line}, follow=True))

    def test_a_window_the_wrong_way_round_or_too_long_is_told(self, client: Any) -> None:
        page = words(client.get(f"{PLAN}?first=2026-07-01&last=2026-06-01"))
        assert "Enter a last day that is not before the first" in page
        page = words(client.get(f"{PLAN}?first=2026-07-01&last=2027-09-01"))
        assert "Enter a last day within a year of the first" in page

    def test_long_plans_come_in_pages(self, client: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(views, "ROWS", 2)
        people = [been() for _ in range(3)]
        visits = [review(DAY + timedelta(days=2 * n)) for n in range(3)]
        page = words(client.get(PLAN))
        assert page.count('name="line"') == 2
        assert "Page 1 of 2." in page
        assert words(client.get(f"{PLAN}?page=2")).count('name="line"') == 1
        everybody = page.split('name="all" value="')[1].split('"')[0]
        assert len(everybody.split()) == 3
        page = words(client.post(ASK, {"all": everybody}, follow=True))
        assert "3 people have been asked." in page
        assert {visit.team.get().reviewer for visit in visits} == set(people)

    def test_steps_for_what_stays_open(self, client: Any) -> None:
        been(stage="training")
        review(service__name="Larch Ward")
        page = words(client.get(PLAN))
        assert "1 visit with nobody" in page
        assert "One step would do: 1 not active yet." in page


class TestKeeping:
    def test_keep_let_go_and_change(self, client: Any, coordinator: Any) -> None:
        ada, ben, visit = been(), been(), review(service__name="Larch Ward")
        page = words(client.post(KEEP, {"review": visit.pk, "person": ben.pk}, follow=True))
        assert f"{ben} is kept for Larch Ward, 8 July 2026." in page
        assert f"Kept by {coordinator}, 10 June 2026." in page
        change = reverse("reviews:plan-change", args=[visit.pk])
        page = words(client.get(f"{change}?person={ben.pk}"))
        assert str(ada) in page
        assert "No other visit is left open." in page
        client.post(KEEP, {"review": visit.pk, "person": ada.pk, "instead_of": ben.pk})
        kept = KeptProposal.objects.get()
        assert kept.reviewer == ada
        address = reverse("reviews:plan-let-go", args=[kept.pk])
        page = words(client.post(address, follow=True))
        assert f"{ada} is no longer kept for Larch Ward." in page
        assert not KeptProposal.objects.exists()
        assert client.post(address).status_code == 404

    def test_what_cannot_be_kept_is_told(self, client: Any) -> None:
        visit = review()
        paused = been(stage="paused")
        page = words(client.post(KEEP, {"review": visit.pk, "person": paused.pk}, follow=True))
        assert f"{paused.first_name} is taking a break." in page
        for sent in ({}, {"review": "x"}, {"review": visit.pk, "person": 10**9}):
            assert client.post(KEEP, sent).status_code == 404

    def test_a_line_that_is_impossible_now_says_why_and_is_let_go(self, client: Any) -> None:
        ada, visit = been(stage="paused"), review(service__name="Larch Ward")
        kept = keep(visit, ada)
        page = words(client.get(PLAN))
        assert f"{ada} was kept for Larch Ward, 8 July 2026, and is not in this plan." in page
        assert f"{ada.first_name} is taking a break." in page
        client.post(reverse("reviews:plan-let-go", args=[kept.pk]))
        assert "was kept for" not in words(client.get(PLAN))

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"status": "cancelled"}, "This review is cancelled. It cannot be changed now."),
            ({"lxrs_wanted": 1}, "There is nobody whom First could go with."),
        ],
    )
    def test_why_a_line_is_impossible(self, client: Any, change: dict[str, Any], why: str) -> None:
        person = make.ReadyReviewerFactory(first_name="First")
        visit = review(lxrs_wanted=2)
        keep(visit, person)
        if "status" in change:
            visit.status = change["status"]
            visit.save()
        assert why in words(client.get(PLAN))

    def test_a_visit_with_enough_people_needs_nobody_who_was_kept(self, client: Any) -> None:
        visit = review()
        keep(visit, been())
        make.LXROnTeamFactory(review=visit, response="accepted")
        assert "it wants no more." in words(client.get(PLAN))

    def test_two_lines_too_close_for_one_person(self, client: Any) -> None:
        ada = been()
        for _ in range(2):
            keep(review(), ada)
        assert "is kept for another visit too close to this one" in words(client.get(PLAN))


class TestChange:
    def test_what_each_choice_costs(self, client: Any) -> None:
        ada = been(first_name="Ada", last_name="Any")
        been(2, first_name="Wes", last_name="Wednesday", available_weekdays=0b0000100)
        first = review()
        review(DAY + timedelta(days=2), service__name="Elm Ward")
        ada.visits_a_month = 1
        ada.save()
        address = reverse("reviews:plan-change", args=[first.pk])
        page = words(client.get(address))
        ada_row, wes_row = page.index("Ada Any</a>"), page.index("Wes Wednesday</a>")
        assert ada_row < wes_row
        assert "Nobody could go to Elm Ward, 10 July 2026." in page[ada_row:wes_row]
        assert "No other visit is left open." in page[wes_row:]

    def test_anybody_who_could_go_is_found_by_name(self, client: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr("reviews.planner.changing.SHOWN", 1)
        for name in ("Ada", "Ben", "Cal"):
            been(first_name=name, last_name="Okoro")
        address = reverse("reviews:plan-change", args=[review().pk])
        page = words(client.get(address))
        assert "These are the first 1 of 3 people who could go." in page
        assert "Cal Okoro" in words(client.get(f"{address}?who=cal"))
        page = words(client.get(f"{address}?who=nobody"))
        assert "Nobody of that name could go on this visit." in page

    def test_a_newcomer_is_offered_with_company_only(self, client: Any) -> None:
        make.ReadyReviewerFactory()
        alone = reverse("reviews:plan-change", args=[review().pk])
        assert "Nobody else could go on this visit." in words(client.get(alone))
        two = reverse("reviews:plan-change", args=[review(lxrs_wanted=2).pk])
        assert "so somebody else has to go as well" in words(client.get(two))

    def test_a_visit_that_wants_nobody_has_no_choices(self, client: Any) -> None:
        visit = review(status="cancelled")
        been()
        page = words(client.get(reverse("reviews:plan-change", args=[visit.pk])))
        assert "Nobody else could go on this visit." in page


class TestLongWork:
    @pytest.fixture(autouse=True)
    def _everything_is_large(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(queries, "SMALL", 0)

    def made(self, client: Any) -> str:
        """Have a plan worked out; the address of its page."""
        sent = {"first": "2026-06-11", "last": "2027-06-01"}
        progress = client.post(reverse("reviews:plan-work-out"), sent)
        job = Job.objects.latest("pk")
        assert progress.url == reverse("jobs:detail", args=[job.pk])
        run(job_id=job.pk, clock=lambda: NOW)
        address = reverse("reviews:plan-made", args=[job.pk])
        assert address in words(client.get(progress.url))
        return address

    def test_a_large_window_is_worked_out_and_shown(self, client: Any) -> None:
        ada, visit = been(), review()
        assert "There are too many visits and people to plan while you wait." in words(
            client.get(PLAN)
        )
        address = self.made(client)
        assert address in words(client.get(PLAN))
        page = words(client.get(address))
        assert "as things stood at 11am on 10 June 2026" in page
        assert f'value="{visit.pk}-{ada.pk}-{DAY}"' in page
        job = address.rstrip("/").rpartition("/")[2]
        sent = {"line": f"{visit.pk}-{ada.pk}", "made": job}
        page = words(client.post(ASK, sent, follow=True))
        assert "Asked" in page
        assert 'name="line"' not in page

    def test_somebody_else_s_plan_is_not_found(self, client: Any, coordinator: Any) -> None:
        been()
        review()
        address = self.made(client)
        client.force_login(make.UserFactory(roles=["coordinator"]))
        assert client.get(address).status_code == 404
        job = address.rstrip("/").rpartition("/")[2]
        assert client.post(ASK, {"all": "all", "made": job}).status_code == 404

    def test_everybody_of_it_is_asked_by_long_work(self, client: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(views, "MOST_AT_ONCE", 1)
        monkeypatch.setattr(views, "ROWS", 1)
        people = [been() for _ in range(3)]
        for n in range(3):
            review(DAY + timedelta(days=2 * n))
        address = self.made(client)
        people[0].stage = "paused"
        people[0].save()
        job = address.rstrip("/").rpartition("/")[2]
        client.post(ASK, {"all": "all", "made": job})
        asking = Job.objects.latest("pk")
        run(job_id=asking.pk, clock=lambda: NOW)
        page = words(client.get(reverse("reviews:plan-asked", args=[asking.pk])))
        assert "2 people have been asked." in page
        assert "1 line had changed" in page
        assert f"{people[0].first_name} is taking a break." in page
        assert not TeamMember.objects.filter(reviewer=people[0], response="invited").exists()

    def test_a_window_that_is_over_is_told(self, client: Any) -> None:
        day = (TODAY - timedelta(days=2)).isoformat()
        sent = {"first": day, "last": day}
        page = words(client.post(reverse("reviews:plan-work-out"), sent, follow=True))
        assert "Choose a last day that is still to come." in page
