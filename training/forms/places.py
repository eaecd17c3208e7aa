"""The shape of what is asked about places: whom, and who came."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from nhsuk.fields import SplitDateField
from nhsuk.forms import Form, IdField
from nhsuk.words import nhs_date
from notifications.at_contact import Needs
from reviewers.how import FOR_THEM
from reviewers.models import Reviewer, Stage
from training.models import Place
from training.operations import Mark
from training.queries import InDoubt

CAME = {"attended": "yes", "did not attend": "no"}
RECORDED = {answer: outcome for outcome, answer in CAME.items()}


class BookForm(Form):
    """Whom to give a place."""

    person = IdField()


class InviteForm(Form):
    """Whom to ask, and by when they answer."""

    submit = "Invite them"

    people = forms.ModelMultipleChoiceField(
        Reviewer.objects.none(),
        label="Whom do you want to invite?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one person"},
    )
    answer_by = SplitDateField(
        label="They answer by",
        help_text="Each has a place kept until the end of this day.",
    )

    def __init__(
        self,
        *args: Any,
        people: QuerySet[Reviewer],
        shown: list[Reviewer],
        needs: Mapping[int, Needs],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["people"], people, shown, needs)


class AnswerForThemForm(Form):
    """What somebody who was invited said, and how."""

    submit = "Save the answer"

    answer = forms.ChoiceField(
        label="What did they say?",
        choices=[("yes", "They can come"), ("no", "They can’t come")],
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(
        label="How did they tell you?", choices=FOR_THEM, widget=forms.RadioSelect
    )


class OwnAnswerForm(Form):
    """What somebody who was invited says themselves."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class AttendanceForm(Form):
    """A yes or no for each place, with what stood there when the list was opened.

    Its rows are drawn and read by hand: 200 fields and their components take their time.
    """

    submit = "Save who came"

    def __init__(
        self, *args: Any, places: list[Place], needs: Mapping[int, Needs], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.needs = needs
        if any(place.outcome in Place.RECORDED for place in places):
            self.fields["why"] = forms.CharField(
                label="If you change what was saved before, say why",
                max_length=300,
                required=False,
            )

    def rows(self) -> Iterator[dict[str, Any]]:
        """The places, each with its answer, what stood there, and what its person needs."""
        for place in self.places:
            yield {
                "pk": place.pk,
                "person": place.reviewer,
                "needs": self.needs.get(place.reviewer_id),
                "answer": self._said("place", place),
                "stood": self._said("was", place),
            }

    def _said(self, name: str, place: Place) -> str:
        """Yes, no or nothing: as it was sent, else as it is recorded."""
        if not self.is_bound:
            return CAME.get(place.outcome, "")
        sent = self.data.get(f"{name}-{place.pk}")
        return sent if sent in RECORDED else ""

    def marks(self) -> dict[int, Mark]:
        """The tick for each place; places without an answer are left out."""
        return {
            place.pk: Mark(was=RECORDED.get(self._said("was", place), ""), came=answer == "yes")
            for place in self.places
            if (answer := self._said("place", place))
        }


class WalkInForm(Form):
    """Who came without a place, and how that came about."""

    submit = "Add them"

    person = forms.ModelChoiceField(
        Reviewer.objects.none(),
        label="Who came?",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    why = forms.CharField(
        label="Why did they come without a place?",
        help_text="Such as: on the waiting list and a chair was free.",
        max_length=300,
    )

    def __init__(
        self,
        *args: Any,
        people: QuerySet[Reviewer],
        shown: list[Reviewer],
        needs: Mapping[int, Needs],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["person"], people, shown, needs)


class DecideForm(Form):
    """Whether somebody who paused or left keeps a place. ``seen`` is what stood on the page."""

    submit = "Save what you decided"

    KEEPS = ("yes", "They keep it, because they will be back by then")
    GIVES_UP = ("no", "They give it up, and the next on the waiting list gets it")

    keeps = forms.ChoiceField(
        label="What becomes of the place?", choices=[GIVES_UP], widget=forms.RadioSelect
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, found: InDoubt, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": found.seen}, **kwargs)
        if found.place.reviewer.stage != Stage.LEFT:
            cast("forms.ChoiceField", self.fields["keeps"]).choices = [self.KEEPS, self.GIVES_UP]


class TakeBackForm(Form):
    """Why somebody should not stand on the list."""

    submit = "Take them off the list"
    submit_variant = "warning"

    why = forms.CharField(
        label="Why was it a mistake?",
        help_text="Such as: somebody else of the same name came.",
        max_length=300,
    )


def _offer(
    field: Any, people: QuerySet[Reviewer], shown: list[Reviewer], needs: Mapping[int, Needs]
) -> None:
    """Take any of the people; show some, with what they need, so that the page stays short."""
    field.queryset = people
    field.widget.choices = [(each.pk, _named(each, needs.get(each.pk))) for each in shown]


def _named(person: Reviewer, needs: Needs | None) -> str:
    named = f"{person}, {person.reference}"
    until: date | None = getattr(person, "in_date_until", None)
    if until:
        named += f". Training counts until {nhs_date(until)}"
    return f"{named}. Needs: {needs.words}" if needs else named
