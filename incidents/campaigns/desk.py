"""The desk of campaigns: phases, demands, effects, and who carries or opposes them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.reference.desk import Part, ReferenceDesk, Rows
from accounts.reference.forms import NounForm, RowForm, field_for
from actors.desk import actor_field
from core import prose
from core.desk_fields import PartialDateField, PickField
from core.lanes import Drawing, Lane
from core.periods import loose_period, period
from core.timeline import Axis, Span
from incidents.models import Campaign, CampaignActor, CampaignPhase, ConditionImpact, Demand
from sources.citing import CitedForm


def campaigns_called(words: str) -> "QuerySet[Campaign]":
    return Campaign.objects.filter(Q(name__unaccent__icontains=words) | Q(slug__icontains=words))


def campaign_field(**more: Any) -> PickField:
    return PickField(
        "campaign", key="slug", rows=lambda: Campaign.objects.all(), find=campaigns_called, **more
    )


class CampaignForm(NounForm, CitedForm):
    needs_source = False
    named_by = ("name",)
    partial = {"starts_on": "start_precision", "ends_on": "end_precision"}
    labels = {
        "condition_type": _("Which condition"),
        "expected_incident_count": _("Incidents that a source speaks of"),
        "expected_on": _("On this day"),
        "place_name": _("Place"),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
        "geo_precision": _("How precise the place is"),
        "corridors": _("Roads and corridors"),
        "methods": _("Methods"),
        "is_public": _("Readers may see it now"),
    }
    hints = {
        "is_public": _(
            "Otherwise they see it with the first published incident in it. Leave it open while "
            "only drafts or protected incidents tell of it."
        ),
        "condition_type": _("For conditions only: they last, and are not counted as attacks."),
        "expected_incident_count": _("For episodes and series only, such as “six towns”."),
    }

    parent = campaign_field(required=False)
    starts_on = PartialDateField(required=False)
    ends_on = PartialDateField(required=False)

    class Meta:
        model = Campaign
        formfield_callback = field_for
        fields = [
            "name", "slug", "kind", "condition_type", "parent", "starts_on", "ends_on", "status",
            "expected_incident_count", "expected_on", "place_name", "latitude", "longitude",
            "geo_precision", "corridors", "methods", "confidence", "checked", "is_public", "note",
            "countries",
        ]  # fmt: skip


class PartyForm(RowForm):
    labels = {"is_opposing": _("Opposes it")}

    actor = actor_field()

    class Meta:
        model = CampaignActor
        formfield_callback = field_for
        fields = ["actor", "is_opposing"]

    def summary(self) -> str:
        side = gettext("opposes it") if self.instance.is_opposing else gettext("carries it")
        return f"{self.instance.actor}: {side}"


class PhaseForm(CitedForm):
    needs_source = False

    class Meta:
        model = CampaignPhase
        formfield_callback = field_for
        fields = ["label", "starts_on", "ends_on"]


class DemandForm(CitedForm):
    needs_source = False
    labels = {"addressed_to": _("Addressed to"), "starts_on": _("Made on"), "actor": _("Made by")}

    actor = actor_field(required=False)

    class Meta:
        model = Demand
        formfield_callback = field_for
        fields = ["position", "text", "actor", "addressed_to", "starts_on"]

    def before_writing(self) -> None:
        row = self.instance
        if not row.slug:
            row.slug = slugify(f"{row.campaign.slug} {row.position} {row.text}")[:80].strip("-")


class ImpactForm(CitedForm):
    needs_source = False
    labels = {"value": _("Number"), "unit": _("Unit")}

    class Meta:
        model = ConditionImpact
        formfield_callback = field_for
        fields = ["kind", "text", "value", "unit", "starts_on", "ends_on"]


LEGEND = [("self", _("the whole")), ("lasting", _("a phase")), ("observer", _("an effect"))]


def draw(campaign: Campaign, rows: Rows) -> Drawing:
    """The whole, and a lane for every phase and every effect."""
    today = prose.today()
    own = Span(campaign.starts_on, campaign.ends_on, "self")
    below = [(row.label, row, "lasting") for row in rows["phases"]]
    below += [(row.text, row, "observer") for row in rows["impacts"]]
    spans = [Span(row.starts_on, row.ends_on, kind) for _name, row, kind in below]
    axis = Axis.within([own, *spans], today)
    when = period(
        campaign.starts_on, campaign.ends_on, campaign.start_precision, campaign.end_precision
    )
    lanes = [Lane(campaign.name or gettext("This campaign"), when, [axis.bar(own)])]
    for (name, row, _kind), span in zip(below, spans, strict=True):
        lanes.append(Lane(name, loose_period(row.starts_on, row.ends_on), [axis.bar(span)]))
    on = axis.x(today) if axis.first <= today <= axis.last else ""
    return Drawing(axis, lanes, LEGEND, on)


def _about(row: Campaign) -> str:
    dates = period(row.starts_on, row.ends_on, row.start_precision, row.end_precision)
    parts = [row.get_kind_display(), row.get_status_display(), dates]
    return " · ".join(filter(None, parts))


CAMPAIGNS = ReferenceDesk(
    noun="campaign",
    path="campaigns",
    plural=_("Campaigns and conditions"),
    new=_("New campaign"),
    hint=_("Frames that incidents belong to: conflicts, episodes, series, blockades."),
    form=CampaignForm,
    find=lambda rows, words: rows.filter(pk__in=campaigns_called(words)),
    about=_about,
    public=lambda row: reverse("incidents:campaign", args=[row.slug]),
    parts=(
        Part("parties", _("Actors in it"), PartyForm, "campaign"),
        Part("phases", _("Phases"), PhaseForm, "campaign"),
        Part("demands", _("Demands"), DemandForm, "campaign"),
        Part("impacts", _("Effects that are no casualties"), ImpactForm, "campaign"),
    ),
    draw=draw,
    drawing_title=_("The whole and its phases over time"),
)
CHOICES = {"campaign": campaign_field()}
