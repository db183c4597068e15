"""The desk of missions and who contributes to them; here because a force may contribute."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.reference.desk import Part, ReferenceDesk, Rows
from accounts.reference.forms import NounForm, RowForm, field_for
from actors.desk import actor_field
from actors.models import Contribution
from core import prose
from core.desk_fields import PartialDateField, PickField
from core.lanes import Drawing, Lane
from core.periods import loose_period, period
from core.templatetags.prose import named
from core.timeline import Axis, Span
from regions.desk import body_field, country_field
from regions.models import Mission
from sources.citing import CitedForm


def missions_called(words: str) -> "QuerySet[Mission]":
    called = Q(name__unaccent__icontains=words) | Q(short_name__icontains=words)
    return Mission.objects.filter(called | Q(slug__icontains=words))


def mission_field(**more: Any) -> PickField:
    return PickField(
        "mission", key="slug", rows=lambda: Mission.objects.all(), find=missions_called, **more
    )


class MissionForm(NounForm, CitedForm):
    is_told_at_once = True
    partial = {"starts_on": "start_precision", "ends_on": "end_precision"}
    labels = {
        "mandating_body": _("Mandated by"),
        "area": _("Area of operation"),
        "authorised_strength": _("Authorised strength"),
        "quoted_contributors": _("Contributors that a source counts"),
        "instruments": _("Mandates"),
    }
    hints = {
        "quoted_contributors": _("Shown beside the number that the rows below give."),
        "starts_on": _("As much as is known; empty for a planned force."),
    }

    mandating_body = body_field(required=False)
    predecessor = mission_field(required=False)
    starts_on = PartialDateField(required=False)
    ends_on = PartialDateField(required=False)

    class Meta:
        model = Mission
        formfield_callback = field_for
        fields = [
            "name", "slug", "short_name", "kind", "mandating_body", "predecessor", "starts_on",
            "ends_on", "authorised_strength", "quoted_contributors", "confidence", "checked",
            "note", "area", "instruments",
        ]  # fmt: skip


def _who(row: Contribution) -> str:
    return named(row.country) if row.country else str(row.actor)


class ContributionForm(RowForm):
    labels = {
        "actor": _("Force"),
        "strength": _("Strength"),
        "strength_kind": _("Which number it is"),
        "as_of": _("Number as of"),
    }
    hints = {"actor": _("Instead of a country, where a force takes part by itself.")}

    country = country_field(required=False)
    actor = actor_field(required=False)

    class Meta:
        model = Contribution
        formfield_callback = field_for
        fields = [
            "country", "actor", "role", "starts_on", "ends_on", "strength", "strength_kind",
            "as_of", "note",
        ]  # fmt: skip

    def summary(self) -> str:
        row = self.instance
        dates = loose_period(row.starts_on, row.ends_on)
        return f"{_who(row)}: {row.get_role_display()}, {dates}"


LEGEND = [("self", _("the mission")), ("lasting", _("a contribution"))]


def draw(mission: Mission, rows: Rows) -> Drawing:
    """The mission, and a lane for every contribution."""
    today = prose.today()
    typed = [row for row in rows["contributions"] if row.country_id or row.actor_id]
    spans = [Span(row.starts_on, row.ends_on, "lasting") for row in typed]
    own = Span(mission.starts_on, mission.ends_on, "self")
    axis = Axis.around([own, *spans], today)
    when = period(
        mission.starts_on, mission.ends_on, mission.start_precision, mission.end_precision
    )
    bars = [axis.bar(own)] if mission.starts_on else []
    lanes = [Lane(str(mission) or gettext("This mission"), when, bars)]
    for row, span in zip(typed, spans, strict=True):
        name = f"{_who(row)}: {row.get_role_display()}"
        lanes.append(Lane(name, loose_period(row.starts_on, row.ends_on), [axis.bar(span)]))
    return Drawing(axis, lanes, LEGEND, axis.x(today))


def _about(row: Mission) -> str:
    dates = period(row.starts_on, row.ends_on, row.start_precision, row.end_precision)
    parts = [row.get_kind_display(), str(row.mandating_body or ""), dates]
    return " · ".join(filter(None, parts))


MISSIONS = ReferenceDesk(
    noun="mission",
    path="missions",
    plural=_("Missions"),
    new=_("New mission"),
    hint=_("Peace operations, joint forces and deployments, and who contributes."),
    form=MissionForm,
    find=lambda rows, words: rows.filter(pk__in=missions_called(words)),
    about=_about,
    public=lambda row: reverse("regions:mission", args=[row.slug]),
    parts=(
        Part(
            "contributions",
            _("Contributions"),
            ContributionForm,
            "mission",
            _("One row for each country or force, its part and its period."),
        ),
    ),
    draw=draw,
    drawing_title=_("The mission over time"),
    related=("mandating_body",),
)
CHOICES = {"mission": mission_field()}
