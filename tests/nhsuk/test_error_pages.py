"""Pages for when something is not as expected, in the same design; a 500 needs nothing at all."""

from typing import Any

import pytest
from django.core.cache import cache
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, server_error


def test_server_error_needs_neither_database_nor_user() -> None:
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Sorry, there is a problem with the service" in response.content.decode()


@pytest.mark.django_db
def test_bad_request_says_that_nothing_changed() -> None:
    response = bad_request(RequestFactory().get("/"), Exception())
    assert response.status_code == 400
    assert "Sorry, we could not read that" in response.content.decode()


@pytest.mark.django_db
def test_missing_page_is_in_the_same_design() -> None:
    response = Client().get("/there-is-no-such-page/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "<title>Page not found – LXR Portal</title>" in page
    assert page.count("<h1") == 1


@pytest.mark.django_db
def test_form_without_its_token_is_told_what_to_do(settings: Any) -> None:
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a@b.org"})
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()


@pytest.mark.django_db
def test_too_many_tries_are_told_what_to_do_in_the_same_design() -> None:
    cache.clear()
    client = Client()
    for _ in range(40):
        response = client.post("/account/password/reset/", {"email": "nobody@example.org"})
        if response.status_code == 429:
            break
    page = response.content.decode()
    assert response.status_code == 429
    assert "<title>Too many tries – LXR Portal</title>" in page
    assert "Wait a few minutes" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_page_has_nothing_inline_and_nothing_from_elsewhere(name: str) -> None:
    page = get_template(f"{name}.html").render()
    assert "style=" not in page
    assert "onclick" not in page
    assert "<script>" not in page
    assert "https://" not in page
