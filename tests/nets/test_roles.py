"""Every address × method × role: through, or exactly like a page that does not exist."""

from contextlib import suppress
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse

from tests.nets.pages import Page, all_pages
from tests.nets.walk import (
    ADMIN,
    ANONYMOUS,
    NOBODY,
    WHO,
    ask,
    client_of,
    comparable,
    may_open,
    missing_page,
    patterns,
    undone,
    url_of,
)

PAGES = all_pages()
METHODS = ("GET", "POST")
# allauth's views guard themselves; ours say what they require.
GUARDED_BY_ALLAUTH = ("account_", "mfa_", "openid_connect_", "socialaccount_")
REFUSED = {403, 404, 405, 500}


def page_id(page: Page) -> str:
    return f"{page.method} {page.name} {page.about}".strip()


def names() -> set[str]:
    return {name for name, _ in patterns() if not name.startswith(ADMIN)}


def test_every_address_has_a_name() -> None:
    assert [str(pattern) for name, pattern in patterns() if not name.split(":")[-1]] == [
        str(pattern) for name, pattern in patterns() if name == ADMIN
    ]


def test_every_address_has_its_rows_and_every_row_its_address() -> None:
    assert names() - {page.name for page in PAGES} == set()
    assert {page.name for page in PAGES} - names() == set()


# What no browser looks at: the page net is blind to a row without ``seen_by``.
FILES = {
    "api:coverage", "api:impact", "api:misses", "api:training", "calendar", "favicon", "healthz",
    "insights:report-document", "insights:report-draft-document", "insights:share-file",
    "insights:table", "library:file",
    "own-library:file", "own-reviewers:role-file", "reviewers:role-file",
    "own-programme:everything_json", "own-programme:everything_pdf",
    "own-reviews:calendar", "own-training:certificate", "programme:access_log_export",
    "programme:enquiry_json", "programme:enquiry_pdf", "programme:import_template",
    "programme:request_json", "programme:request_pdf", "robots", "training:certificate",
    "training:certificates",
}  # fmt: skip
LEAD_ELSEWHERE = {
    "account_signup", "feedback:open", "feedback:open-words", "said:open", "reviewers:move-on",
    "reviewers:remind-together", "reviewers:sign-in-together", "reviews:due-days",
}  # fmt: skip
# Only there in the middle of signing in, where the journeys of signing in look at them.
IN_BETWEEN = {"account_confirm_login_code", "accounts:confirm-fresh", "mfa_authenticate"}


def test_every_page_is_looked_at_in_a_browser() -> None:
    unseen = {page.name for page in PAGES if page.method == "GET" and not page.seen_by}
    seen = {page.name for page in PAGES if page.method == "GET" and page.seen_by}
    assert unseen - seen - FILES - LEAD_ELSEWHERE - IN_BETWEEN == set()
    assert (FILES | LEAD_ELSEWHERE | IN_BETWEEN) - unseen == set()


def test_no_row_stands_twice() -> None:
    rows = [page_id(page) for page in PAGES]
    assert sorted(rows) == sorted(set(rows))


def test_every_view_says_what_it_requires() -> None:
    silent = {
        name
        for name, pattern in patterns()
        if not name.startswith((*GUARDED_BY_ALLAUTH, ADMIN))
        and not hasattr(pattern.callback, "requires")
    }
    assert silent == set()


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_page_opens_for_its_roles_alone(page: Page, world: Any) -> None:
    url = url_of(page, page.kwargs(world))
    sign_in = reverse("account_login")
    walked = 0
    for who in WHO:
        with undone():
            client = client_of(world, who)
            response = ask(client, page, url, world)
            if may_open(page, who):
                assert response.status_code not in REFUSED, f"{who} may open it"
            elif who == ANONYMOUS:
                assert response.status_code == 302, f"{who} is sent to sign in"
                assert response["Location"].startswith(sign_in)
            else:
                assert response.status_code == 404, f"{who} may not open it"
                assert comparable(response) == missing_page(client, url), who
            walked += 1
    assert walked == len(WHO)


@pytest.mark.parametrize("page", [page for page in PAGES if page.other], ids=page_id)
def test_somebody_elses_object_is_not_found(page: Page, world: Any) -> None:
    assert page.other
    url = url_of(page, page.other(world))
    for who in WHO:
        if who != ANONYMOUS and may_open(page, who):
            with undone():
                client = client_of(world, who)
                response = ask(client, page, url, world)
                assert response.status_code == 404, who
                assert comparable(response) == missing_page(client, url), who


@pytest.mark.parametrize("name", sorted({page.name for page in PAGES}))
def test_method_without_a_row_is_refused(name: str, world: Any) -> None:
    rows = [page for page in PAGES if page.name == name]
    who = next((who for who in reversed(WHO) if may_open(rows[0], who)), NOBODY)
    for method in METHODS:
        if method not in {page.method for page in rows}:
            with undone():
                url = url_of(rows[0], rows[0].kwargs(world))
                response = ask(client_of(world, who), rows[0], url, world, method)
                assert response.status_code == 405, method


def admin_addresses() -> list[str]:
    """The Django admin's pages that need no object."""
    found = set()
    for name, _ in patterns():
        if name.startswith(ADMIN) and name != ADMIN:
            with suppress(NoReverseMatch):
                found.add(reverse(name))
    return sorted(found)


@pytest.mark.parametrize("who", [who for who in WHO if who not in {ANONYMOUS, "administrator"}])
def test_django_admin_is_not_there_for_others(who: str, world: Any) -> None:
    client = client_of(world, who)
    walked = 0
    for url in admin_addresses():
        response = client.get(url)
        assert response.status_code == 404, url
        assert comparable(response) == missing_page(client, url)
        walked += 1
    assert walked > 5


def test_django_admin_sends_strangers_to_the_one_door(world: Any) -> None:
    client = client_of(world, ANONYMOUS)
    for url in admin_addresses():
        response = client.get(url, follow=True)
        assert response.redirect_chain[-1][0].split("?")[0] == reverse("account_login"), url


def test_nobody_is_no_role() -> None:
    assert NOBODY not in {role for page in PAGES for role in page.roles}
    assert {role for page in PAGES for role in page.roles} <= {*WHO, "signed in"}
