"""What people answered, as it was written down elsewhere: version 1 of the forms asks for it."""

from typing import Any
from uuid import uuid4

from feedback.form_queries import first_form
from feedback.models import Answer, Audience, FormQuestion, QuoteAs, Remark
from programme.importing.applying.writing import Insert, Ref, Update
from programme.importing.comparing import SheetPlan
from programme.importing.known import Known

FIELDS = {
    "Impact": "impact",
    "Supported in training": "support_in_training",
    "Supported on the visit": "support_on_visit",
    "Supported after the visit": "support_after_visit",
    "Received on": "received_on",
}
# Words that changed are read again
NOT_APPROVED = {
    "approved_at": None, "approved_by": None, "quote_words": "", "read_at": None, "read_by": None,
}  # fmt: skip


class Answers:
    """The answers of a plan, made ready to be written."""

    def __init__(self, plan: SheetPlan) -> None:
        self.insert = Insert(
            Answer, "key", "form", "review", "audience", "author", *FIELDS.values(), "quote_as",
            "how",
        )  # fmt: skip
        self.update = Update(Answer)
        self.insert_remark = Insert(Remark, "key", "answer", "question", "text")
        self.update_remark = Update(Remark)
        self.plan = plan
        forms = {audience: first_form(audience) for audience in Audience.values}
        self.forms = {audience: form.pk for audience, form in forms.items()}
        self.questions = {
            audience: form.questions.get(kind=FormQuestion.Kind.TEXT).pk
            for audience, form in forms.items()
        }
        for row in plan.new:
            self._add(row.key, row.values)
        for row, changes in plan.changed:
            self._change(row.key, changes)

    def _add(self, key: Any, values: dict[str, Any]) -> None:
        review, audience, author = key
        answer = uuid4()
        self.insert.add(
            answer,
            self.forms[audience],
            Ref("reviews", review),
            audience,
            Ref("reviewers", author) if author else None,
            *(values.get(name) for name in FIELDS),
            _quote_as(values.get("May quote", False)),
            Answer.How.IMPORTED,
        )
        if values.get("Comment"):
            self._say(answer, audience, values["Comment"])

    def _change(self, key: Any, changes: dict[str, Any]) -> None:
        answer, audience = self.plan.stored.ids[key], key[1]
        remark = self.plan.stored.more.get(key)
        fields = {FIELDS[name]: value for name, value in changes.items() if name in FIELDS}
        of_remark: dict[str, Any] = {}
        if "May quote" in changes:
            fields["quote_as"] = _quote_as(changes["May quote"])
            of_remark |= NOT_APPROVED
        if "Comment" in changes:  # an approval was of other words
            of_remark |= {"text": changes["Comment"], **NOT_APPROVED}
        self.update.add(answer, fields)
        if remark is not None:
            self.update_remark.add(remark, of_remark)
        elif "Comment" in changes:
            self._say(answer, audience, changes["Comment"])

    def _say(self, answer: Any, audience: str, words: str) -> None:
        self.insert_remark.add(uuid4(), answer, self.questions[audience], words)

    def write(self, known: Known) -> None:
        """Write everything; reviews and reviewers are known by now."""
        self.insert.write(known)
        self.update.write(known)
        self.insert_remark.write(known)
        self.update_remark.write(known)


def _quote_as(may_quote: bool) -> str:
    return QuoteAs.ANONYMOUS if may_quote else QuoteAs.NO
