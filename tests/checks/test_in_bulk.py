"""Readiness of many at once says what readiness says of one."""

from datetime import timedelta
from random import Random

import pytest

from checks.fitting import who_fit
from checks.in_bulk import Need, standings
from checks.models import Condition, SiteClearance
from checks.readiness import fits, is_ready, readiness_of, readiness_of_one
from organisation.models import DBSLevel, Service, Workforce
from reviewers.models import Reviewer
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    DirectorateFactory,
    ReviewerFactory,
    RoleVariantFactory,
    ServiceFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

DAYS = [TODAY, TODAY + timedelta(days=30), TODAY + timedelta(days=90)]


def services(chance: Random) -> list[Service]:
    directorates = [DirectorateFactory() for _ in range(2)]
    sites = [
        SiteFactory(),
        SiteFactory(asks="vetting"),
        SiteFactory(asks="own form", takes_escorted=True),
    ]
    return [
        ServiceFactory(
            directorate=chance.choice(directorates),
            site=chance.choice(sites),
            setting=chance.choice(Service.Setting.values),
            role_variant=RoleVariantFactory(
                level=chance.choice(DBSLevel.values), workforce=chance.choice(Workforce.values)
            ),
        )
        for _ in range(8)
    ]


def some_day(chance: Random) -> object:
    return chance.choice([None, *(day + timedelta(days=chance.choice([-1, 0, 1])) for day in DAYS)])


def give_checks(chance: Random, places: list[Service]) -> None:
    person = ReviewerFactory(user=None)
    for number in range(chance.choice([0, 1, 1, 2])):
        result = chance.choice(["clear", "clear", "disclosure", "awaiting"])
        changed = result != "awaiting" and chance.random() < 0.15
        check = DBSCheckFactory(
            reviewer=person,
            level=chance.choice(DBSLevel.values),
            workforce=chance.choice(Workforce.values),
            result=result,
            applied_on=TODAY - timedelta(days=300 + number),
            issued_on=None if result == "awaiting" else TODAY - timedelta(days=200),
            renewal_due_on=some_day(chance),
            waiting_since=TODAY if result != "awaiting" and chance.random() < 0.1 else None,
            **(
                {
                    "update_consent_on": TODAY,
                    "status_checked_on": TODAY,
                    "status_result": "changed",
                }
                if changed
                else {}
            ),
        )
        if result == "disclosure":
            give_decision(chance, check, places)
    for site in {place.site for place in places}:
        if chance.random() < 0.7:
            SiteClearance.objects.create(
                reviewer=person, site=site, decided_on=TODAY,
                rung=chance.choice(SiteClearance.Rung.values),
            )  # fmt: skip


def give_decision(chance: Random, check: object, places: list[Service]) -> None:
    decision = chance.choice(["approved", "approved with conditions", "not approved", "awaiting"])
    decided = decision != "awaiting"
    is_missing = decision == "approved with conditions" and chance.random() < 0.3
    assessment = AssessmentFactory(
        check_made=check,
        opened_on=TODAY - timedelta(days=150),
        decision=decision,
        decided_on=TODAY - timedelta(days=100) if decided else None,
        is_in_force=decided and chance.random() < 0.8,
        is_missing_conditions=is_missing,
        approved_until=some_day(chance) if decision.startswith("approved") else None,
    )
    if decision != "approved with conditions" or is_missing:
        return
    place = chance.choice(places)
    kept_from = chance.choice(
        [
            {"not_service": place},
            {"not_directorate": place.directorate},
            {"not_setting": place.setting},
            {"accompanied_only": True},
        ]
    )
    Condition.objects.create(assessment=assessment, until=some_day(chance), **kept_from)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("blocks", [None, 30])
def test_it_says_of_everybody_what_the_condition_says(seed, blocks, trust):
    chance = Random(seed)
    trust.renewal_blocks_from = None if blocks is None else TODAY + timedelta(days=blocks)
    places = services(chance)
    for _ in range(40):
        give_checks(chance, places)
    everyone = list(Reviewer.objects.values_list("pk", flat=True))
    bulk = standings(Reviewer.objects.order_by().values("pk"), trust=trust, last_day=max(DAYS))

    answers = set()
    by_need: dict[Need, set[int]] = {}
    for day in DAYS:
        ready = set(
            Reviewer.objects.filter(is_ready(on=day, trust=trust)).values_list("pk", flat=True)
        )
        assert {pk for pk in everyone if bulk.are_ready(pk, day)} == ready
        for place in places:
            for accompanied in (False, True):
                asked = fits(service=place, on=day, trust=trust, is_accompanied=accompanied)
                need = Need.of(place, day, is_accompanied=accompanied)
                found = {pk for pk in everyone if bulk.fit(pk, need)}
                by_need[need] = found
                assert found == set(Reviewer.objects.filter(asked).values_list("pk", flat=True))
                answers.add(len(found))
    assert len(answers) > 1, "The worlds are not all alike"
    bits = who_fit(bulk, list(by_need), {pk: pk for pk in everyone})
    for fitting, found in zip(bits, by_need.values(), strict=True):
        assert {pk for pk in everyone if fitting >> pk & 1} == found


@pytest.mark.parametrize("seed", range(2))
def test_one_person_asked_alone_reads_as_among_everybody(seed, trust):
    chance = Random(seed)
    for _ in range(20):
        give_checks(chance, services(chance))
    people = list(Reviewer.objects.all())

    together = readiness_of(people, on=TODAY, trust=trust)
    alone = {each.pk: readiness_of_one(each, on=TODAY, trust=trust) for each in people}
    few = is_ready(on=TODAY, trust=trust, among=[each.pk for each in people[:10]])

    assert alone == together
    assert len({each.words for each in together.values()}) > 1, "The world is not all alike"
    assert set(Reviewer.objects.filter(few)) == {
        each for each in people[:10] if together[each.pk].ready
    }


def test_everybody_is_asked_about_in_four_queries(trust, django_assert_num_queries):
    for _ in range(30):
        DBSCheckFactory()
    AssessmentFactory(
        check_made__reviewer=ReviewerFactory(),
        decision="approved",
        decided_on=TODAY,
        decided_by=UserFactory(),
        approved_by=UserFactory(),
        approved_at=NOW,
        is_in_force=True,
    )
    people = Reviewer.objects.order_by().values("pk")

    with django_assert_num_queries(4):
        found = standings(people, trust=trust, last_day=TODAY)

    assert len(found.by_person) == 31
    assert len(set(found.by_person.values())) == 1, "an approval stands like a blank certificate"
