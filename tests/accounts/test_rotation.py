"""An authenticator goes on working under a new key alone."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from accounts.rotation import rotate_authenticators
from tests.encryption.test_keys import NEW, OLD
from tests.factories import UserFactory


@pytest.mark.django_db
def test_secrets_open_with_the_new_key_alone(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    adapter = get_adapter()
    data = {
        "secret": adapter.encrypt("ABC"),
        "migrated_codes": [adapter.encrypt("1"), adapter.encrypt("2")],
        "used_mask": 3,
    }
    authenticator = Authenticator.objects.create(user=UserFactory(), type="totp", data=data)
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]

    assert rotate_authenticators() == 1
    assert rotate_authenticators() == 0

    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    authenticator.refresh_from_db()
    assert adapter.decrypt(authenticator.data["secret"]) == "ABC"
    assert [adapter.decrypt(each) for each in authenticator.data["migrated_codes"]] == ["1", "2"]
    assert authenticator.data["used_mask"] == 3
