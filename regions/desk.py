"""The desk of regional bodies: memberships by date, instruments, and the drawing of both."""

from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.reference.desk import Part, ReferenceDesk, Rows
from accounts.reference.forms import NounForm, RowForm, field_for
from core import prose
from core.desk_fields import PartialDateField, PickField
from core.lanes import Drawing, Lane
from core.periods import period
from core.templatetags.prose import named
from regions.models import AdminArea, Country, Instrument, Membership, RegionalBody
from regions.standing import Standing, standings_of
from sources.citing import CitedForm


def countries_called(words: str) -> "QuerySet[Country]":
    """Countries with these words in a name, or with this code."""
    called = Q(name__unaccent__icontains=words) | Q(name_fr__unaccent__icontains=words)
    return Country.objects.filter(called | Q(iso3__iexact=words) | Q(aliases__icontains=words))


def areas_called(words: str) -> "QuerySet[AdminArea]":
    called = Q(name__unaccent__icontains=words) | Q(slug__icontains=words)
    return AdminArea.objects.filter(called).select_related("country")


def bodies_called(words: str) -> "QuerySet[RegionalBody]":
    called = Q(name__unaccent__icontains=words) | Q(name_fr__unaccent__icontains=words)
    called |= Q(short_name__icontains=words) | Q(slug__icontains=words)
    return RegionalBody.objects.filter(called | Q(aliases__icontains=words))


def country_field(**more: Any) -> PickField:
    return PickField(
        "country", key="iso3", rows=lambda: Country.objects.all(), find=countries_called, **more
    )


def area_field(**more: Any) -> PickField:
    return PickField(
        "area", key="slug", rows=lambda: AdminArea.objects.all(), find=areas_called, **more
    )


def body_field(**more: Any) -> PickField:
    return PickField(
        "body", key="slug", rows=lambda: RegionalBody.objects.all(), find=bodies_called, **more
    )


class BodyForm(NounForm, CitedForm):
    needs_source = False
    is_told_at_once = True
    partial = {
        "established_on": "established_precision",
        "dissolved_on": "dissolved_precision",
    }
    labels = {"headquarters": _("Headquarters"), "parent": _("Organ of")}

    parent = body_field(required=False)
    predecessor = body_field(required=False)
    established_on = PartialDateField(required=False)
    dissolved_on = PartialDateField(required=False)

    class Meta:
        model = RegionalBody
        formfield_callback = field_for
        fields = [
            "name", "slug", "short_name", "name_fr", "short_name_fr", "aliases", "kind", "status",
            "parent", "predecessor", "established_on", "dissolved_on", "headquarters",
            "confidence", "note",
        ]  # fmt: skip


class MembershipForm(CitedForm):
    partial = {"starts_on": "start_precision"}
    labels = {"status": _("Standing"), "exit_precision": _("How much of the exit’s dates is known")}
    hints = {
        "ends_on": _("The last day in the body: the day before an exit takes effect."),
        "is_retroactive": _("The exit was declared to have begun before it was announced."),
    }

    country = country_field()
    starts_on = PartialDateField()

    class Meta:
        model = Membership
        formfield_callback = field_for
        fields = [
            "country", "status", "starts_on", "ends_on", "exit_announced_on",
            "exit_effective_on", "exit_precision", "is_retroactive", "confidence", "note",
        ]  # fmt: skip

    def summary(self) -> str:
        row = self.instance
        return f"{named(row.country)}: {row.get_status_display()}, {_dates(row)}"


class InstrumentForm(RowForm):
    partial = {"adopted_on": "adopted_precision"}

    adopted_on = PartialDateField(required=False)

    class Meta:
        model = Instrument
        formfield_callback = field_for
        fields = [
            "title", "short_name", "kind", "reference", "adopted_on", "in_force_on", "ended_on",
            "status", "url", "note",
        ]  # fmt: skip

    def before_writing(self) -> None:
        row = self.instance
        if not row.slug:
            row.slug = slugify(f"{row.body.slug} {row.short_name or row.title}")[:80].strip("-")


LEGEND = [
    ("member", _("member")),
    ("suspended", _("suspended or frozen, and still a member")),
    ("leaving", _("leaving: announced, not yet in effect")),
    ("observer", _("observer")),
]


def _overlaps(standing: Standing) -> bool:
    """Whether two rows of one standing share a day, which the database would refuse."""
    rows = sorted(standing.rows, key=lambda row: (row.status, row.starts_on))
    return any(
        first.status == then.status and (first.ends_on is None or then.starts_on <= first.ends_on)
        for first, then in pairwise(rows)
    )


def _dates(row: Membership) -> str:
    return period(row.starts_on, row.ends_on, row.start_precision, "unknown")


def _lane(standing: Standing) -> Lane:
    words = [f"{row.get_status_display()} {_dates(row)}" for row in standing.rows]
    caution = gettext("Two rows of one standing overlap.") if _overlaps(standing) else ""
    return Lane(named(standing.country), "; ".join(words), standing.bars, caution)


def draw(body: RegionalBody, rows: Rows) -> Drawing:
    """A lane for every country, from the memberships as they are typed."""
    today = prose.today()
    typed = [row for row in rows["memberships"] if row.country_id and row.starts_on and row.status]
    typed.sort(key=lambda row: (row.country.name, row.country_id, row.starts_on))
    table = standings_of(typed, today)
    return Drawing(table.axis, [_lane(one) for one in table.everyone], LEGEND, table.axis.x(today))


def _about(row: RegionalBody) -> str:
    parts = [row.get_kind_display(), str(row.parent or ""), row.short_name]
    return " · ".join(filter(None, parts))


BODIES = ReferenceDesk(
    noun="body",
    path="bodies",
    plural=_("Regional bodies"),
    new=_("New body"),
    hint=_("Who cooperates: members by date, and the treaties that bind them."),
    form=BodyForm,
    find=lambda rows, words: rows.filter(pk__in=bodies_called(words)),
    about=_about,
    public=lambda row: reverse("regions:body", args=[row.slug]),
    parts=(
        Part(
            "memberships",
            _("Memberships"),
            MembershipForm,
            "body",
            _("One row for each period and standing. A suspended member is still a member."),
        ),
        Part("instruments", _("Instruments"), InstrumentForm, "body"),
    ),
    draw=draw,
    drawing_title=_("Membership over time"),
    related=("parent",),
)
CHOICES = {"country": country_field(), "area": area_field(), "body": body_field()}
