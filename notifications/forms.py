"""The forms and filters of the outbox's pages."""

from typing import Any

import django_filters
from django import forms
from django.urls import reverse

from nhsuk import forms as nhs
from nhsuk.filters import FilterSet
from notifications.models import Channel, Message
from notifications.registry import KINDS, confined, label_of


def kinds() -> list[tuple[str, str]]:
    """The kinds of messages as choices."""
    return sorted(
        ((name, label_of(name)) for name in [*KINDS, "account"] if name not in confined()),
        key=lambda c: c[1],
    )


class MessageFilter(FilterSet):
    """Narrows the outbox."""

    state = django_filters.ChoiceFilter(
        label="Where it stands", choices=Message.State.choices, empty_label="All"
    )
    channel = django_filters.ChoiceFilter(
        label="How it goes", choices=Channel.choices, empty_label="All"
    )
    kind = django_filters.ChoiceFilter(label="What it is", choices=kinds, empty_label="All")


class EmailAgainForm(nhs.Form):
    """Where to send a failed email."""

    submit = "Send it again"
    address = forms.EmailField(label="Email address", max_length=300)


class TextAgainForm(nhs.Form):
    """Where to send a failed text message."""

    submit = "Send it again"
    address = forms.CharField(label="Mobile telephone number", max_length=30)


def try_again_form(message: Message, data: Any = None) -> EmailAgainForm | TextAgainForm:
    """The form for this message's channel, with the address it has."""
    chosen = EmailAgainForm if message.channel == Channel.EMAIL else TextAgainForm
    form = chosen(data, initial={"address": message.address})
    form.action = reverse("notifications:try_again", args=[message.pk])
    return form
