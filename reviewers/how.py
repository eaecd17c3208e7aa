"""How something a person told us reached the record."""

from django.db import models


class How(models.TextChoices):
    """They did it themselves online, or a coordinator wrote down what they said."""

    ONLINE = "online", "Online"
    PHONE = "phone", "By phone"
    PAPER = "paper", "On paper"


# What a coordinator who records for a person chooses from.
FOR_THEM = ((How.PHONE.value, "By phone"), (How.PAPER.value, "On paper"))
