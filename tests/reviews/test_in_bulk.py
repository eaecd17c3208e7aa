"""Every rule asked of everybody at once says what the rule says of each visit alone."""

from datetime import time, timedelta
from random import Random
from typing import Any

import pytest

from checks.models import SiteClearance
from organisation.models import Service
from organisation.queries import trust_settings
from reviewers.models import Exclusion, Reviewer, RoleDescription, TimeAway
from reviews.eligibility import ONE_MISSING, RULES, Visit, rules_of_score, score
from reviews.holds import hold_of
from reviews.in_bulk import everyone as everyone_module
from reviews.in_bulk.bits import bits_of, places_in
from reviews.in_bulk.everyone import Everyone, ask_everyone
from reviews.models import Review
from reviews.queries.loaded import LoadedVisit, loaded_visits
from reviews.queries.places import not_to_ask
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def services(chance: Random) -> list[Service]:
    sites = [
        make.SiteFactory(),
        make.SiteFactory(asks="vetting"),
        make.SiteFactory(asks="own form", takes_escorted=True),
    ]
    return [
        make.ServiceFactory(
            setting=chance.choice(["community", "secure", "prison"]),
            site=chance.choice(sites),
            role_variant=make.RoleVariantFactory(level=chance.choice(["basic", "enhanced"])),
        )
        for _ in range(5)
    ]


def in_training(chance: Random, person: Any) -> None:
    """Half of them have a place at a session to come, or help to lead it."""
    if chance.random() < 0.5:
        return
    day = {"held_on": TODAY + timedelta(days=1 + chance.randrange(25))}
    hours = {"starts_at": time(11), "ends_at": chance.choice([time(13), None])}
    coming = make.SessionFactory(**day, **chance.choice([hours, {}]))
    if chance.random() < 0.5:
        coming.co_facilitators.add(person)
    else:
        make.PlaceFactory(reviewer=person, session=coming)


def people(chance: Random, places: list[Service]) -> list[Any]:
    """Forty people, each with some of what a visit asks for and in the way of some."""
    sessions = [
        make.SessionFactory(held_on=TODAY - timedelta(days=200)),
        make.SessionFactory(held_on=TODAY + timedelta(days=12)),
        make.SessionFactory(
            held_on=TODAY - timedelta(days=100), counts_until=TODAY + timedelta(days=8)
        ),
    ]
    RoleDescription.objects.create(
        number=2, published_at=NOW, needed_from=TODAY + timedelta(days=10)
    )
    found = [
        make.ReviewerFactory(
            user=None,
            stage=chance.choice(["active"] * 5 + ["checks", "paused", "left"]),
            role_description_signed_on=chance.choice([TODAY, TODAY, TODAY, None]),
            signed_version=chance.choice([1, 2]),
            available_weekdays=chance.choice([127, 127, 31, 21]),
            visits_a_month=chance.choice([1, 2]),
            first_visit_anywhere=chance.random() < 0.5,
        )
        for _ in range(40)
    ]
    for person in found:
        if chance.random() < 0.8:
            make.PlaceFactory(reviewer=person, session=chance.choice(sessions), outcome="attended")
        if chance.random() < 0.6:
            make.DBSCheckFactory(
                reviewer=person, renewal_due_on=TODAY + timedelta(days=chance.choice([5, 500]))
            )
        for site in {each.site for each in places}:
            if chance.random() < 0.5:
                SiteClearance.objects.create(
                    reviewer=person, site=site, decided_on=TODAY,
                    rung=chance.choice(SiteClearance.Rung.values),
                )  # fmt: skip
        if chance.random() < 0.2:
            Exclusion.objects.create(reviewer=person, service=chance.choice(places))
        if chance.random() < 0.2:
            start = TODAY + timedelta(days=chance.randrange(15))
            TimeAway.objects.create(
                reviewer=person, starts_on=start, ends_on=start + timedelta(days=4)
            )
        in_training(chance, person)
        if chance.random() < 0.4:
            done = make.ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=9))
            make.LXROnTeamFactory(review=done, reviewer=person, response="accepted", attended=True)
    return found


def programme(chance: Random) -> list[LoadedVisit]:
    """Twenty visits of three weeks; some people are on some of them."""
    places = services(chance)
    some = people(chance, places)
    for _ in range(20):
        starts_at = time(chance.choice([9, 13]))
        review = make.ReviewFactory(
            service=chance.choice(places),
            visit_on=TODAY + timedelta(days=1 + chance.randrange(25)),
            **chance.choice(
                [
                    {"starts_at": starts_at, "ends_at": time(starts_at.hour + 3)},
                    {"starts_at": None, "ends_at": None},
                ]
            ),
        )
        if chance.random() < 0.5:
            make.StaffOnTeamFactory(review=review)
        for person in chance.sample(some, chance.choice([0, 0, 1, 2])):
            put_on(review, person, chance)
    return loaded_visits(Review.objects.coming(), trust_settings())


def put_on(review: Review, person: Any, chance: Random) -> None:
    start, end = hold_of(review)
    response = chance.choice(["invited", "accepted", "declined"])
    if response == "declined":
        holds = {}
    elif person.memberships.filter(holds_from__lt=end, holds_until__gt=start).exists():
        return
    else:
        holds = {"holds_from": start, "holds_until": end}
    make.LXROnTeamFactory(
        review=review, reviewer=person, response=response,
        role=chance.choice(["lxr", "lxr", "shadow"]), **holds,
    )  # fmt: skip


def missing(found: Everyone, index: int) -> dict[str, set[int]]:
    return {
        rule.key: {found.ids[place] for place in places_in(each[index])}
        for rule, each in found.missing.items()
    }


def by_the_rules(found: Everyone, visit: Visit) -> dict[str, set[int]]:
    here = Reviewer.objects.filter(pk__in=found.ids)
    return {
        rule.key: set(
            here.annotate(score=score(visit, only=[rule]))
            .filter(score__gte=ONE_MISSING)
            .values_list("pk", flat=True)
        )
        for rule in RULES
    }


@pytest.mark.parametrize("seed", range(4))
def test_it_says_what_each_rule_says_of_each_visit(seed: int, trust: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(everyone_module, "AT_ONCE", 3)
    trust.rest_days = seed
    trust.renewal_blocks_from = TODAY + timedelta(days=5) if seed % 2 else None
    trust.save()
    visits = programme(Random(seed))
    found = ask_everyone(visits)
    for index, visit in enumerate(visits):
        assert missing(found, index) == by_the_rules(found, Visit(visit.review, visit.trust))
    met = {key for index in range(len(visits)) for key, who in missing(found, index).items() if who}
    assert met == {rule.key for rule in RULES} - ({"rest"} if seed == 0 else set())


def test_who_is_able_misses_nothing_and_is_not_on_the_team(trust: Any) -> None:
    visits = programme(Random(7))
    found = ask_everyone(visits)
    for index, visit in enumerate(visits):
        team = {each.reviewer_id for each in visit.review.team.all()}
        misses = set().union(*missing(found, index).values())
        able = {found.ids[place] for place in places_in(found.able(index))}
        assert able == set(found.ids) - misses - team


def test_who_is_one_step_away_misses_one_rule_that_is_a_step(trust: Any) -> None:
    visits = programme(Random(7))
    found = ask_everyone(visits)
    for index, visit in enumerate(visits):
        here = Reviewer.objects.filter(pk__in=found.ids).exclude(pk__in=not_to_ask(visit.review))
        scores = dict(here.annotate(score=score(visit)).values_list("pk", "score"))
        rules = {pk: rules_of_score(number) for pk, number in scores.items()}
        ready, one_away = (set(places_in(bits)) for bits in found.able_or_one_away(index))
        assert {found.ids[place] for place in ready} == {pk for pk in rules if not rules[pk]}
        assert {found.ids[place] for place in one_away} == {
            pk for pk, missing in rules.items() if len(missing) == 1 and missing[0].is_a_step
        }


def test_who_takes_a_break_or_has_left_is_not_asked_about(trust: Any) -> None:
    here = make.ReviewerFactory()
    for stage in ("paused", "left"):
        make.ReviewerFactory(stage=stage)
    make.ReviewFactory()
    found = ask_everyone(loaded_visits(Review.objects.all(), trust_settings()))
    assert found.ids == [here.pk]


def test_its_queries_grow_with_nothing(trust: Any, django_assert_num_queries: Any) -> None:
    visits = programme(Random(1))
    for _ in range(2):
        with django_assert_num_queries(22):
            ask_everyone(visits)
        for n in range(10):
            make.ReviewFactory(visit_on=TODAY + timedelta(days=1 + n))
            make.ReadyReviewerFactory()
        visits = loaded_visits(Review.objects.coming(), trust_settings())


def test_nothing_is_asked_for_no_visits(trust: Any) -> None:
    make.ReviewerFactory()
    assert all(not each for each in ask_everyone([]).missing.values())


def test_bits() -> None:
    assert bits_of([0, 3, 3]) == 0b1001
    assert list(places_in(0b1001)) == [0, 3]
