"""The name of whoever is erased, where a row about somebody else says who was there for them."""

import re
from dataclasses import dataclass

from django.apps import apps

from notifications.models import Message
from reviewers.models import Reviewer
from reviewers.operations.recruitment import INTERVIEW, INTERVIEW_REMINDER
from reviews.requests.words import ANSWERED

SOMEBODY = "somebody"


@dataclass(frozen=True)
class Names:
    """A field that names people, and the kinds of messages about its row that say what it says."""

    model: str
    field: str
    told: tuple[str, ...] = ()


NAMES = (
    Names("reviewers.interview", "interviewers", told=(INTERVIEW, INTERVIEW_REMINDER)),
    Names("reviewers.stagechange", "note"),
    Names("reviews.firstvisit", "agreed"),
    Names("reviews.visitrequest", "words", told=(ANSWERED,)),
)


def forget_name(person: Reviewer) -> None:
    """Write "somebody" where the person's full name stands; delete the messages that told it."""
    name = str(person)
    for each in NAMES:
        model = apps.get_model(each.model)
        length = model._meta.get_field(each.field).max_length
        for row in model._default_manager.filter(**{f"{each.field}__icontains": name}):
            words = re.sub(re.escape(name), SOMEBODY, getattr(row, each.field), flags=re.IGNORECASE)
            setattr(row, each.field, words[:length])
            row.save(update_fields=[each.field])
            Message.objects.filter(kind__in=each.told, about_id=row.pk).delete()
