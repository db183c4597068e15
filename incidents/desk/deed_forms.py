"""What each verb asks of the person who does it."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Role
from accounts.models import User
from incidents.access import visible
from incidents.choices import Sensitivity, WithdrawalReason
from incidents.models import Incident
from incidents.models.review import LONGEST_COMMENT
from incidents.workflow.attention import may_see
from incidents.workflow.protection import is_higher

FIELDS_TO_TAKE = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "type": gettext_lazy("kind of incident"),
    "date": gettext_lazy("date"),
    "time": gettext_lazy("time of day"),
    "location": gettext_lazy("place"),
    "attribution": gettext_lazy("attribution"),
    "outcome": gettext_lazy("outcome"),
    "targets": gettext_lazy("targets"),
    "weapons": gettext_lazy("weapons"),
    "tactics": gettext_lazy("manner"),
    "is_suicide": gettext_lazy("suicide attack"),
    "civilian_targeting": gettext_lazy("civilians were the target"),
}


class DeedForm(forms.Form):
    """A verb that needs nothing but the incident; `edition` is the one that the person read."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, incident: Incident, by: User, **more: Any) -> None:
        self.incident, self.by = incident, by
        super().__init__(*args, **more)
        self.initial.setdefault("edition", incident.edition)

    def wanted(self) -> dict[str, Any]:
        """The arguments of the verb."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edition"}


def words(label: Any, help_text: Any = "", *, rows: int = 4, **more: Any) -> forms.CharField:
    """A field of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, **more)


class ReadForm(DeedForm):
    """A verb that vouches for what was read: it fails where somebody saved since."""

    def wanted(self) -> dict[str, Any]:
        return {**super().wanted(), "edition": self.cleaned_data["edition"]}


class ReturnForm(DeedForm):
    reason = words(
        gettext_lazy("What should the author mend?"),
        gettext_lazy("The author reads this beside the draft. Write @name to tell somebody else."),
        max_length=LONGEST_COMMENT,
    )


class DiscardForm(DeedForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is it given up?"),
        help_text=gettext_lazy("Such as: entered twice, or no source found. Kept at the desk."),
        max_length=200,
    )


class CorrectForm(ReadForm):
    notice = words(
        gettext_lazy("Public notice"),
        gettext_lazy(
            "What changed and why, in one or two sentences, with the old and the new value. "
            "Everybody reads it."
        ),
        rows=3,
        max_length=600,
    )
    notice_fr = words(
        gettext_lazy("Public notice in French"),
        gettext_lazy("The same for readers of French; empty, they see the notice above."),
        rows=3,
        max_length=600,
        required=False,
    )


class WithdrawForm(DeedForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Kind of reason"),
        help_text=gettext_lazy("Readers see the kind of reason, nothing else."),
        choices=[("", "—"), *WithdrawalReason.choices],
    )


class MergeForm(DeedForm):
    """Names the other incident; both are then shown side by side."""

    into = forms.CharField(
        label=gettext_lazy("Number of the incident that stays"),
        help_text=gettext_lazy("Ten letters and digits, as in its address."),
        max_length=10,
    )

    def clean_into(self) -> Incident:
        given = self.cleaned_data["into"].strip().upper()
        found = visible(self.by).filter(public_id=given).first()
        if found is None:
            raise ValidationError(
                _("%(value)s: you see no incident of this number. Copy it from its page.")
                % {"value": given}
            )
        if found.pk == self.incident.pk:
            raise ValidationError(
                _("%(value)s is this incident: give the number of the other one.")
                % {"value": given}
            )
        return found


class SplitForm(DeedForm):
    titles = words(
        gettext_lazy("Titles of the new drafts, one in a line"),
        gettext_lazy("Place and act, without a group’s name."),
    )

    def clean_titles(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["titles"].splitlines()]
        return [line for line in lines if line]


class AssignForm(DeedForm):
    to = forms.ModelChoiceField(
        label=gettext_lazy("Who takes care of it"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("nobody"),
        to_field_name="username",
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        people = User.objects.filter(is_active=True).exclude(role=Role.READER)
        keys = [person.pk for person in people if may_see(person, self.incident)]
        field = cast(forms.ModelChoiceField, self.fields["to"])
        field.queryset = User.objects.filter(pk__in=keys).order_by("username")


class CommentForm(DeedForm):
    text = words(
        gettext_lazy("Comment"),
        gettext_lazy("Seen at the desk only. Write @name to put it into that person’s queue."),
        rows=3,
        max_length=LONGEST_COMMENT,
    )


class ClassForm(DeedForm):
    """A class above or below the present one, and why."""

    rises = True
    to = forms.ChoiceField(label=gettext_lazy("Class"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Kept at the desk and in the audit trail."),
        max_length=200,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        now = self.incident.sensitivity
        field = cast(forms.ChoiceField, self.fields["to"])
        field.choices = [
            (value, label)
            for value, label in Sensitivity.choices
            if (is_higher(value, now) if self.rises else self._is_lower(value, now))
        ]

    @staticmethod
    def _is_lower(value: str, now: str) -> bool:
        return is_higher(now, value) or value == now == Sensitivity.PUBLIC


class LowerForm(ClassForm):
    rises = False


class EmbargoForm(DeedForm):
    until = forms.DateTimeField(
        label=gettext_lazy("Not before (UTC)"),
        help_text=gettext_lazy("Date and time, such as 2026-11-24 06:00."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )

    def clean_until(self) -> dt.datetime | None:
        moment: dt.datetime | None = self.cleaned_data["until"]
        return moment.replace(tzinfo=dt.UTC) if moment else None


class LiftForm(EmbargoForm):
    until = forms.DateTimeField(
        label=gettext_lazy("New end (UTC)"),
        help_text=gettext_lazy("Empty: it ends now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
