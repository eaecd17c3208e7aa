"""What a URL may carry."""

from django.urls.converters import IntConverter

BIGGEST_ID = 2**63 - 1


def can_be_id(text: str) -> bool:
    """Whether a row can have this id, so that a database may be asked for it."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(BIGGEST_ID))
    return is_number and int(text) <= BIGGEST_ID


class IdConverter(IntConverter):
    """``<id:pk>``: a number that a database can hold; any other is "not found", never an error."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        """The id; ValueError, which means "no such page", above what a column holds."""
        number = super().to_python(value)
        if number > BIGGEST_ID:
            raise ValueError(value)
        return number
