"""What was done and what was looked at. Append-only: ids and field names, never values.

No foreign keys: an event outlives what it is about.
"""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db import models


class EventQuerySet(models.QuerySet["Event"]):
    """Events, newest first."""

    def about_person(self, person_id: int) -> "EventQuerySet":
        """What was done or looked at concerning one reviewer."""
        return self.filter(person_id=person_id)

    def count_by_object(self, label: str, ids: Collection[int]) -> Counter[int]:
        """How often something was done to each of these rows of a model. One query."""
        found = (
            self.filter(kind=Event.Kind.DONE, object_type=label, object_id__in=map(str, ids))
            .order_by()
            .values("object_id")
            .annotate(number=models.Count("pk"))
        )
        return Counter({int(each["object_id"]): each["number"] for each in found})

    def update(self, **kwargs: Any) -> int:
        """Refused: an event is never changed."""
        message = "Audit events are never changed."
        raise TypeError(message)

    def delete(self) -> Any:
        """Refused: events go only by the retention run."""
        message = "Audit events are never deleted here."
        raise TypeError(message)


class Event(models.Model):
    """One thing done (``done``) or looked at (``looked``) by a person or by the portal itself."""

    class Kind(models.TextChoices):
        DONE = "done", "Done"
        LOOKED = "looked", "Looked at"

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.DONE)
    action = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True, help_text="User; empty is the portal itself.")
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    person_id = models.BigIntegerField(null=True, help_text="The reviewer it concerns, if one.")
    fields = models.JSONField(default=list, help_text="Names of changed fields, never values.")
    why = models.CharField(max_length=60, blank=True, help_text="A purpose or reason from a list.")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["person_id", "-at"], name="audit_event_person"),
            models.Index(fields=["object_type", "object_id", "-at"], name="audit_event_object"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["done", "looked"]), name="audit_event_kind"
            ),
            models.CheckConstraint(condition=~models.Q(action=""), name="audit_event_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new event. Raises TypeError for one that is already written."""
        if not self._state.adding:
            message = "Audit events are never changed."
            raise TypeError(message)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused: see EventQuerySet.delete."""
        message = "Audit events are never deleted here."
        raise TypeError(message)
