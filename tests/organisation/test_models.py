"""What the trust's data must keep, broken one by one."""

from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from organisation.models import (
    DBSLevel,
    Directorate,
    ServiceBlock,
    SiteFormItem,
    TrustSettings,
    levels_that_do_for,
    workforces_that_do_for,
)
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "factory", "changes"),
    [
        ("organisation_site_asks", make.SiteFactory, {"asks": "magic"}),
        ("organisation_variant_level", make.RoleVariantFactory, {"level": "top"}),
        (
            "organisation_variant_barred_lists",
            make.RoleVariantFactory,
            {"level": DBSLevel.BARRED, "is_regulated_activity": False},
        ),
        ("organisation_service_setting", make.ServiceFactory, {"setting": "moon"}),
    ],
)
def test_choice_outside_the_list_is_refused(
    constraint: str, factory: Any, changes: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("organisation_settings_one_row", {"pk": 2}),
        ("organisation_settings_hours", {"pk": 1, "send_from": time(9), "send_until": time(9)}),
        ("organisation_settings_programme", {"pk": 1, "most_visits_a_week": 0}),
        ("organisation_settings_link_days", {"pk": 1, "feedback_link_days": 0}),
        ("organisation_settings_time_to_answer", {"pk": 1, "answer_days": 0}),
        ("organisation_settings_time_to_answer", {"pk": 1, "reserve_answer_hours": 0}),
    ],
)
def test_settings_are_one_row_that_makes_sense(constraint: str, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        TrustSettings.objects.create(**changes)


@pytest.mark.parametrize(
    ("constraint", "last_on"),
    [
        ("organisation_block_ends_after_it_begins", date(2026, 6, 9)),
        ("organisation_block_once", date(2026, 6, 12)),
    ],
)
def test_blocked_days_make_sense_and_stand_once(constraint: str, last_on: date) -> None:
    service = make.ServiceFactory()
    first_on = date(2026, 6, 10)
    ServiceBlock.objects.create(service=service, first_on=first_on, last_on=date(2026, 6, 12))

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceBlock.objects.create(service=service, first_on=first_on, last_on=last_on)


def test_contact_stands_once_at_a_service() -> None:
    """The constraint organisation_contact_once."""
    contact = make.ContactFactory(name="Pat Reed")
    make.ContactFactory(name="Pat Reed")  # at another service

    with pytest.raises(IntegrityError), transaction.atomic():
        make.ContactFactory(name="Pat Reed", service=contact.service)


def test_staff_name_stands_once_in_any_case() -> None:
    """The constraint organisation_staff_name."""
    make.StaffFactory(name="Lee Grant")

    with pytest.raises(IntegrityError), transaction.atomic():
        make.StaffFactory(name="LEE GRANT")


def test_names_of_directorates_sites_services_and_variants_stand_once() -> None:
    Directorate.objects.create(name="A")
    for make_one in (
        lambda: Directorate.objects.create(name="A"),
        lambda: [make.SiteFactory(name="B") for _ in range(2)],
        lambda: [make.ServiceFactory(name="C") for _ in range(2)],
        lambda: [make.RoleVariantFactory(name="D") for _ in range(2)],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_one()


def test_each_level_does_for_those_below() -> None:
    assert levels_that_do_for("basic") == (
        "basic",
        "standard",
        "enhanced",
        "enhanced with barred lists",
    )
    assert levels_that_do_for("enhanced with barred lists") == ("enhanced with barred lists",)


@pytest.mark.parametrize(
    ("level", "workforce", "expected"),
    [
        ("basic", "child", ()),
        ("standard", "adult", ()),
        ("enhanced", "adult", (("adult", "adult and child"),)),
        ("enhanced", "child", (("child", "adult and child"),)),
        (
            "enhanced with barred lists",
            "adult and child",
            (("adult", "adult and child"), ("child", "adult and child")),
        ),
        ("enhanced", "other", (("other",),)),
    ],
)
def test_workforces_count_from_an_enhanced_check_upwards(
    level: str, workforce: str, expected: Any
) -> None:
    assert workforces_that_do_for(level, workforce) == expected


def test_line_of_a_form_stands_once_and_says_something() -> None:
    """The constraints organisation_form_item_once and organisation_form_item_says_what."""
    site = make.SiteFactory()
    SiteFormItem.objects.create(site=site, place=1, words="A photo")

    with pytest.raises(IntegrityError), transaction.atomic():
        SiteFormItem.objects.create(site=site, place=2, words="A photo")
    with pytest.raises(IntegrityError, match="form_item_says_what"), transaction.atomic():
        SiteFormItem.objects.create(site=site, place=3, words="")


def test_secure_and_prison_services_are_harder_to_reach() -> None:
    reach = {
        setting: make.ServiceFactory(setting=setting).is_harder_to_reach
        for setting in ("community", "inpatient", "secure", "prison")
    }

    assert reach == {"community": False, "inpatient": False, "secure": True, "prison": True}
