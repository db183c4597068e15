"""The form of a schedule: what is counted, in which words and when; fixed once it has reports."""

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.reference.desk import ReferenceDesk
from accounts.reference.forms import NounForm, field_for
from core.constraint_messages import WORDS, Words
from core.parameters import shown
from regions.desk import area_field, body_field, country_field
from reports.desk.told_field import told_actor_field, told_campaign_field
from reports.models import ReportSchedule
from reports.models.schedules import COUNTED
from reports.periods import FIRST_YEAR, LAST_YEAR
from reports.schedules import words

LONGEST_CUTOFF = 60  # days


class ZoneInput(forms.TextInput):
    """A text input with the names of the IANA time zone database to choose from."""

    template_name = "desk/reports/_zone.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["zones"] = sorted(zoneinfo.available_timezones())
        return context


class ScheduleForm(NounForm):
    """A schedule as editors see it."""

    labels = {
        "name": gettext_lazy("Name of the series"),
        "cadence": gettext_lazy("How often"),
        "region": gettext_lazy("Region of the African Union"),
        "body": gettext_lazy("Regional body"),
        "topic": gettext_lazy("About"),
        "actor": gettext_lazy("Group"),
        "campaign": gettext_lazy("Campaign"),
        "language": gettext_lazy("Language"),
        "dataset": gettext_lazy("Data set"),
        "cutoff_days": gettext_lazy("Data cut-off, days after the period"),
        "time_zone": gettext_lazy("Time zone"),
        "release": gettext_lazy("Published"),
        "starts_on": gettext_lazy("First period from"),
        "is_active": gettext_lazy("Switched on: due periods are reported by themselves"),
    }
    hints = {
        "name": gettext_lazy("If empty, it is called after place and topic."),
        "country": gettext_lazy("Country, area, region or body: one at most. None is Africa."),
        "actor": gettext_lazy(
            "Only for a report about a group that readers may know of; those it came from count "
            "with it."
        ),
        "campaign": gettext_lazy("Only for a report about a campaign that readers may know of."),
        "body": gettext_lazy("Incidents in its members, as they were members on the day."),
        "time_zone": gettext_lazy("Where midnight ends the last day, such as Africa/Bamako."),
        "dataset": gettext_lazy("One, so that no event is counted twice."),
    }

    country = country_field(required=False)
    area = area_field(required=False)
    body = body_field(required=False)
    actor = told_actor_field(required=False)
    campaign = told_campaign_field(required=False)

    class Meta:
        model = ReportSchedule
        formfield_callback = field_for
        fields = [
            "name", "slug", "country", "area", "region", "body", "topic", "actor", "campaign",
            "cadence", "language", "dataset", "cutoff_days", "time_zone", "starts_on", "release",
            "is_active",
        ]  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("region", "language"):
            choices: Any = self.fields[name]
            choices.choices = [(value, label if value else "—") for value, label in choices.choices]
        for name in ("actor", "campaign"):
            subject: Any = self.fields[name]
            subject.kept = getattr(self.instance, name)
        self.fields["time_zone"].widget = ZoneInput(attrs={"autocomplete": "off"})
        self.fields["cutoff_days"].widget.attrs |= {"max": LONGEST_CUTOFF}
        self.has_reports = bool(self.instance.pk and self.instance.jobs.exists())
        for name in COUNTED if self.has_reports else ():
            field = self.fields[name]
            field.disabled = True
            # What is read back is this text: it must mean the one row, as if it had been typed.
            self.initial[name] = field.prepare_value(self.initial.get(name))

    def clean_cutoff_days(self) -> int:
        days: int = self.cleaned_data["cutoff_days"]
        if days > LONGEST_CUTOFF:
            raise ValidationError(
                _("%(value)s days are too many: a cut-off is 0 to %(most)s days after the period.")
                % {"value": days, "most": LONGEST_CUTOFF}
            )
        return days

    def clean_starts_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["starts_on"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("%(value)s is out of reach: write a day between %(first)s and %(last)s.")
                % {"value": day, "first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in COUNTED if self.has_reports else ():
            # A form that was opened before the first report was planned still sends the value.
            typed, field = self.data.get(name), self.fields[name]
            now = str(field.prepare_value(self.initial.get(name)) or "")
            if typed is not None and typed != now:
                self.add_error(name, fixed(str(field.label), typed))
        return cleaned

    def _post_clean(self) -> None:
        """The model asks the database for its rules; what they mean is said at their fields."""
        super()._post_clean()
        broken = [str(told) for told in self.errors.pop(NON_FIELD_ERRORS, [])]
        for told in broken:
            words = self._meant(told)
            self.add_error(
                words.fields[0] if words else None, str(words.message if words else told)
            )

    def _meant(self, told: str) -> Words | None:
        """The words for what Django says of a broken constraint."""
        for constraint in self.instance._meta.constraints:
            if told == constraint.get_violation_error_message():
                return WORDS.get(constraint.name)
        return None

    def before_writing(self) -> None:
        row = self.instance
        if not row.slug:
            parts = (row.cadence, words.subject(row), row.language)
            other = () if row.dataset == "vigil" else (row.dataset,)
            row.slug = slugify("-".join([*parts, *other]))[:80].strip("-")


def fixed(label: str, value: str) -> str:
    """Why what a schedule counts cannot change any more, and what to do instead."""
    return _(
        "%(field)s cannot become “%(value)s”: this schedule has reports, which would no longer be "
        "comparable. Copy it as a new schedule and switch this one off."
    ) % {"field": label, "value": shown(value)}


SCHEDULES = ReferenceDesk(
    noun="schedule",
    path="schedules",
    plural=gettext_lazy("Report schedules"),
    new=gettext_lazy("New schedule"),
    hint=gettext_lazy("What is reported, how often, in which language, and who releases it."),
    form=ScheduleForm,
    find=lambda rows, words: rows.filter(slug__icontains=words),
    about=lambda row: words.subject(row),
    public=lambda row: reverse("reports:list"),
    order="slug",
    related=("country", "area", "body", "actor", "campaign"),
)
