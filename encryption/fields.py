"""Model fields whose columns hold only encrypted values. Empty text stays empty."""

from typing import TYPE_CHECKING, Any

from django.db import models

from encryption.keys import decrypt, encrypt

if TYPE_CHECKING:
    Text = models.TextField[str, str]
    Binary = models.BinaryField[bytes, bytes]
else:
    Text = models.TextField
    Binary = models.BinaryField


def place_of(field: Any) -> str:
    """The place a field's values are bound to: ``table.column``."""
    return f"{field.model._meta.db_table}.{field.column}"


class EncryptedTextField(Text):
    """Text that stands encrypted in the database. It cannot be searched or sorted."""

    def get_prep_value(self, value: Any) -> Any:
        """The encrypted text."""
        value = super().get_prep_value(value)
        if not value:
            return value
        return encrypt(value.encode(), place=place_of(self)).decode()

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """The plain text. Raises CannotDecrypt rather than show anything else."""
        if not value:
            return value
        return decrypt(value.encode(), place=place_of(self)).decode()


class EncryptedBinaryField(Binary):
    """Bytes that stand encrypted in the database."""

    def get_prep_value(self, value: Any) -> Any:
        """The encrypted bytes."""
        if not value:
            return value
        return encrypt(bytes(value), place=place_of(self))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """As the database driver wants them."""
        if not prepared:
            value = self.get_prep_value(value)
        return super().get_db_prep_value(value, connection, prepared=True)

    def from_db_value(self, value: bytes | None, *_: Any) -> bytes | None:
        """The plain bytes. Raises CannotDecrypt rather than give anything else."""
        if not value:
            return value
        return decrypt(bytes(value), place=place_of(self))
