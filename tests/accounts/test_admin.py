"""Administrators look after users in the Django admin, by the same rules as everywhere."""

from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Event
from organisation.models import Service
from reviews.models import ChangedMonth
from tests.conftest import signed_in_client
from tests.factories import (
    DirectorateFactory,
    ReviewerFactory,
    ReviewFactory,
    RoleVariantFactory,
    ServiceFactory,
    SiteFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/accounts/user/add/"


@pytest.fixture
def administrator() -> User:
    return UserFactory(email="admin@trust.example.org", roles=["administrator"])


@pytest.fixture
def client(administrator: User) -> Client:
    return signed_in_client(administrator)


def change(user: User) -> str:
    return f"/admin/accounts/user/{user.pk}/change/"


def events() -> list[tuple[Any, ...]]:
    return list(Event.objects.order_by("id").values_list("action", "actor_id", "fields"))


def test_nothing_is_in_the_admin_but_users_lookups_and_names() -> None:
    assert sorted(model._meta.label_lower for model in admin.site._registry) == [
        "accounts.user",
        "organisation.directorate",
        "organisation.rolevariant",
        "organisation.service",
        "organisation.servicecontact",
        "organisation.site",
        "organisation.staffmember",
        "reviewers.reviewer",
    ]


def test_account_is_made_with_its_event(client: Client, administrator: User) -> None:
    answer = client.post(
        ADD,
        {
            "email": "New@Example.org",
            "name": "New",
            "roles": ["observer"],
            "is_active": "on",
        },
    )

    made = User.objects.get(email="new@example.org")
    assert answer.status_code == 302
    assert (made.name, made.roles, made.has_usable_password()) == ("New", ["observer"], False)
    assert events() == [("made account", administrator.pk, ["email", "name", "roles"])]


def test_roles_and_details_change_with_their_events(client: Client, administrator: User) -> None:
    user = UserFactory(roles=["observer"], name="Old", email="old@example.org")

    client.post(
        change(user),
        {"email": "old@example.org", "name": "New", "roles": ["governance"]},
    )

    user.refresh_from_db()
    assert (user.name, user.roles, user.is_active) == ("New", ["governance"], False)
    assert events() == [
        ("changed account", administrator.pk, ["name"]),
        ("changed roles", administrator.pk, ["roles"]),
        ("closed account", administrator.pk, ["is_active"]),
    ]


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        (["observer"], "cannot take the administrator role from yourself"),
        (["administrator", "lxr"], "not both"),
    ],
)
def test_broken_rules_are_form_errors(
    client: Client, administrator: User, roles: list[str], sentence: str
) -> None:
    answer = client.post(
        change(administrator),
        {"email": administrator.email, "name": "", "roles": roles, "is_active": "on"},
    )

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    administrator.refresh_from_db()
    assert administrator.roles == ["administrator"]
    assert events() == []


@pytest.mark.parametrize("email", ["", "nobody", "a\0@example.org", "admin@trust.example.org"])
def test_unusable_addresses_are_form_errors(client: Client, email: str) -> None:
    answer = client.post(ADD, {"email": email, "name": "x", "is_active": "on"})

    assert answer.status_code == 200
    assert User.objects.count() == 1


def test_what_a_reviewer_signs_in_with_follows_their_page(client: Client) -> None:
    person = ReviewerFactory(email="ada@example.org")
    sent = {"email": "other@example.org", "name": "Other", "roles": ["lxr"]}

    client.post(change(person.user), {**sent, "is_active": "on"})

    person.user.refresh_from_db()
    assert (person.user.email, person.user.name) != (sent["email"], sent["name"])
    assert events() == []
    assert "Changed on the person’s own page" in client.get(change(person.user)).content.decode()

    # Closing the account is still an administrator's
    client.post(change(person.user), sent)
    person.user.refresh_from_db()
    assert not person.user.is_active


def test_users_are_found_by_role(client: Client) -> None:
    UserFactory(name="Olive", roles=["observer"])
    UserFactory(name="Gwen", roles=["governance"])

    page = client.get("/admin/accounts/user/?role=observer").content.decode()

    assert "Olive" in page
    assert "Gwen" not in page


def test_authenticator_is_reset_with_its_event(client: Client, administrator: User) -> None:
    user = UserFactory(roles=["checks_officer"])
    TOTP.activate(user, generate_totp_secret())

    client.post(
        "/admin/accounts/user/",
        {"action": "reset_authenticators", "_selected_action": [user.pk]},
    )

    assert not Authenticator.objects.filter(user=user).exists()
    assert events() == [("reset authenticator", administrator.pk, [])]


def test_users_are_never_deleted(client: Client) -> None:
    user = UserFactory()

    answer = client.post(f"/admin/accounts/user/{user.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_people_are_shown_by_name_contact_and_stage_alone(client: Client) -> None:
    reviewer = ReviewerFactory(
        first_name="Ada", access_needs="Large print", experience="carer", email="ada@example.org"
    )

    pages = [
        client.get("/admin/reviewers/reviewer/"),
        client.get(f"/admin/reviewers/reviewer/{reviewer.pk}/change/"),
    ]

    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert "Ada" in text
        assert "ada@example.org" in text
        assert "Large print" not in text
        assert "arer" not in text
    assert client.post(f"/admin/reviewers/reviewer/{reviewer.pk}/change/").status_code == 403


def test_filters_in_the_address_tell_nothing_more(client: Client) -> None:
    ReviewerFactory(first_name="Ada", experience="carer")

    answer = client.get("/admin/reviewers/reviewer/?experience=carer")

    assert "Ada" not in answer.content.decode()


def test_lookup_changes_leave_an_event(client: Client, administrator: User) -> None:
    directorate = DirectorateFactory(name="Old")

    client.post(f"/admin/organisation/directorate/{directorate.pk}/change/", {"name": "New"})

    directorate.refresh_from_db()
    assert directorate.name == "New"
    assert events() == [("changed directorate", administrator.pk, ["name"])]


def test_lookup_in_use_cannot_be_deleted(client: Client, administrator: User) -> None:
    used, unused = ServiceFactory().role_variant, RoleVariantFactory()
    url = "/admin/organisation/rolevariant/{}/delete/"

    assert client.post(url.format(used.pk), {"post": "yes"}).status_code == 403
    assert client.post(url.format(unused.pk), {"post": "yes"}).status_code == 302
    assert events() == [("deleted role variant", administrator.pk, [])]


def test_what_a_role_asks_for_is_looked_up_and_not_changed(client: Client) -> None:
    variant = RoleVariantFactory(level="enhanced")
    url = f"/admin/organisation/rolevariant/{variant.pk}/change/"

    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "Visitor", "level": "basic"}).status_code == 403
    assert client.post("/admin/organisation/rolevariant/add/", {"name": "New"}).status_code == 403
    variant.refresh_from_db()
    assert variant.level == "enhanced"


def test_what_checks_may_refer_to_is_never_deleted(client: Client) -> None:
    """Refusing only where they do would tell that they do."""
    for row in (DirectorateFactory(), SiteFactory(), ServiceFactory()):
        url = f"/admin/organisation/{row._meta.model_name}/{row.pk}/delete/"
        assert client.post(url, {"post": "yes"}).status_code == 403


def test_escorted_visits_say_who_arranges_them(client: Client) -> None:
    site = SiteFactory()
    url = f"/admin/organisation/site/{site.pk}/change/"
    sent = {"name": site.name, "asks": "vetting", "takes_escorted": "on", "notice_days": 0}

    assert "Enter who arranges the escort" in client.post(url, sent).content.decode()
    site.refresh_from_db()
    assert not site.takes_escorted

    client.post(url, {**sent, "escort_arranged_by": "The gate"})
    site.refresh_from_db()
    assert site.takes_escorted


def change_service(client: Client, service: Service, **changes: object) -> None:
    sent = {
        "name": service.name,
        "directorate": service.directorate_id,
        "site": service.site_id,
        "setting": service.setting,
        "role_variant": service.role_variant_id,
    }
    client.post(f"/admin/organisation/service/{service.pk}/change/", {**sent, **changes})
    service.refresh_from_db()


def test_service_that_moves_has_its_figures_counted_again(client: Client) -> None:
    service, other = ServiceFactory(), DirectorateFactory()
    was = service.directorate_id
    for day, status in ((date(2026, 5, 12), "completed"), (date(2026, 7, 1), "planned")):
        ReviewFactory(service=service, status=status, visit_on=day)

    change_service(client, service, name="Renamed")
    assert not ChangedMonth.objects.exists()

    change_service(client, service, directorate=other.pk)
    assert service.directorate_id == other.pk
    marks = ChangedMonth.objects.order_by("directorate").values_list("month", "directorate")
    assert list(marks) == [(date(2026, 5, 1), each) for each in sorted([was, other.pk])]

    ChangedMonth.objects.all().delete()
    change_service(client, service, setting="prison")
    assert [each.directorate_id for each in ChangedMonth.objects.all()] == [other.pk]


def test_every_list_and_form_of_the_admin_opens(client: Client) -> None:
    StaffFactory()
    ReviewFactory()
    ReviewerFactory()
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.first()
        assert client.get(reverse(f"{name}_changelist") + "?q=a").status_code == 200
        if row:
            assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
