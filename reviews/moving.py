"""A service that moves takes the figures of its reviews along."""

from organisation.models import Service
from organisation.moving import register
from reviews.changed import mark_months
from reviews.models import Review


def mark_moved(service: Service, was: int) -> None:
    """Mark the months of its reviews, where they were counted and where they are now."""
    days = Review.objects.completed().filter(service=service).values_list("visit_on", flat=True)
    mark_months(
        (day, directorate)
        for day in days.order_by().distinct()
        for directorate in {was, service.directorate_id}
    )


register(mark_moved)
