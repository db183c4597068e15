"""Forms of saved searches."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.delivery.forms import AddressForm
from reports.models import Rhythm


class WatchForm(AddressForm):
    """Alerts for an address, without an account."""

    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=[(r.value, r.label) for r in Rhythm if r != Rhythm.NONE],
        initial=Rhythm.DAILY,
    )
    field_order = ("email", "rhythm")


class KeepForm(forms.Form):
    """A search that a person with an account keeps."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Without a name the question itself is shown."),
    )
    rhythm = forms.ChoiceField(
        label=_("Mail me what is new"), choices=Rhythm.choices, initial=Rhythm.NONE
    )
