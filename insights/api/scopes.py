"""What a token may open: one scope for each address, named alike."""

from django.db import models


class Scope(models.TextChoices):
    """A group of figures."""

    COVERAGE = "coverage", "Coverage: on how many reviews somebody was there"
    MISSES = "misses", "Misses: why nobody took part in a review"
    IMPACT = "impact", "Impact: how services and the quality team rated it"
    TRAINING = "training", "Training: people trained, and attendees of each session"


def in_one_line(scopes: list[str]) -> str:
    """As they are stored and as OAuth 2.0 writes them (RFC 6749, section 3.3): with spaces.

    >>> in_one_line(["impact", "coverage"])
    'coverage impact'
    """
    return " ".join(scope for scope in Scope.values if scope in scopes)
