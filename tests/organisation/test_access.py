"""The check each role asks for, and what each site asks."""

from typing import Any

import pytest
from django.urls import reverse

from audit.models import Event
from organisation import operations
from organisation.models import RoleVariant, Site
from rules import RuleBroken
from tests.factories import NOW, RoleVariantFactory, ServiceFactory, SiteFactory, UserFactory
from tests.organisation.pages import SITE, VARIANT

pytestmark = pytest.mark.django_db


def events() -> list[tuple[str, list[str]]]:
    return list(Event.objects.order_by("pk").values_list("action", "fields"))


@pytest.fixture
def officer(client_as: Any) -> Any:
    return client_as("checks_officer")


def test_an_officer_records_a_role_and_its_check(officer: Any) -> None:
    officer.post(reverse("organisation:variant_add"), VARIANT)

    variant = RoleVariant.objects.get()
    assert (variant.level, variant.workforce, variant.is_regulated_activity) == (
        "enhanced",
        "adult",
        False,
    )
    assert events()[0][0] == "added a role variant"
    page = officer.get(reverse("organisation:variants")).content.decode()
    assert "Ward visitor" in page


def test_barred_lists_are_refused_without_regulated_activity(officer: Any) -> None:
    barred = {**VARIANT, "level": "enhanced with barred lists"}

    page = officer.post(reverse("organisation:variant_add"), barred).content.decode()
    assert "A check may look at the barred lists only for regulated activity." in page
    assert RoleVariant.objects.count() == 0

    officer.post(reverse("organisation:variant_add"), {**barred, "is_regulated_activity": "on"})
    assert RoleVariant.objects.get().is_regulated_activity is True


def test_a_role_that_is_no_longer_regulated_keeps_no_barred_lists(officer: Any) -> None:
    variant = RoleVariantFactory(level="enhanced with barred lists")
    url = reverse("organisation:variant", args=[variant.pk])

    officer.post(url, {**VARIANT, "level": "enhanced with barred lists"})

    variant.refresh_from_db()
    assert variant.is_regulated_activity is True


def test_a_name_that_is_taken_is_refused(officer: Any) -> None:
    RoleVariantFactory(name=VARIANT["name"])

    page = officer.post(reverse("organisation:variant_add"), VARIANT).content.decode()

    assert "There is already a role of this name." in page


def test_a_role_without_a_legal_basis_is_marked(officer: Any) -> None:
    RoleVariantFactory()

    assert "No legal basis yet" in officer.get(reverse("organisation:variants")).content.decode()


def test_a_coordinator_chooses_the_role_of_a_service(client_as: Any) -> None:
    service, variant = ServiceFactory(), RoleVariantFactory(name="Ward visitor")
    url = reverse("organisation:service_variant", args=[service.pk])
    coordinator = client_as("coordinator")

    page = coordinator.post(url, {"variant": variant.pk}, follow=True).content.decode()
    coordinator.post(url, {"variant": variant.pk})

    assert "The role is saved." in page
    assert "Ward visitor" in page
    assert events() == [("chose a role", ["role_variant"])]


def change(site: Site, *lines: str, **changes: Any) -> None:
    operations.change_site(site=site, changes=changes, form_lines=lines, by=UserFactory(), now=NOW)


def form_of(site: Site) -> list[str]:
    return list(site.form_items.values_list("words", flat=True))


def test_a_line_of_a_sites_form_keeps_its_ticks_when_others_change() -> None:
    site = SiteFactory(asks="own form")
    change(site, "A photo", "Two references")
    kept = site.form_items.get(words="Two references").pk

    change(site, "Two references", "A letter")

    assert form_of(site) == ["Two references", "A letter"]
    assert site.form_items.get(words="Two references").pk == kept
    assert events() == [("changed what a site asks", ["form_items"])] * 2


def test_nothing_changed_at_a_site_is_nothing_recorded() -> None:
    site = SiteFactory(asks="vetting")
    change(site, "A photo")

    change(site, "A photo", asks="vetting", notice_days=0)

    assert len(events()) == 1


@pytest.mark.parametrize("role", ["coordinator", "checks_officer"])
def test_what_a_site_asks_is_changed_on_its_page(role: str, client_as: Any) -> None:
    site = SiteFactory()
    url = reverse("organisation:site", args=[site.pk])
    client = client_as(role)

    page = client.post(url, {**SITE, "form_lines": "A photo\n\nA photo\nA letter"}, follow=True)

    site.refresh_from_db()
    assert f"{site} is saved." in page.content.decode()
    assert (site.asks, site.notice_days, site.phones_allowed) == ("vetting", 14, False)
    assert form_of(site) == ["A photo", "A letter"]
    assert "A photo\nA letter" in client.get(url).content.decode()


def test_escorted_visits_say_who_arranges_them(client_as: Any) -> None:
    url = reverse("organisation:site", args=[SiteFactory().pk])

    page = client_as("coordinator").post(url, {**SITE, "takes_escorted": "on"}).content.decode()

    assert "Enter who arranges the escort" in page


def test_escorts_that_nobody_arranges_are_refused_by_the_operation() -> None:
    site = SiteFactory()

    with pytest.raises(RuleBroken, match="who arranges the escort"):
        change(site, takes_escorted=True)

    site.refresh_from_db()
    assert not site.takes_escorted


def test_a_line_that_is_too_long_is_refused(client_as: Any) -> None:
    url = reverse("organisation:site", args=[SiteFactory().pk])

    page = client_as("coordinator").post(url, {**SITE, "form_lines": "x" * 201}).content.decode()

    assert "Each line of the form must be 200 characters or less" in page


def test_barred_lists_are_refused_by_the_operation() -> None:
    with pytest.raises(RuleBroken, match="only for regulated activity"):
        operations.save_variant(
            variant=RoleVariant(),
            changes={
                "name": "A",
                "level": "enhanced with barred lists",
                "is_regulated_activity": False,
            },
            by=UserFactory(),
            now=NOW,
        )
