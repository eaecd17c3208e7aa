"""Users, and the secret links that open one thing without an account."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from accounts.permissions import ROLE_BY_KEY, Permission, permissions_of


def check_roles(value: Any) -> None:
    """Raise ValidationError unless the value is a list of known roles, each once."""
    if not isinstance(value, list) or len(set(value)) != len(value):
        message = "Choose roles from the list, each once."
        raise ValidationError(message)
    unknown = sorted(set(value) - set(ROLE_BY_KEY))
    if unknown:
        message = f"There is no role called {', '.join(unknown)}."
        raise ValidationError(message)


class UserManager(BaseUserManager["User"]):
    """Makes users; nobody signs up by themselves."""

    def create_user(
        self, email: str, name: str = "", password: str | None = None, roles: Iterable[str] = ()
    ) -> "User":
        """A user who signs in by code, or by password when one is given."""
        user = self.model(email=email.strip().lower(), name=name, roles=list(roles))
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **_: Any) -> "User":
        """An administrator; what Django's createsuperuser makes."""
        return self.create_user(email, "Administrator", password, roles=["administrator"])

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address, in any case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in. What they may do follows from their roles alone."""

    email = models.EmailField(
        "email address",
        unique=True,
        error_messages={"unique": "There is an account with this address."},
    )
    name = models.CharField(max_length=150, blank=True)
    roles = models.JSONField(default=list, blank=True, validators=[check_roles])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_lower_case"
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="accounts_user_has_email"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name shown on pages."""
        return str(self)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything this user's roles allow; nothing while the account is closed."""
        return permissions_of(self.roles) if self.is_active else frozenset()

    def may(self, permission: Permission) -> bool:
        """Whether one of this user's roles allows it."""
        return permission in self.permissions

    @property
    def needs_authenticator(self) -> bool:
        """Whether one of this user's roles asks for an authenticator at sign-in."""
        return any(ROLE_BY_KEY[key].needs_authenticator for key in self.roles if key in ROLE_BY_KEY)

    @property
    def is_staff(self) -> bool:
        """Whether the Django admin opens for this user."""
        return self.may(Permission.ADMINISTER)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions count in the Django admin alone."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """See has_perm."""
        return self.is_staff


class SecretLink(models.Model):
    """A link that opens one thing until a day. Only the secret's hash is stored."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "object_id"], name="accounts_link_object")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="accounts_link_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.object_id}"


class SpentSecret(models.Model):
    """A secret that was used up. Nothing here says when, or which link's it was."""

    digest = models.CharField(max_length=64, primary_key=True)

    def __str__(self) -> str:
        return self.digest[:8]
