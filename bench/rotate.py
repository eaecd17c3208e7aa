"""Rotating the key of 100,000 values, and opening every one of them after."""

import base64
import secrets
import time

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from encryption.rotation import rotate
from reviewers.models import Enquiry


def seconds_and_lost(rows: int) -> tuple[float, int]:
    """How long it took, and how many values did not open with the new key alone."""
    older = list(settings.FIELD_ENCRYPTION_KEYS)
    newest = f"bench:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    made = Enquiry.objects.bulk_create(
        (Enquiry(name="", contact=f"person {n}", received_at=timezone.now()) for n in range(rows)),
        batch_size=5000,
    )
    ids = {row.pk for row in made}
    first, last = min(ids), max(ids)
    ours = Enquiry.objects.filter(pk__range=(first, last))
    try:
        with override_settings(FIELD_ENCRYPTION_KEYS=[newest, *older]):
            start = time.perf_counter()
            rotate(Enquiry._meta.get_field("contact"))
            seconds = time.perf_counter() - start
        with override_settings(FIELD_ENCRYPTION_KEYS=[newest]):
            opened = dict(ours.values_list("pk", "contact"))
        return seconds, sum(opened.get(row.pk) != row.contact for row in made)
    finally:
        ours.delete()
