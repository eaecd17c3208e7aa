"""When a service can be visited: the days it has blocked, and the day it closes."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from audit import operations as audit
from organisation.models import Service, ServiceBlock
from rules import RuleBroken


def block_days(
    *, service: Service, first_on: date, last_on: date, why: str, by: User, now: datetime
) -> ServiceBlock:
    """Write down that the service cannot be visited from ``first_on`` to ``last_on``.

    Raises RuleBroken for days that are written down already.
    """
    block = ServiceBlock(service=service, first_on=first_on, last_on=last_on, why=why)
    with transaction.atomic():
        try:
            with transaction.atomic():
                block.save()
        except IntegrityError as error:
            message = "These days are written down already."
            raise RuleBroken(message) from error
        audit.record("blocked days", on=service, by=by, now=now, fields=["blocks"])
    return block


def free_days(*, block: ServiceBlock, by: User, now: datetime) -> None:
    """The service can be visited on these days after all."""
    with transaction.atomic():
        if ServiceBlock.objects.filter(pk=block.pk).delete()[0]:
            audit.record("freed days", on=block.service, by=by, now=now, fields=["blocks"])


def close_service(*, service: Service, closed_on: date | None, by: User, now: datetime) -> None:
    """No visit from this day on; None: the service is open. Nothing is written for no change."""
    if service.closed_on == closed_on:
        return
    with transaction.atomic():
        service.closed_on = closed_on
        service.save(update_fields=["closed_on"])
        action = "closed a service" if closed_on else "opened a service again"
        audit.record(action, on=service, by=by, now=now, fields=["closed_on"])
