"""Choosing which version of the questions coming visits use."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from reviews import policies
from reviews.queries import reviews_of
from training.models import QuestionSet


@transaction.atomic
def choose_questions(
    *, reviews: Collection[int], question_set: QuestionSet, by: User, now: datetime
) -> int:
    """These reviews use this version from now on; how many changed.

    A visit that is over keeps the version it used. Raises RuleBroken.
    """
    found = reviews_of(by).filter(pk__in=reviews).select_for_update(of=("self",)).order_by("pk")
    changed = [each for each in found if each.question_set_id != question_set.pk]
    for review in changed:
        policies.check_is_coming(review)
        review.question_set = question_set
        review.save(update_fields=["question_set"])
        record("chose the questions of a review", on=review, by=by, now=now)
    return len(changed)
