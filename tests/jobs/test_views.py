"""Somebody watches their own long work."""

import pytest
from django.urls import reverse

from jobs import registry
from jobs.models import Job
from tests.factories import NOW, UserFactory


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(registry, "_kinds", {})
    registry.register(
        "test", lambda *_: {}, lambda job: f"/done/{job.pk}/", title="Bringing in the programme"
    )


def open_page(client, **fields):
    job = Job.objects.create(kind="test", asked_by=client.user, asked_at=NOW, **fields)
    return job, client.get(reverse("jobs:detail", kwargs={"pk": job.pk})).content.decode()


@pytest.mark.django_db
class TestDetail:
    def test_while_it_runs_the_page_shows_how_far_and_asks_again(self, client_as):
        _, page = open_page(
            client_as("coordinator"), state="running", progress=40, step="Reading Reviews"
        )
        assert "Bringing in the programme" in page
        assert '<progress id="progress" class="app-progress" max="100" value="40">' in page
        assert "Reading Reviews" in page
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page

    def test_when_done_it_leads_on_and_rests(self, client_as):
        job, page = open_page(client_as("coordinator"), state="done", progress=100, finished_at=NOW)
        assert f'href="/done/{job.pk}/"' in page
        assert "http-equiv" not in page
        assert "<progress" not in page

    def test_when_it_failed_it_says_why_in_plain_words(self, client_as):
        _, page = open_page(
            client_as("coordinator"),
            state="failed",
            finished_at=NOW,
            result={"sentence": "Somebody <b>changed</b> it."},
        )
        assert "Somebody &lt;b&gt;changed&lt;/b&gt; it." in page
        assert "http-equiv" not in page

    def test_nobody_else_finds_it(self, client_as):
        job = Job.objects.create(kind="test", asked_by=UserFactory(), asked_at=NOW)
        client = client_as("administrator", "coordinator", "quality_lead")

        assert client.get(reverse("jobs:detail", kwargs={"pk": job.pk})).status_code == 404
        assert client.get(reverse("jobs:detail", kwargs={"pk": job.pk + 999})).status_code == 404

    def test_a_job_of_a_kind_that_went_away_is_not_found(self, client_as):
        client = client_as("coordinator")
        job = Job.objects.create(kind="gone", asked_by=client.user, asked_at=NOW)

        assert client.get(reverse("jobs:detail", kwargs={"pk": job.pk})).status_code == 404
