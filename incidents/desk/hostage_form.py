"""The people who were taken: counts only, never a name (D2.2)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from incidents.desk.fields import ChoiceOf, CountField, DayField
from incidents.drafting import DraftHostages
from incidents.models import HostageCase


class HostagesForm(forms.Form):
    status = ChoiceOf(
        HostageCase.Status,
        blank=gettext_lazy("nobody was taken"),
        label=gettext_lazy("Are they still held?"),
        help_text=gettext_lazy(
            "While they are held, or while it is not known, readers see the country and the "
            "month, nothing more."
        ),
    )
    persons = CountField(
        label=gettext_lazy("How many"),
        help_text=gettext_lazy("No names, no employer, no nationality."),
    )
    starts_on = DayField(label=gettext_lazy("Taken on"))
    ends_on = DayField(label=gettext_lazy("Freed or found on"))
    publish_policy = ChoiceOf(
        HostageCase.Policy,
        label=gettext_lazy("What may be shown"),
        help_text=gettext_lazy(
            "“May be published” only after an authority confirmed the release, or with the "
            "family’s consent."
        ),
    )

    def part(self) -> DraftHostages | None:
        values: dict[str, Any] = dict(self.cleaned_data)
        if not any(values[name] for name in ("status", "persons", "starts_on", "ends_on")):
            return None
        values["status"] = values["status"] or HostageCase.Status.UNKNOWN
        values["publish_policy"] = values["publish_policy"] or HostageCase.Policy.WITHHOLD
        return DraftHostages(**values)
