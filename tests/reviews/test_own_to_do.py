"""What waits for an LXR stands where they arrive, and nothing does during a break."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reviewers.models import RoleDescription
from reviews.first_visits.models import FirstVisit
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
NOTHING = "You do not need to do anything now."


@pytest.fixture(autouse=True)
def _on_the_day(time_machine, trust):
    time_machine.move_to(NOW)


@pytest.fixture
def me():
    return make.ReadyReviewerFactory()


def invited(me, **more):
    session = make.SessionFactory(
        title="Refresher", kind="refresher", held_on=TODAY + timedelta(days=9)
    )
    return make.PlaceFactory(
        session=session, reviewer=me, **{"outcome": "invited", "answer_by": TODAY, **more}
    )


def home(client_as, me):
    return client_as(me.user).get(reverse("own-reviews:next")).content.decode()


def test_nothing_waits(client_as, me):
    page = home(client_as, me)
    assert NOTHING in page
    assert reverse("own-library:list") in page  # reading is one press away all the same


def test_an_invitation_to_training(client_as, me):
    invited(me)
    page = home(client_as, me)
    assert NOTHING not in page
    assert "Say if you can come to Refresher on 19 June 2026" in page
    assert "We keep a place for you until 10 June 2026." in page


def test_an_invitation_to_a_later_visit_waits_too(client_as, me):
    for days, more in ((3, {}), (30, {}), (40, {"response": "accepted"})):
        review = make.ReviewFactory(visit_on=TODAY + timedelta(days=days))
        later = make.LXROnTeamFactory(review=review, reviewer=me, **more)
        if days == 30:
            asked = later
    page = home(client_as, me)
    assert page.count("Say if you can") == 1
    name = asked.review.service.name
    assert f"Say if you can come to the visit on 10 July 2026</a><br>At {name}." in page
    assert reverse("own-reviews:visit", args=[asked.pk]) in page


@pytest.mark.parametrize("outcome", ["booked", "declined", "expired"])
def test_an_answered_invitation_does_not_wait(client_as, me, outcome):
    invited(me, outcome=outcome)
    assert NOTHING in home(client_as, me)


def test_what_must_be_read(client_as, me):
    one = make.DocumentVersionFactory(title="On your own").document
    page = home(client_as, me)
    assert "Read “On your own”" in page
    assert reverse("own-library:detail", args=[one.pk]) in page
    assert NOTHING not in page
    make.DocumentVersionFactory(title="If something upsets you")
    assert "Read 2 things about your role" in home(client_as, me)


def test_a_role_description_to_sign(client_as, me):
    RoleDescription.objects.create(
        number=2, words="What we do", published_at=NOW, needed_from=TODAY,
        published_by=make.UserFactory(),
    )  # fmt: skip
    assert "Read and sign your role description" in home(client_as, me)


def test_a_question_about_how_to_start(client_as, me):
    first = FirstVisit.objects.create(reviewer=me, asked_at=NOW)
    assert "Tell us how you would like to start" in home(client_as, me)
    first.wish, first.said_at, first.said_how = "ready", NOW, "online"
    first.save()
    assert NOTHING in home(client_as, me)


@pytest.mark.parametrize("response", ["invited", "accepted"])
def test_it_stands_beside_the_next_visit_after_what_that_asks(client_as, me, response):
    make.LXROnTeamFactory(
        review=make.ReviewFactory(visit_on=TODAY + timedelta(days=3)),
        reviewer=me,
        response=response,
    )
    make.DocumentVersionFactory(title="On your own")
    page = home(client_as, me)
    comes_first = page.index("Read “On your own”") < page.index("Whom to meet")
    assert comes_first == (response == "accepted")


def test_nothing_is_asked_during_a_break(client_as, me):
    invited(me)
    make.DocumentVersionFactory(title="On your own")
    type(me).objects.update(stage="paused")
    page = home(client_as, me)
    assert "For you to do" not in page
