"""The gate list: who is on it, until when, and what is said once it is too late."""

from datetime import timedelta
from typing import Any

import pytest

from reviews.gate_list.policies import late_words, names_in_by
from reviews.models import Review
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def at_a_prison(days: int, notice_days: int = 14) -> Review:
    site = make.SiteFactory(name="Northgate", notice_days=notice_days)
    service = make.ServiceFactory(site=site)
    return make.ReviewFactory(visit_on=TODAY + timedelta(days=days), service=service)


@pytest.mark.parametrize(("days", "is_late"), [(13, True), (14, False)])
def test_names_are_late_from_the_day_after_the_last(days: int, is_late: bool) -> None:
    review = at_a_prison(days)
    assert names_in_by(review) == TODAY + timedelta(days=days - 14)
    assert bool(late_words(review, TODAY)) is is_late


def test_a_site_that_asks_no_notice_is_never_late(client_as: Any, trust: Any) -> None:
    review = at_a_prison(0, notice_days=0)
    assert late_words(review, TODAY) == ""
    client = client_as(make.UserFactory(roles=["coordinator"]))
    assert client.get(f"/reviews/{review.pk}/gate-list/").status_code == 404


def test_who_stands_by_is_on_the_list_and_who_has_not_answered_is_not(
    client_as: Any, trust: Any
) -> None:
    review = at_a_prison(400)
    make.StaffOnTeamFactory(review=review, role="lead", staff__name="Lee Grant")
    for name, role, response in (
        ("Ada", "lxr", "accepted"),
        ("Bo", "reserve", "accepted"),
        ("Cy", "lxr", "invited"),
        ("Di", "reserve", "declined"),
    ):
        person = make.ReadyReviewerFactory(first_name=name, last_name="Day")
        make.LXROnTeamFactory(review=review, reviewer=person, role=role, response=response)

    client = client_as(make.UserFactory(roles=["coordinator"]))
    page = client.get(f"/reviews/{review.pk}/gate-list/")

    assert [str(each.reviewer or each.staff) for each in page.context["coming"]] == [
        "Lee Grant", "Ada Day",
    ]  # fmt: skip
    assert [str(each.reviewer) for each in page.context["standing_by"]] == ["Bo Day"]
    assert [str(each.reviewer) for each in page.context["unanswered"]] == ["Cy Day"]
    assert "Lived Experience" not in page.content.decode().split("<main")[1].split("</main")[0]


def test_asking_too_late_goes_through_and_says_what_to_do(client_as: Any, trust: Any) -> None:
    review, person = at_a_prison(400, notice_days=500), make.ReadyReviewerFactory()
    make.LXROnTeamFactory(review=review)  # company
    client = client_as(make.UserFactory(roles=["coordinator"]))
    words = "The gate list has closed: Northgate wanted the names by"

    assert words in client.get(f"/reviews/{review.pk}/").content.decode()
    sent = {"reviewer": person.pk}
    answer = client.post(f"/reviews/{review.pk}/invite/", sent, follow=True)
    assert f"{person} has been asked to come. {words}" in answer.content.decode()


def test_whoever_was_agreed_to_come_along_is_on_the_list(client_as: Any, trust: Any) -> None:
    review = at_a_prison(400)
    review.service.site.identity_needed = "A passport"
    review.service.site.save()
    ada = make.ReadyReviewerFactory(first_name="Ada", last_name="Day")
    member = make.LXROnTeamFactory(review=review, reviewer=ada, response="accepted")
    for kind, said, words in (
        ("companion", "met", "Zelda comes along."),
        ("shadow", "met", "You watch."),
        ("buddy", "not met", "Nobody is free."),
    ):
        make.VisitRequestFactory(
            member=member, kind=kind, answer=said, words=words, answered_at=NOW
        )
    unanswered = make.LXROnTeamFactory(review=review, response="invited")
    make.VisitRequestFactory(
        member=unanswered, kind="companion", answer="met", words="Yan too.", answered_at=NOW
    )

    client = client_as(make.UserFactory(roles=["coordinator"]))
    page = client.get(f"/reviews/{review.pk}/gate-list/").content.decode()

    assert "Zelda comes along." in page
    assert "Companion of Ada Day" in page
    assert "Ask for the full name of everybody who comes along" in page
    assert "Tell them what to bring." in page
    for other in ("You watch.", "Nobody is free.", "Yan too."):
        assert other not in page
