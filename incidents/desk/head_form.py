"""What is said once of an incident: what, when, how, and how it may be shown.

The help texts are the codebook in plain words (domain reference B3.10, B3.14, D1, D2).
"""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.choices import Checked, Confidence, DatePrecision
from incidents.choices import (
    Clarity,
    Disclosure,
    Outcome,
    Sensitivity,
    Tactic,
    TargetType,
    TypeGroup,
    Weapon,
)
from incidents.desk.fields import ChoiceOf, ClockField, DayField, TermsOf, YesNoUnknown
from incidents.desk.reading import in_reader_language
from incidents.drafting import Draft
from incidents.models import IncidentType
from regions.models import Country, Mission

TIME_ZONES = (
    "Africa/Abidjan",
    "Africa/Lagos",
    "Africa/Maputo",
    "Africa/Nairobi",
    "Africa/Cairo",
    "UTC",
)


class When(TextChoices):
    """How surely and how long: duration (known) is not uncertainty."""

    DAY = "day", gettext_lazy("One day, known")
    LASTING = "lasting", gettext_lazy("Several days, all known: it lasted")
    DAY_RANGE = "day_range", gettext_lazy("One of a few days, not known which")
    WEEK = "week", gettext_lazy("Some day of a week")
    MONTH = "month", gettext_lazy("Some day of a month")
    QUARTER = "quarter", gettext_lazy("Some day of a quarter")
    YEAR = "year", gettext_lazy("Some day of a year")


class HeadForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Place and act, in neutral words: “Assault on the army base at Kati”. No group’s name"
            " unless the attribution is confirmed."
        ),
    )
    type = forms.ChoiceField(
        label=gettext_lazy("Type of event"),
        required=False,
        help_text=gettext_lazy(
            "What was done, not by whom. A clash where one side was lured is an ambush; several "
            "kinds of attack on one place at once are a complex attack."
        ),
    )
    secondary_types = forms.MultipleChoiceField(
        label=gettext_lazy("Also (at most two)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    summary = forms.CharField(
        label=gettext_lazy("What happened"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Your own words, and who says so. No names of victims, hostages, witnesses or "
            "suspects; no routes, timings or positions that help an attacker."
        ),
    )
    clarity = ChoiceOf(
        Clarity,
        label=gettext_lazy("What the sources describe"),
        help_text=gettext_lazy(
            "An aggregate report sums up several events that cannot be told apart."
        ),
    )
    outcome = ChoiceOf(
        Outcome,
        label=gettext_lazy("Outcome"),
        help_text=gettext_lazy(
            "Repelled: it was carried out and driven off. A plot that never began is a disrupted "
            "plot."
        ),
    )
    civilian_targeting = YesNoUnknown(
        label=gettext_lazy("Were civilians the main target?"),
        help_text=gettext_lazy(
            "Yes where civilians were the main or only target, whatever the harm."
        ),
    )
    is_suicide = YesNoUnknown(label=gettext_lazy("Did an attacker intend to die?"))

    when = forms.ChoiceField(
        label=gettext_lazy("What is known of the date"),
        choices=When.choices,
        required=False,
        widget=forms.RadioSelect,
        initial=When.DAY,
        help_text=gettext_lazy(
            "A siege of four days is one incident that lasted. “Late October” is one day that is "
            "not known."
        ),
    )
    date_start = DayField(
        label=gettext_lazy("Day, or first day"),
        help_text=gettext_lazy(
            "For a week its first day; for a month, a quarter or a year any day in it."
        ),
    )
    date_end = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Only where it lasted, or was one of a few days."),
    )
    date_text = forms.CharField(
        label=gettext_lazy("The source’s words for the date"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("For example “late October”; kept beside the dates."),
    )
    time_local = ClockField(
        label=gettext_lazy("Local time"), help_text=gettext_lazy("Only if a source gives it.")
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        choices=[("", gettext_lazy("not said")), *((zone, zone) for zone in TIME_ZONES)],
    )

    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        required=False,
        help_text=gettext_lazy(
            "Where it happened. It also narrows the search for places and actors."
        ),
    )

    targets = TermsOf(
        TargetType,
        label=gettext_lazy("Targets"),
        help_text=gettext_lazy(
            "Who or what was attacked. Aid, health care and displaced people’s sites are shown by"
            " their area only."
        ),
    )
    weapons = TermsOf(
        Weapon,
        label=gettext_lazy("Weapons"),
        help_text=gettext_lazy("By class only; never how a device was made."),
    )
    tactics = TermsOf(
        Tactic,
        label=gettext_lazy("Tactics"),
        help_text=gettext_lazy("Only what at least two mainstream outlets have published."),
    )
    missions = forms.MultipleChoiceField(
        label=gettext_lazy("Missions concerned"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    sensitivity = ChoiceOf(
        Sensitivity,
        label=gettext_lazy("Sensitivity"),
        help_text=gettext_lazy(
            "Begin restricted. It may rise at any time; to lower it takes a second person and a "
            "reason."
        ),
    )
    sensitivity_reason = forms.CharField(
        label=gettext_lazy("Why it is sensitive"), required=False, max_length=200
    )
    disclosure = ChoiceOf(
        Disclosure,
        label=gettext_lazy("What readers see"),
        help_text=gettext_lazy(
            "Country and month only, while somebody is held or could be identified."
        ),
    )
    confidence = ChoiceOf(
        Confidence,
        label=gettext_lazy("How sure we are of the whole"),
        help_text=gettext_lazy(
            "High: independent sources agree. Low: one source, or sources that contradict each "
            "other."
        ),
    )
    checked = ChoiceOf(
        Checked,
        label=gettext_lazy("What the record rests on"),
        help_text=gettext_lazy("“Sources read”: you opened the pages that you cite."),
    )
    note = forms.CharField(
        label=gettext_lazy("Editors’ note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "What the sources disagree on, what you left out and why, why a quoted word stays."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        types = _types()
        self._choose("type", [("", _("choose")), *types])
        self._choose("secondary_types", [pair for _group, pairs in types for pair in pairs])
        countries = Country.objects.in_scope()
        named = sorted((in_reader_language(c, "name"), c.iso3) for c in countries)
        self._choose("country", [("", _("choose")), *((iso3, name) for name, iso3 in named)])
        missions = Mission.objects.order_by("name")
        self._choose("missions", [(m.slug, m.name) for m in missions])

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = choices

    def clean_secondary_types(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["secondary_types"]
        if len(chosen) > 2:
            raise forms.ValidationError(
                _("%(count)s further types are chosen: keep the two that say most.")
                % {"count": len(chosen)}
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_span = cleaned.get("when") in (When.LASTING, When.DAY_RANGE)
        if is_span and cleaned.get("date_start") and not cleaned.get("date_end"):
            self.add_error("date_end", _("Say the last day too, or choose “One day, known”."))
        return cleaned

    def parts(self) -> dict[str, Any]:
        """The fields of a `Draft`, from what was typed."""
        values = dict(self.cleaned_data) | self.parts_of_date()
        del values["when"]
        for name in ("secondary_types", "targets", "weapons", "tactics", "missions"):
            values[name] = tuple(values[name])
        return values | {k: v for k, v in _defaults().items() if not values[k]}

    def parts_of_date(self) -> dict[str, Any]:
        """The dates of a `Draft`: a kind of date is a precision, or a duration."""
        when = self.cleaned_data.get("when") or When.DAY
        return {
            "date_start": self.cleaned_data.get("date_start"),
            "date_end": None if when == When.DAY else self.cleaned_data.get("date_end"),
            "date_precision": DatePrecision.DAY if when == When.LASTING else str(when),
            "is_multiday": when == When.LASTING,
        }


def _defaults() -> dict[str, str]:
    """What an empty choice stands for, as in a new draft."""
    new = Draft()
    names = ("clarity", "outcome", "confidence", "checked", "sensitivity", "disclosure")
    return {name: getattr(new, name) for name in names}


def when_of(draft: Draft) -> str:
    """Which of the kinds of date a draft has."""
    return When.LASTING.value if draft.is_multiday else draft.date_precision


def _types() -> list[tuple[str, list[tuple[str, str]]]]:
    """Active types under their groups, in the reader's language."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for row in IncidentType.objects.filter(is_active=True).order_by("group", "label"):
        group = str(TypeGroup(row.group).label).capitalize()
        grouped.setdefault(group, []).append((row.code, in_reader_language(row, "label")))
    return list(grouped.items())
