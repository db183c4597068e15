"""Forms about mail and webhooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.delivery import outward
from reports.delivery.series import name_of, offered
from reports.models import Event, ReportSchedule

ALL = {"all-en": "en", "all-fr": "fr"}


def choices() -> list[tuple[str, Any]]:
    """All reports of a language, then every series by its slug."""
    every = [
        ("all-en", _("All situation reports in English")),
        ("all-fr", _("All situation reports in French")),
    ]
    return [*every, *((schedule.slug, name_of(schedule)) for schedule in offered())]


class AddressForm(forms.Form):
    """An address that letters are to reach."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SubscribeForm(AddressForm):
    """Which reports, and where to."""

    series = forms.ChoiceField(label=gettext_lazy("Reports"), choices=choices)
    field_order = ("series", "email")

    @property
    def wanted(self) -> dict[str, Any]:
        """`schedule` or `language` for `subscribing.ask`."""
        series = self.cleaned_data["series"]
        if series in ALL:
            return {"language": ALL[series]}
        return {"schedule": ReportSchedule.objects.get(slug=series)}


class WebhookForm(forms.Form):
    """An address that is told of what is published."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Whose address it is, so that colleagues know what to stop."),
    )
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("An https address on the public Internet."),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Tell it when"),
        choices=[(e.value, e.label) for e in Event if e != Event.PING],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "desk-choices"}),
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            outward.checked(url)
        except outward.AddressRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return url
