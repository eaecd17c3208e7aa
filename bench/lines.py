"""What the groups of lines share: who opens a page, opening it, and how a line is printed."""

import sys
from collections.abc import Callable

from django.test import Client

from accounts.models import User
from bench.measure import Ratio


def client_of(email: str) -> Client:
    """A client signed in as that user."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def page(client: Client, address: str) -> Callable[[], object]:
    """Opening the page; anything but a 200 ends the bench."""

    def open_page() -> object:
        response = client.get(address)
        if response.status_code != 200:
            sys.exit(f"{address} answered {response.status_code}")
        return response

    return open_page


def line(name: str, result: Ratio, unit: str, limit: float, *, at_least: bool = False) -> None:
    """One line of the table: the ratio, its range, its limit, time and queries."""
    kept = result.ratio >= limit if at_least else result.ratio <= limit
    sign = "≥" if at_least else "≤"
    print(
        f"{'ok  ' if kept else 'MISS'} {name:44} {result.ratio:7.2f} {unit} "
        f"(from {result.lowest:.2f} to {result.highest:.2f}; {sign} {limit:g}) "
        f"{result.milliseconds:7.1f} ms {result.queries:3d} queries"
    )
