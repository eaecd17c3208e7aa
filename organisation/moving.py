"""Services move to another directorate or setting: the floors above say here what they do then."""

from collections.abc import Callable

from organisation.models import Service

Follow = Callable[[Service, int], None]

_followers: list[Follow] = []


def register(follow: Follow) -> None:
    """Be told of each move, in its transaction: the service, and its directorate's id before."""
    _followers.append(follow)


def moved(service: Service, was: int) -> None:
    """Tell everyone. ``was``: the id of the directorate before, also where that is the same."""
    for follow in _followers:
        follow(service, was)
