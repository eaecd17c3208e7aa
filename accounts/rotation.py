"""Authenticator secrets stand encrypted inside allauth's JSON; a new key reaches them here."""

from typing import Any

from allauth.mfa.models import Authenticator

from accounts.adapters import SECRETS
from encryption.keys import PREFIX, decrypt, encrypt, key_id_of, ring
from encryption.rotation import register


def rotate_authenticators() -> int:
    """Re-encrypt the secrets under older keys; how many authenticators were written.

    A row is written only where its data are still those that were read.
    """
    written = 0
    for authenticator in Authenticator.objects.order_by("pk").iterator():
        data = {name: _renewed(value) for name, value in authenticator.data.items()}
        if data != authenticator.data:
            same = Authenticator.objects.filter(pk=authenticator.pk, data=authenticator.data)
            written += same.update(data=data)
    return written


def _renewed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renewed(each) for each in value]
    if not isinstance(value, str) or not value.startswith(f"{PREFIX.decode()}:"):
        return value
    stored = value.encode()
    if key_id_of(stored) == next(iter(ring())).decode():
        return value
    return encrypt(decrypt(stored, place=SECRETS), place=SECRETS).decode()


register(SECRETS, rotate_authenticators)
