"""Who was asked for feedback, and what they answered."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from feedback.form_queries import first_form
from feedback.models import Remark
from tests.factories.cast import NOW, TODAY, ContactFactory, ReviewerFactory, ReviewFactory


class AskingFactory(DjangoModelFactory):
    """Somebody at a service who was asked about a visit of today."""

    class Meta:
        model = "feedback.Asking"

    review = factory.SubFactory(ReviewFactory, status="completed", visit_on=TODAY)
    audience = "team"
    contact = factory.Maybe(
        factory.LazyAttribute(lambda asking: asking.audience == "team"),
        factory.SubFactory(ContactFactory, service=factory.SelfAttribute("..review.service")),
        None,
    )
    asked_at = NOW


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = "feedback.Theme"

    name = factory.Sequence(lambda n: f"Theme {n}")


class AnswerFactory(DjangoModelFactory):
    """An answer to version 1. ``comment``: its words, which ``approved_at`` makes a quote."""

    class Meta:
        model = "feedback.Answer"
        skip_postgeneration_save = True

    review = factory.SubFactory(ReviewFactory, status="completed", visit_on=TODAY)
    audience = "team"
    form = factory.LazyAttribute(lambda answer: first_form(answer.audience))
    impact = 8
    received_on = TODAY

    class Params:
        may_quote = factory.Trait(quote_as="anonymous")

    @factory.post_generation
    def comment(self, create: bool, words: str | None, **approval: Any) -> None:
        """``comment="Kind"``, ``comment__approved_at=NOW``: what they said."""
        if words:
            question = self.form.questions.get(kind="text")  # type: ignore[attr-defined]
            Remark.objects.create(answer=self, question=question, text=words, **approval)


class ConcernFactory(DjangoModelFactory):
    """An LXR who was not well supported, and with whom nobody has been in touch."""

    class Meta:
        model = "feedback.Concern"

    answer = factory.SubFactory(
        AnswerFactory,
        audience="lxr",
        author=factory.SubFactory(ReviewerFactory),
        impact=None,
        support_on_visit=3,
    )
    raised_at = NOW
    is_low_rating = True
    asks_for_help = False
