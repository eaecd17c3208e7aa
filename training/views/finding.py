"""What the views of training share: a thing, or "not found"; an operation's refusal in words."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest

from rules import RuleBroken
from training import queries
from training.models import Session

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """The thing. Raises Http404 for nothing."""
    if thing is None:
        raise Http404
    return thing


def find_session(pk: int) -> Session:
    """The session. Raises Http404."""
    return found(queries.get_session(pk))


def tell(request: HttpRequest, do: Callable[[], object], done: str) -> None:
    """Do it and say so, or say which rule was broken."""
    try:
        do()
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, done)
