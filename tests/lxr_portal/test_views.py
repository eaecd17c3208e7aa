"""Addresses that machines ask for."""

import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
class TestHealth:
    def test_ok_while_the_database_answers(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            answer = Client().get("/healthz")
        assert (answer.status_code, answer.content) == (200, b"ok")

    def test_unavailable_without_the_database(self, monkeypatch):
        def refuse(*_):
            raise OperationalError("no connection to 127.0.0.1 as portal")

        monkeypatch.setattr(connection, "cursor", refuse)
        answer = Client().get("/healthz")
        assert (answer.status_code, answer.content) == (503, b"the database cannot be reached")


def test_search_engines_are_asked_to_stay_away():
    assert Client().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_browsers_find_the_icon():
    answer = Client().get("/favicon.ico")
    assert answer.status_code == 301
    assert answer["Location"].startswith("/static/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/robots.txt", "/favicon.ico"])
def test_they_are_only_read(address):
    assert Client().post(address).status_code == 405
