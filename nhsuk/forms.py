"""The bases of every form: unusable characters refused, lengths and numbers bounded, clear errors.

``{% crispy form %}`` draws a form whole, with its button; base.html lists its errors on top.
"""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinLengthValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.db import models
from django.forms.models import ModelFormMetaclass

from nhsuk.converters import BIGGEST_ID, can_be_id
from nhsuk.fields import SplitDateField, TimeField

LONGEST_LINE = 200
LONGEST_TEXT = 5000
BIGGEST_NUMBER = 2**31 - 1

Choosing = (forms.ChoiceField, forms.ModelChoiceField, forms.TypedChoiceField)


class FormLook:
    """How a form is drawn and what its fields refuse; mixed into Form and ModelForm.

    ``submit``: the words on the button. ``submit_variant``: its look (``warning``, ``secondary``).
    ``action``: where it is sent (default: this page). ``cancel_url``: a link beside the button.
    """

    submit = "Save and continue"
    submit_variant = ""
    action = ""
    method = "post"
    cancel_url = ""
    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound_fields(self.fields)

    def full_clean(self) -> None:
        """Check what was sent, in fields added after ``__init__`` as well."""
        bound_fields(self.fields)
        super().full_clean()  # type: ignore[misc]  # of the form this is mixed into

    @property
    def helper(self) -> FormHelper:
        """What crispy-forms asks for; a form with a layout of its own overrides ``layout``."""
        helper = FormHelper()
        helper.form_method = self.method
        helper.form_action = self.action
        helper.include_media = False
        helper.render_hidden_fields = True
        layout = getattr(self, "layout", None)
        if layout is not None:
            helper.layout = layout
        return helper


class BoundedChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in stubs only
    """Django asks the database for every number sent, and SQLite fails above what it can hold."""

    def clean(self, value: Any) -> Any:
        """The rows; an id that none can have is no choice."""
        for each in value if isinstance(value, (list, tuple)) else ():
            if str(each).isdecimal() and not can_be_id(str(each)):
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


def bound_fields(fields: dict[str, forms.Field]) -> None:
    """Bound what fields accept, and put their errors in words. Again changes nothing more."""
    for name, field in fields.items():
        if type(field) is forms.ModelMultipleChoiceField:
            field.__class__ = BoundedChoices
        field.label = field.label or name.replace("_", " ").capitalize()
        if isinstance(field, forms.CharField):
            _bound_text(field)
        elif isinstance(field, forms.IntegerField) and not isinstance(
            field, (forms.FloatField, forms.DecimalField)
        ):
            _bound_number(field)
        label = str(field.label)
        field.validators = [_worded(each, label) for each in field.validators]
        _word_errors(field, label)


def _bound_text(field: forms.CharField) -> None:
    if field.max_length is None:
        field.max_length = LONGEST_TEXT if _is_long(field) else LONGEST_LINE
        field.validators.append(MaxLengthValidator(field.max_length))
    others = [
        each
        for each in field.validators
        if each is not check_characters and not isinstance(each, ProhibitNullCharactersValidator)
    ]
    field.validators = [check_characters, *others]


def _is_long(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.Textarea)


def _bound_number(field: forms.IntegerField) -> None:
    if field.max_value is None:
        field.max_value = BIGGEST_NUMBER
        field.validators.append(MaxValueValidator(BIGGEST_NUMBER))
    if field.min_value is None:
        field.min_value = -BIGGEST_NUMBER
        field.validators.append(MinValueValidator(-BIGGEST_NUMBER))


_WORDS: dict[type, str] = {
    MaxValueValidator: "{label} must be {limit:,} or less",
    MinValueValidator: "{label} must be {limit:,} or more",
    MaxLengthValidator: "{label} must be {limit:,} characters or less",
    MinLengthValidator: "{label} must be {limit:,} characters or more",
}


def _worded(validator: Any, label: str) -> Any:
    words = _WORDS.get(type(validator))
    limit = getattr(validator, "limit_value", None)
    if words is None or callable(limit) or validator.message != type(validator).message:
        return validator
    return type(validator)(limit, words.format(label=label, limit=limit))


def _word_errors(field: forms.Field, label: str) -> None:
    words = {"required": _asked_for(field, label)}
    if isinstance(field, forms.IntegerField):
        words["invalid"] = f"{label} must be a whole number, like 8"
    if isinstance(field, (*Choosing, forms.MultipleChoiceField)):
        words["invalid_choice"] = "Select one of the options"
    if isinstance(field, forms.EmailField):
        message = "Enter an email address in the correct format, like name@example.com"
        field.validators = [
            EmailValidator(message) if type(each) is EmailValidator else each
            for each in field.validators
        ]
    defaults: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    for code, sentence in words.items():
        if field.error_messages.get(code) == defaults.get(code):
            field.error_messages[code] = sentence


def check_characters(text: Any) -> None:
    """ValidationError for text that a database cannot hold: NUL, lone surrogates."""
    if isinstance(text, str) and any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text):
        raise ValidationError("This contains a character that cannot be used", code="characters")


def _asked_for(field: forms.Field, label: str) -> str:
    is_chosen = isinstance(field, (*Choosing, forms.MultipleChoiceField, forms.BooleanField))
    verb = "Select" if is_chosen or isinstance(field, forms.FileField) else "Enter"
    if label.endswith("?"):
        return f"{verb} an answer"
    is_plain = label[1:2].islower() or label.startswith("A ")  # neither "DBS level" nor "I agree"
    return f"{verb} {label[:1].lower() + label[1:] if is_plain else label}"


class Form(FormLook, forms.Form):
    """A form of the design system."""


def form_field(field: Any, **kwargs: Any) -> Any:
    """A model field's form field: dates in three boxes, times as people write them."""
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        kwargs.setdefault("form_class", SplitDateField)
    elif isinstance(field, models.TimeField):
        kwargs.setdefault("form_class", TimeField)
    return field.formfield(**kwargs)


class _WithOurFields(ModelFormMetaclass):
    def __new__(mcs, name: str, bases: Any, attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(form_field)
        return super().__new__(mcs, name, bases, attrs)


class ModelForm(FormLook, forms.ModelForm, metaclass=_WithOurFields):  # type: ignore[type-arg]
    """A form of the design system over a model."""


class IdField(forms.IntegerField):
    """The id of a row, hidden in a form."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=BIGGEST_ID, **kwargs)
