"""The beat's wake-up for feedback: whoever is due is asked, or reminded once."""

from celery import shared_task
from django.utils import timezone

from feedback import operations, queries
from organisation.queries import trust_settings


@shared_task
def ask() -> int:
    """Ask whom it is time to ask and remind whom it is time to remind. Returns how many."""
    now, trust = timezone.now(), trust_settings()
    done = [
        operations.ask(
            review=review, audience=audience, person=person, trust=trust, by=None, now=now
        )
        for review, audience, person in queries.still_to_ask(now, trust)
    ]
    done += [
        operations.remind(asking=asking, trust=trust, by=None, now=now)
        for asking in queries.due_for_reminder(now)
    ]
    return sum(each is not None for each in done)


@shared_task
def forget_nonces() -> int:
    """Forget what links that are over were derived from."""
    return operations.forget_nonces(now=timezone.now())
