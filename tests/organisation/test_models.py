"""What the trust's data must keep, broken one by one."""

from datetime import time
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from organisation.models import Directorate, TrustSettings, levels_that_do_for
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "factory", "changes"),
    [
        ("organisation_site_asks", make.SiteFactory, {"asks": "magic"}),
        ("organisation_variant_level", make.RoleVariantFactory, {"level": "top"}),
        ("organisation_service_setting", make.ServiceFactory, {"setting": "moon"}),
    ],
)
def test_choice_outside_the_list_is_refused(
    constraint: str, factory: Any, changes: dict[str, str]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("organisation_settings_one_row", {"pk": 2}),
        ("organisation_settings_hours", {"pk": 1, "send_from": time(9), "send_until": time(9)}),
        ("organisation_settings_link_days", {"pk": 1, "feedback_link_days": 0}),
    ],
)
def test_settings_are_one_row_that_makes_sense(constraint: str, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        TrustSettings.objects.create(**changes)


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


def test_secure_and_prison_services_are_harder_to_reach() -> None:
    reach = {
        setting: make.ServiceFactory(setting=setting).is_harder_to_reach
        for setting in ("community", "inpatient", "secure", "prison")
    }

    assert reach == {"community": False, "inpatient": False, "secure": True, "prison": True}
