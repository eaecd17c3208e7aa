"""A visit gets the newest questions, and keeps what it used once it is over."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from reviews.operations import plan_review
from reviews.to_ask.operations import choose_questions
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def first():
    return make.QuestionSetFactory(number=1)


@pytest.fixture
def second(first):
    return make.QuestionSetFactory(number=2, asks=["Is it clean?"])


def plan(by):
    return plan_review(
        details={
            "reference": "R-1", "service": make.ServiceFactory(), "starts_at": None,
            "ends_at": None, "meet_at": "", "ring_on_the_day": "", "bring": "", "lxrs_wanted": 2,
        },
        visit_on=TODAY + timedelta(days=30),
        by=by,
        now=NOW,
    )  # fmt: skip


def test_a_new_visit_gets_the_newest_questions(by, second):
    assert plan(by).question_set == second


def test_a_new_visit_has_none_while_there_are_none(by):
    assert plan(by).question_set is None


def test_a_visit_that_is_over_keeps_the_version_it_used(by, first, second):
    coming = make.ReviewFactory(question_set=first)
    over = make.ReviewFactory(
        question_set=first, status="completed", visit_on=TODAY - timedelta(days=3)
    )
    given = {"question_set": second, "by": by, "now": NOW}

    assert choose_questions(reviews=[coming.pk], **given) == 1
    with pytest.raises(RuleBroken) as broken:
        choose_questions(reviews=[coming.pk, over.pk], **given)

    assert str(broken.value) == "This review is completed. It cannot be changed now."
    for each in (coming, over):
        each.refresh_from_db()
    assert (coming.question_set, over.question_set) == (second, first)
    assert Event.objects.get().action == "chose the questions of a review"


def test_choosing_the_same_again_leaves_no_trace(by, first):
    review = make.ReviewFactory(question_set=first)
    assert choose_questions(reviews=[review.pk], question_set=first, by=by, now=NOW) == 0
    assert not Event.objects.exists()


def test_the_newest_version_goes_on_the_visits_that_are_ticked(client, by, first, second):
    none = make.ReviewFactory()
    old = make.ReviewFactory(question_set=first)
    new = make.ReviewFactory(question_set=second)
    make.ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=3))
    client.force_login(by)
    address = reverse("reviews:questions")
    assert {each.pk for each in client.get(address).context["page"].rows} == {none.pk, old.pk}

    page = client.post(address, {"review": [none.pk, new.pk]}, follow=True)

    assert "1 visit uses version 2 now." in page.content.decode()
    assert [each.pk for each in page.context["page"].rows] == [old.pk]
    page = client.post(address, {}, follow=True)
    assert "Tick at least one visit. Then press the button again." in page.content.decode()


def test_without_questions_there_is_nothing_to_choose(client, by):
    client.force_login(by)
    assert client.get(reverse("reviews:questions")).status_code == 404


class TestWhoSeesThem:
    @pytest.fixture
    def member(self, second):
        review = make.ReviewFactory(question_set=second)
        return make.LXROnTeamFactory(review=review, response="accepted")

    def test_whoever_goes_reads_them_and_who_wrote_them(self, client, member):
        client.force_login(member.reviewer.user)
        visit = client.get(reverse("own-reviews:visit", args=[member.pk])).content.decode()
        address = reverse("own-reviews:to-ask", args=[member.pk])
        assert address in visit
        page = client.get(address).content.decode()
        assert "Is it clean?" in page
        assert "Written by 15 people in 4 meetings" in page
        assert (
            "11 who had used services, 3 who had cared for someone and 1 who came as staff" in page
        )

    def test_a_visit_without_questions_has_no_such_page(self, client, member):
        member.review.question_set = None
        member.review.save()
        client.force_login(member.reviewer.user)
        address = reverse("own-reviews:to-ask", args=[member.pk])
        assert client.get(address).status_code == 404
        visit = client.get(reverse("own-reviews:visit", args=[member.pk]))
        assert address not in visit.content.decode()

    def test_the_lead_reads_them_and_cannot_change_them(self, client, first, member):
        lead = make.StaffFactory(user=make.UserFactory(roles=["visit_lead"]))
        make.StaffOnTeamFactory(review=member.review, staff=lead, role="lead")
        client.force_login(lead.user)
        address = reverse("reviews:to-ask", args=[member.review_id])
        page = client.get(address)
        assert "Is it clean?" in page.content.decode()
        assert page.context["form"] is None
        assert client.post(address, {"question_set": first.pk}).status_code == 404
        member.review.refresh_from_db()
        assert member.review.question_set.number == 2

    def test_a_coordinator_chooses_another_version(self, client, by, first, member):
        client.force_login(by)
        address = reverse("reviews:to-ask", args=[member.review_id])
        assert client.post(address, {}).context["form"].errors["question_set"] == [
            "Choose a version"
        ]
        page = client.post(address, {"question_set": first.pk}, follow=True)
        assert "This visit’s questions are saved." in page.content.decode()
        assert "Do you feel safe here?" in page.content.decode()
