"""Forms about people: invitations, roles, the first password, tokens."""

import datetime as dt
from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.apps import apps
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User

TOKEN_LASTS = ((30, _("30 days")), (90, _("90 days")), (365, _("a year")))


def countries() -> list[tuple[str, str]]:
    """ISO3 code and name of every country in scope, by name.

    Asked of the registry of models: `regions` is above us and cannot be imported.
    """
    name = "name_fr" if get_language() == "fr" else "name"
    rows = apps.get_model("regions", "Country").objects.filter(in_scope=True).order_by(name)
    return list(rows.values_list("iso3", name))


class SignInForm(LoginForm):
    """Name or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["login"].widget.attrs = {
            "autocomplete": "username webauthn", "autocapitalize": "none",
        }  # fmt: skip
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""  # the page has a link to a forgotten password


class AddKeyForm(AddWebAuthnForm):
    """A passkey or security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["passwordless"].label = _("Sign in with this key alone")
        self.fields["passwordless"].help_text = _(
            "Needs a key with a PIN, a fingerprint or a face; it then replaces the password."
        )


class RoleForm(forms.Form):
    """A role, and the countries that it is for."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        help_text=_(
            "Each role includes the ones before it. Editors and above need a second factor."
        ),
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        choices=countries,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "desk-choices"}),
        help_text=_("Only incidents in these countries may be edited. None chosen: everywhere."),
    )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InvitationForm(RoleForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    field_order = ("email", "role", "countries")


class AcceptForm(SetPasswordForm):
    """The name and the password of a new account."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Colleagues see it beside what you do. It need not be your real name."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    field_order = ("username", "new_password1", "new_password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Password")
        self.fields["new_password2"].help_text = ""
        self.fields["new_password2"].label = _("The same password again")

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(
                _("“%(name)s” is taken; choose another."), params={"name": name}
            )
        self.user.username = name  # the password must not be like it
        return name


class TokenForm(forms.Form):
    """A token for one of a person's own programs."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=60,
        help_text=_("The program or computer that will use it, so that you know what to revoke."),
    )
    role = forms.ChoiceField(
        label=_("What may it do?"),
        choices=(),
        help_text=_("Choose the least that is enough. It never reaches further than you do."),
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"), choices=TOKEN_LASTS, coerce=int, initial=90
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [
            (role.value, role.label)
            for role in Role
            if role.includes(Role.CONTRIBUTOR) and person.may(role)
        ]
        self.fields["role"] = forms.ChoiceField(
            label=self.fields["role"].label,
            help_text=self.fields["role"].help_text,
            choices=roles,
        )

    def expires_at(self, now: dt.datetime) -> dt.datetime:
        return now + dt.timedelta(days=self.cleaned_data["days"])
