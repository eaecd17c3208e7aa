"""Run the bench: ``make bench``. Loads its data once, then prints every line with its limit.

``python -m bench people outbox`` measures those groups alone: pages, people, training, planner,
gaps, figures, million, export, outbox, import, keys. ``million`` is the figures at 1,000,000
reviews: they take minutes to load, once.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection  # noqa: E402

from bench import (  # noqa: E402
    bring_in,
    drain,
    figures,
    load,
    people,
    plans,
    reports,
    rotate,
    sessions,
    take_away,
)
from bench.lines import client_of, line, page  # noqa: E402
from bench.measure import at, compare, work_at  # noqa: E402
from organisation.models import Directorate  # noqa: E402
from reviewers.models import Reviewer  # noqa: E402
from reviews.models import Review  # noqa: E402


def middle_rows() -> tuple[int, int]:
    """The review and the person half way down the lists."""
    reviews = Review.objects.order_by("visit_on", "pk")
    people = Reviewer.objects.order_by("last_name", "first_name", "pk")
    return reviews[reviews.count() // 2].pk, people[people.count() // 2].pk


def measure_pages() -> None:
    """The pages of a region."""
    call_command("migrate", verbosity=0)
    if not Review.objects.exists():
        print("Loading a region's programme, once …", flush=True)
    load.load()
    with at("small"):
        call_command("migrate", verbosity=0)
        load.load(reviewers=1000, reviews=1000)
        small_client, small_middle = client_of("bench@trust.example.org"), middle_rows()
    with at("crowd"):
        call_command("migrate", verbosity=0)
        load.load_crowd()
        searching = page(client_of("bench@trust.example.org"), "/people/?q=Zzyzx")
        peer_searching = page(
            client_of("admin@trust.example.org"), "/bench-admin/reviewers/reviewer/?q=Zzyzx"
        )
    client, admin = client_of("bench@trust.example.org"), client_of("admin@trust.example.org")
    floor = page(client, "/bench-empty/")
    coming = Review.objects.coming().order_by("visit_on", "pk").first()
    line("home", compare(page(client, "/"), floor), "F", 8)
    lists = (
        ("list of reviews", "/reviews/", "?sort=soonest", "reviews/review"),
        ("list of reviewers", "/people/", "", "reviewers/reviewer"),
    )
    for (name, address, everything, model), middle, smaller in zip(
        lists, middle_rows(), small_middle, strict=True
    ):
        first, peer = page(client, address), page(admin, f"/bench-admin/{model}/")
        line(name, compare(first, floor), "F", 8)
        line(f"{name}, against the admin's", compare(first, peer), "A", 0.7)
        for which, asked, asked_there in (
            ("first page", everything, everything),
            ("half way", f"?after={middle}", f"?after={smaller}"),
        ):
            ratio = compare(
                page(client, f"{address}{asked}"),
                work_at("small", page(small_client, f"{address}{asked_there}")),
            )
            line(f"{name}, {which}", ratio, "of the same at 1,000 rows", 1.2)
    line(
        "search without a hit among 100,000 people",
        compare(work_at("crowd", searching), work_at("crowd", peer_searching)),
        "A",
        0.1,
    )
    line(
        "one review, candidates out of 10,000 people",
        compare(page(client, f"/reviews/{coming.pk}/"), floor, rounds=9),
        "F",
        20,
    )
    line("figures of a year", compare(page(client, "/figures/"), floor), "F", 4)


def measure_training() -> None:
    """The list of sessions, one with 200 places, and 200 people who want one chair."""
    with at(sessions.SMALL):
        call_command("migrate", verbosity=0)
        sessions.load_training(sessions.FEW)
        small_client, small_middle = client_of("bench@trust.example.org"), sessions.half_way()
    with at(sessions.DATABASE):
        call_command("migrate", verbosity=0)
        sessions.load_training()
        client, admin = client_of("bench@trust.example.org"), client_of("admin@trust.example.org")
        floor, first = page(client, "/bench-empty/"), page(client, "/training/")
        line("list of 100,000 sessions", compare(first, floor), "F", 8)
        peer = page(admin, "/bench-admin/training/session/")
        line("list of sessions, against the admin's", compare(first, peer), "A", 0.7)
        for which, asked, asked_there in (
            ("first page", "", ""),
            ("half way", f"?after={sessions.half_way()}", f"?after={small_middle}"),
        ):
            there = page(small_client, f"/training/{asked_there}")
            ratio = compare(page(client, f"/training/{asked}"), work_at(sessions.SMALL, there))
            line(f"list of sessions, {which}", ratio, "of the same at 1,000 rows", 1.2)
        full = sessions.full_session()
        for name, address in (
            ("a session with 200 places", f"/training/{full}/"),
            ("its tick-list", f"/training/{full}/attendance/"),
            ("its register", f"/training/{full}/register/"),
        ):
            line(name, compare(page(client, address), floor), "F", 8)
        alone = sessions.race_for_a_chair(workers=1)
        workers = sessions.WORKERS[connection.vendor]
        race = sessions.race_for_a_chair(workers=workers)
        kept = race.booked == 1 and race.waiting == sessions.REQUESTS - 1
        print(
            f"{'ok  ' if kept else 'MISS'} {f'200 want one chair, {workers} at once':44} "
            f"{race.booked} got it, {race.waiting} wait (1, 199); "
            f"{sessions.REQUESTS / race.seconds:.0f} bookings/s, "
            f"{sessions.REQUESTS / alone.seconds:.0f} one after another"
        )


def measure_planner() -> None:
    """A year of 2,000 visits and 10,000 people: the whole plan, against the solver alone."""
    with at(plans.DATABASE):
        call_command("migrate", verbosity=0)
        plans.load_plans()
        for candidates, lxrs, out_of, name in plans.CASES:
            plans.let_in(candidates, lxrs=lxrs, out_of=out_of)
            world = plans.world()
            solve = plans.bare_solver(world)
            ratio = compare(plans.plan, solve, rounds=3, warm_ups=0)
            line(f"a year's plan, {name}", ratio, "of the bare solver", 5)
            found, memory = plans.plan(), plans.peak()
            print(
                f"{'ok  ' if memory <= 1024 else 'MISS'} {'':44} {memory} MiB at most (≤ 1,024); "
                f"{plans.candidates_in(world):.0f} candidates a visit; {found.covered} of "
                f"{plans.COMING} visits covered, {len(found.lines)} places filled (the solver "
                f"{solve()}); greedy covers {plans.covered_greedily(world)}"
            )


def measure_gaps() -> None:
    """The gap board of a year: 2,000 visits, 10,000 people."""
    with at(plans.DATABASE):
        call_command("migrate", verbosity=0)
        plans.load_plans()
        plans.let_in(plans.CASES[0][0], lxrs=1)
        ratio = compare(plans.gap_board, plans.world, rounds=3, warm_ups=1)
        line("the gap board of a year, counted afresh", ratio, "of what the planner reads", 1.2)
        client = client_of(load.BENCH_USER)
        board = page(client, "/reviews/gaps/?days=365")
        line("the gap board opened again", compare(board, page(client, "/bench-empty/")), "F", 20)


def measure_figures(place: str = "figures", *, million: bool = False) -> None:
    """The page of a year, and counting afresh: against SQL by hand, and against all of it."""
    with at(place):
        call_command("migrate", verbosity=0)
        figures.load_figures(million=million)
        number = f"{Review.objects.count():,} reviews"
        client = client_of("bench@trust.example.org")
        line(
            f"figures of a year, {number}",
            compare(page(client, "/figures/"), page(client, "/bench-empty/")),
            "F",
            4,
        )
        best = figures.best_by_hand()
        line(
            f"coverage counted live, {number}",
            compare(figures.live, lambda: figures.by_hand(best), rounds=5),
            "of SQL by hand",
            1.2 if connection.vendor == "postgresql" else 1.5,
        )
        equal = figures.are_equal()
        print(f"{'ok  ' if equal else 'MISS'} {'both count the same':44} {equal}")
        rounds = 3 if million else 5
        review = figures.a_review()
        everywhere = list(Directorate.objects.values_list("pk", flat=True))
        line(
            f"one changed review, {number}",
            compare(figures.everything, lambda: figures.one_review(review), rounds=rounds),
            "times as fast as all",
            50,
            at_least=True,
        )
        line(
            f"one changed month, {number}",
            compare(
                lambda: figures.one_month(review.visit_on, everywhere),
                figures.everything,
                rounds=rounds,
            ),
            "of all",
            0.1,
        )
        seconds, size = reports.seconds_and_bytes()
        print(
            f"{'ok  ' if seconds < 10 else 'MISS'} {f'a board report, {number}':44} "
            f"{seconds:.1f} s, its PDF {size // 1024} KiB (< 10 s)"
        )
    chart = compare(figures.chart, figures.chart)
    kept = chart.milliseconds < 5
    name = f"XmR of {figures.POINTS} points"
    print(f"{'ok  ' if kept else 'MISS'} {name:44} {chart.milliseconds:.2f} ms (< 5 ms)")


def measure_million() -> None:
    """The same at 1,000,000 reviews, on PostgreSQL alone."""
    with at("million"):
        if connection.vendor != "postgresql":
            print("The million is copied inside PostgreSQL, which cannot be reached: left out.")
            return
    measure_figures("million", million=True)


def measure_export() -> None:
    """A file of 100,000 rows: memory, and how soon it begins."""
    with at(take_away.DATABASE):
        call_command("migrate", verbosity=0)
        load.load_crowd()
        take_away.load_looks()
    run = [sys.executable, "-m", "bench.take_away"]
    printed = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    grown, share, lines = (float(each) for each in printed.split())
    print(
        f"{'ok  ' if grown <= 32 and share <= 0.01 else 'MISS'} "
        f"{f'the access log as a file, {lines - 1:,.0f} rows':44} memory grows by {grown:.0f} MiB "
        f"(≤ 32), begins after {share:.2%} of its time (≤ 1%)"
    )


def measure_outbox() -> None:
    """Delivery, against Django's own."""
    call_command("migrate", verbosity=0)
    line(
        "outbox drained to SMTP, 10,000 mails",
        drain.against_send_messages(10_000),
        "of send_messages' rate",
        0.85,
        at_least=True,
    )


def measure_import() -> None:
    """How long an import keeps others from writing."""
    whole, locked = bring_in.seconds_of_lock()
    print(
        f"{'ok  ' if locked <= 5 else 'MISS'} {'import of 10,000 reviewers, 50,000 on teams':44} "
        f"write lock held {locked:.1f} s of {whole:.1f} s on SQLite (≤ 5 s)"
    )


def measure_keys() -> None:
    """Whether a rotation of keys loses anything."""
    call_command("migrate", verbosity=0)
    seconds, lost = rotate.seconds_and_lost(100_000)
    print(
        f"{'MISS' if lost else 'ok  '} {'key rotation of 100,000 values':44} "
        f"{lost} lost, {seconds:.1f} s (0 lost)"
    )


GROUPS: dict[str, Callable[[], None]] = {
    "pages": measure_pages,
    "people": people.measure,
    "training": measure_training,
    "planner": measure_planner,
    "gaps": measure_gaps,
    "figures": measure_figures,
    "million": measure_million,
    "export": measure_export,
    "outbox": measure_outbox,
    "import": measure_import,
    "keys": measure_keys,
}


def main(asked: list[str]) -> None:
    """Load, then measure the groups that were asked for; all of them if none was."""
    unknown = [name for name in asked if name not in GROUPS]
    if unknown:
        sys.exit(f"There is no group {', '.join(unknown)}. There are {', '.join(GROUPS)}.")
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"{connection.vendor}, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f}; medians of ratios in one run",
        flush=True,
    )
    for name in asked or GROUPS:
        GROUPS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
