"""Race tests: several callers start at the same moment, each in a thread with its own connection.

::

    @pytest.mark.django_db(transaction=True)
    def test_last_place_goes_to_one():
        outcomes = race(lambda: take_place(...), lambda: take_place(...))
        assert winners(outcomes) == 1

It runs on SQLite (the tests' database is a file for this) and on PostgreSQL alike. The mark needs
``transaction=True``: other connections cannot see what a test's own transaction has not committed.

A race test needs its control: the same race with the lock turned off, which must go wrong. To make
it go wrong every time, let the callers meet between the check and the write::

    with meeting_after("training.policies.check_has_place"):
        with patch("training.operations.lock", no_lock):
            assert winners(race(...)) == 2

With the lock on, the second caller cannot get to the meeting; the first waits ``patience`` seconds
for it and goes on, so that test asks for little patience. The control keeps the default: both come,
and on a busy machine one may be late.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any
from unittest.mock import patch

from django.db import connection, connections


def race(*calls: Callable[[], Any], seconds: float = 30) -> list[Any]:
    """Call all at the same moment; what each returned, or the exception it raised, in their order.

    Raises TimeoutError when one has not come back after ``seconds``, and RuntimeError inside a
    test's transaction, where the race could not be seen.
    """
    if connection.in_atomic_block:
        message = "A race needs @pytest.mark.django_db(transaction=True)."
        raise RuntimeError(message)
    start = Barrier(len(calls))
    outcomes: list[Any] = [TimeoutError("has not come back")] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=10)
            outcomes[place] = call()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=each, daemon=True) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds)
        if thread.is_alive():
            raise TimeoutError(f"A caller has not come back after {seconds} seconds.")
    return outcomes


def winners(outcomes: list[Any]) -> int:
    """How many came back with a result that counts as yes: not an exception, not false."""
    return sum(1 for each in outcomes if each and not isinstance(each, BaseException))


@contextmanager
def meeting_after(name: str, *, parties: int = 2, patience: float = 10) -> Iterator[None]:
    """While this holds, callers of the function ``name`` wait for each other before they go on.

    ``name`` is the dotted name the caller looks it up by: ``module.function`` or
    ``module.Class.method``. After ``patience`` seconds a caller goes on alone.
    """
    owner_name, _, attribute = name.rpartition(".")
    try:
        owner: Any = import_module(owner_name)
    except ModuleNotFoundError:
        module, _, class_name = owner_name.rpartition(".")
        owner = getattr(import_module(module), class_name)
    real = getattr(owner, attribute)
    meeting = Barrier(parties)

    def then_wait(*args: Any, **kwargs: Any) -> Any:
        result = real(*args, **kwargs)
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=patience)
        return result

    with patch.object(owner, attribute, then_wait):
        yield
