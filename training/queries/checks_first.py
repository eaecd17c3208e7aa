"""Who may be offered training, where a trust asks that checks are ready first: the one rule.

It is asked when a place is offered, so whoever was invited or has a place keeps it. Not of a
refresher: who is trained already stays in date while a check is renewed. Of checks it knows ready
or not, and nothing else.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from checks.readiness import is_ready
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from training.models import Session
from training.policies import BOOKABLE


def may_train(kind: str, *, today: date) -> Q:
    """The condition on reviewers for a session of this kind: their stage, and checks if asked."""
    return Q(stage__in=BOOKABLE) & _checks_done(kind, today)


def _checks_done(kind: str, today: date) -> Q:
    if kind == Session.Kind.REFRESHER:
        return Q()
    trust = trust_settings()
    return is_ready(on=today, trust=trust) if trust.checks_before_training else Q()


def with_checks_first(people: Iterable[int], *, kind: str, today: date) -> set[int]:
    """Those of the people with these ids whose checks come before such a session."""
    done = _checks_done(kind, today)
    return set(
        Reviewer.objects.filter(~done, pk__in=people).values_list("pk", flat=True) if done else ()
    )
