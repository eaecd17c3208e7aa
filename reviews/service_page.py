"""The visits to come, on the page of their service: what to move or call off when it closes."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from accounts.models import User
from organisation.models import Service
from organisation.service_page import Section, register
from reviews.queries.reviews import reviews_of


def coming_visits(service: Service, user: User, now: datetime) -> dict[str, Any]:
    """Soonest first, each with whether the service is closed by then. One query."""
    visits = reviews_of(user).coming().filter(service=service, visit_on__gte=localdate(now))
    found = visits.order_by("visit_on", "pk")
    return {"visits": [(each, service.is_closed_on(each.visit_on)) for each in found]}


register(Section("visits", "reviews/service_visits.html", coming_visits))
