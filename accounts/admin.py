"""Users and roles. Every change goes through an operation, with its rules and its event."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from accounts import operations, policies
from accounts.models import User
from accounts.permissions import ROLE_BY_KEY, ROLES
from nhsuk.forms import check_characters
from rules import RuleBroken


class UserForm(forms.ModelForm):  # type: ignore[type-arg]  # as Django's own examples
    """A user with roles to tick, each with its sentence."""

    by: User
    roles = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(role.key, f"{role.name}: {role.sentence}") for role in ROLES],
    )

    class Meta:
        model = User
        fields = ["email", "name", "roles", "is_active"]
        help_texts = {
            "email": "They sign in with this. They choose a password on the sign-in page.",
            "is_active": "Take the tick away to close the account.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "name"):
            self.fields[name].validators.insert(0, check_characters)
            if policies.LXR in self.instance.roles:
                self.fields[name].disabled = True
                self.fields[name].help_text = "Changed on the person’s own page; this follows it."

    def clean_email(self) -> str:
        """The address as it is kept: in lower case."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """What the policies say about these roles and about closing."""
        cleaned = super().clean() or {}
        try:
            roles = cleaned.get("roles", [])
            if self.instance.pk:
                held = User.objects.get(pk=self.instance.pk)
                policies.check_can_change_roles(held, roles, by=self.by)
                if not cleaned.get("is_active"):
                    policies.check_can_close(held, by=self.by)
            else:
                policies.check_roles_go_together(roles)
        except RuleBroken as error:
            self.add_error(None, str(error))
        return cleaned


class HoldsRole(admin.SimpleListFilter):
    """Those who hold one role."""

    title = "role"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every role."""
        return [(role.key, role.name) for role in ROLES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Roles are a list in a column: a key in quotation marks is in it or not."""
        if self.value() not in ROLE_BY_KEY:
            return queryset
        words = queryset.annotate(roles_text=Cast("roles", TextField()))
        return words.filter(roles_text__contains=f'"{self.value()}"')


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # as Django's own examples
    """Accounts are closed, never deleted: what they did keeps its name."""

    form = UserForm
    list_display = ["name", "email", "held", "is_active", "last_login"]
    list_filter = [HoldsRole, "is_active"]
    search_fields = ["name", "email"]
    actions = ["reset_authenticators"]
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description="roles")
    def held(self, user: User) -> str:
        """The names of the roles."""
        return ", ".join(ROLE_BY_KEY[key].name for key in user.roles if key in ROLE_BY_KEY)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """What is listed above, and no more."""
        return lookup.split("__", maxsplit=1)[0] in {"role", "is_active", "id", "pk"}

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form, knowing who changes."""
        made: Any = super().get_form(request, obj, change, **kwargs)
        return type("UserForm", (made,), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Through the operations, each with its event."""
        by: Any = request.user
        now = timezone.now()
        new = form.cleaned_data
        if not change:
            made = operations.make_account(
                email=new["email"], name=new["name"], roles=new["roles"], by=by, now=now
            )
            obj.pk = made.pk
            return
        operations.change_details(user=obj, email=new["email"], name=new["name"], by=by, now=now)
        operations.change_roles(user=obj, roles=new["roles"], by=by, now=now)
        set_active = operations.reopen_account if new["is_active"] else operations.close_account
        set_active(user=obj, by=by, now=now)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """A rule that broke between the check and the change comes back as a message."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except RuleBroken as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.path)

    @admin.action(description="Reset the authenticator (new phone)")
    def reset_authenticators(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For people with a new phone: they set up another one at their next sign-in."""
        by: Any = request.user
        for user in queryset:
            operations.reset_authenticator(user=user, by=by, now=timezone.now())
        self.message_user(request, "They set up a new authenticator when they next sign in.")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
