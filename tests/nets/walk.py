"""How the nets walk: every address of the portal, every person who may ask."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.permissions import ROLES
from tests.conftest import signed_in_client
from tests.nets.pages import Page

ADMIN = "admin:"
ANONYMOUS = "anonymous"
NOBODY = "nobody"  # signed in, without a role
EVERY_ROLE = tuple(role.key for role in ROLES)
WHO = (ANONYMOUS, NOBODY, *EVERY_ROLE)


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern of the portal with its full name, as deep as includes go."""
    yield from _below(get_resolver().url_patterns, "")


def _below(found: Any, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for each in found:
        if isinstance(each, URLResolver):
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from _below(each.url_patterns, inner)
        else:
            yield f"{prefix}{each.name or ''}", each


def may_open(page: Page, who: str) -> bool:
    """Whether the table lets this person through."""
    if ANONYMOUS in page.roles:
        return True
    return who != ANONYMOUS and ("signed in" in page.roles or who in page.roles)


def client_of(world: Any, who: str) -> Client:
    """A new browser of this person, who signed in before the test began."""
    client = Client()
    if who != ANONYMOUS:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[who]
    return client


def sign_in(world: Any) -> None:
    """Sign everybody in, so that each test need not."""
    world.sessions = {who: signed_in_client(world.user(who)).session.session_key for who in WHO[1:]}


def ask(client: Client, page: Page, url: str, world: Any, method: str | None = None) -> Any:
    """Open or send the page."""
    if page.after:
        client.get(page.after(world))
    headers = headers_of(page, world)
    if (method or page.method) == "GET":
        return client.get(url, headers=headers)
    return client.post(url, page.sends(world) if method is None else {}, headers=headers)


def headers_of(page: Page, world: Any) -> dict[str, str]:
    """The header with the page's token, if it takes one."""
    return {"Authorization": f"Bearer {page.bearer(world)}"} if page.bearer else {}


def url_of(page: Page, kwargs: dict[str, Any]) -> str:
    """The address of a page."""
    return reverse(page.name, kwargs=kwargs)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back, the cache's counts of attempts too."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


def comparable(response: Any) -> str:
    """A page's body without what is random in it."""
    return re.sub(
        r'(nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": *"[^"]*")',
        "",
        response.content.decode(),
    )


def missing_page(client: Client, url: str) -> str:
    """The body of a page that really does not exist, right below this address."""
    response = client.get(f"{url.rstrip('/')}/there-is-no-such-page/")
    assert response.status_code == 404
    return comparable(response)
