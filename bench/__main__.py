"""Run the bench: ``make bench``. Loads its data once, then prints every line with its limit."""

import os
import platform
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from bench import bring_in, drain, load  # noqa: E402
from bench.measure import Ratio, compare  # noqa: E402
from reviewers.models import Reviewer  # noqa: E402
from reviews.models import Review  # noqa: E402


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


def main() -> None:
    """Load, then measure."""
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite" or not Review.objects.exists():
        print("Loading a region's programme, once …", flush=True)
    load.load()
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"{connection.vendor}, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f}; medians of ratios in one run"
    )
    client, admin = client_of("bench@trust.example.org"), client_of("admin@trust.example.org")
    floor = page(client, "/bench-empty/")
    coming = Review.objects.coming().order_by("visit_on", "pk").first()
    deep_review = Review.objects.order_by("visit_on", "pk")[load.REVIEWS // 2]
    deep_person = Reviewer.objects.order_by("last_name", "first_name", "pk")[load.REVIEWERS // 2]

    line("home", compare(page(client, "/"), floor), "F", 8)
    for name, address, model, deep in (
        ("list of reviews", "/reviews/", "reviews/review", deep_review.pk),
        ("list of reviewers", "/people/", "reviewers/reviewer", deep_person.pk),
    ):
        first, peer = page(client, address), page(admin, f"/bench-admin/{model}/")
        line(name, compare(first, floor), "F", 8)
        line(f"{name}, against the admin's", compare(first, peer), "A", 0.7)
        later = page(client, f"{address}?after={deep}")
        line(f"{name}, half way down", compare(later, first), "of the first page", 1.2)
    line(
        "one review, candidates out of 10,000 people",
        compare(page(client, f"/reviews/{coming.pk}/"), floor, rounds=9),
        "F",
        20,
    )
    line("figures of a year", compare(page(client, "/figures/"), floor), "F", 4)
    line(
        "outbox drained to SMTP, 2,000 mails",
        drain.against_send_messages(2000),
        "of send_messages' rate",
        0.85,
        at_least=True,
    )
    whole, locked = bring_in.seconds_of_lock()
    print(
        f"{'ok  ' if locked <= 5 else 'MISS'} {'import of 10,000 reviewers, 50,000 on teams':44} "
        f"write lock held {locked:.1f} s of {whole:.1f} s on SQLite (≤ 5 s)"
    )


if __name__ == "__main__":
    main()
