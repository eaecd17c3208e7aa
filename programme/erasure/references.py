"""What is kept of the reference of somebody erased: enough to know it again, nothing to read."""

from django.utils.crypto import salted_hmac

ERASED = "programme.erasure.reference"


def digest_of(reference: str) -> str:
    """A keyed digest, without regard to case. With another SECRET_KEY none is known again, and
    whoever has the reference is somebody new.
    """
    return salted_hmac(ERASED, reference.strip().lower(), algorithm="sha256").hexdigest()
