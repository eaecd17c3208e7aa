"""What a URL may carry."""

from django.urls.converters import IntConverter

BIGGEST_ID = 2**63 - 1


class IdConverter(IntConverter):
    """``<id:pk>``: a number that a database can hold; any other is "not found", never an error."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        """The id; ValueError, which means "no such page", above what a column holds."""
        number = super().to_python(value)
        if number > BIGGEST_ID:
            raise ValueError(value)
        return number
