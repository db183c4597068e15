"""The desk of actors: names in any language, dated relations both ways, presence, lineage."""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.reference.desk import Part, ReferenceDesk, Rows
from accounts.reference.forms import NounForm, RowForm, field_for
from actors.choices import SYMMETRIC_RELATIONS
from actors.models import Actor, ActorAlias, ActorPresence, ActorRelation
from actors.relations import lines
from core import prose
from core.desk_fields import PartialDateField, PickField
from core.lanes import Drawing, Lane
from core.periods import loose_period, period
from core.templatetags.prose import named
from core.timeline import Axis, Span
from regions.desk import area_field, country_field
from sources.citing import CitedForm

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
IDEOLOGY = re.compile(r"[a-z]+(_[a-z]+)*")


def actors_called(words: str) -> "QuerySet[Actor]":
    """Actors by any name; those that Vigil keeps come before imported ones."""
    rows: QuerySet[Actor] = Actor.objects.with_name_like(words)
    return rows.order_by("-dataset", "name")


def actor_field(**more: Any) -> PickField:
    return PickField(
        "actor", key="slug", rows=lambda: Actor.objects.all(), find=actors_called, **more
    )


class ActorForm(NounForm, CitedForm):
    needs_source = False
    partial = {"founded_on": "founded_precision", "ended_on": "ended_precision"}
    labels = {
        "acled_inter": _("ACLED’s code"),
        "ideology": _("Ideology"),
        "home_country": _("Home country"),
    }
    hints = {
        "ideology": _("Sober terms, one on each line: salafi_jihadist, tuareg_nationalist."),
        "home_country": _("Required for state forces."),
        "acled_inter": _("1 to 8; a hint only."),
    }

    home_country = country_field(required=False)
    founded_on = PartialDateField(required=False)
    ended_on = PartialDateField(required=False)

    class Meta:
        model = Actor
        formfield_callback = field_for
        fields = [
            "name", "slug", "short_name", "kind", "status", "founded_on", "ended_on",
            "home_country", "countries", "ideology", "acled_inter", "confidence", "note",
        ]  # fmt: skip

    def clean_ideology(self) -> list[str]:
        terms: list[str] = self.cleaned_data["ideology"]
        for term in terms:
            if not IDEOLOGY.fullmatch(term):
                raise forms.ValidationError(
                    gettext("“%s” is not a term: write small letters with underscores, "
                         "such as salafi_jihadist.") % term
                )  # fmt: skip
        return terms


class AliasForm(RowForm):
    hints = {
        "lang": _("Such as en, fr, ar, or ar-Latn for Arabic in Latin letters."),
        "context_country": _("Only where the name means this actor in one country alone."),
    }
    labels = {"context_country": _("Only in this country")}

    context_country = country_field(required=False)

    class Meta:
        model = ActorAlias
        formfield_callback = field_for
        fields = ["name", "lang", "kind", "context_country", "starts_on", "ends_on"]

    def clean_lang(self) -> str:
        code = str(self.cleaned_data["lang"])
        if not LANGUAGE.fullmatch(code):
            raise forms.ValidationError(
                gettext("“%s” is not a language code: write en, fr or ar-Latn.") % code
            )
        return code

    def summary(self) -> str:
        row = self.instance
        return f"{row.name} ({row.lang}, {row.get_kind_display()})"


class RelationForm(CitedForm):
    """A relation seen from one of its two actors."""

    partial = {"starts_on": "start_precision", "accepted_on": "accepted_precision"}
    hints = {
        "accepted_on": _("When a pledge was recognised, which may be later than the pledge."),
        "scope": _("Where only a part went over, such as “Sahara branch”."),
    }

    starts_on = PartialDateField(required=False)
    accepted_on = PartialDateField(required=False)

    def before_writing(self) -> None:
        """Alliance and rivalry have no direction: the older entry comes first."""
        row = self.instance
        symmetric = row.type in SYMMETRIC_RELATIONS
        if symmetric and row.source_id and row.target_id and row.source_id > row.target_id:
            row.source, row.target = row.target, row.source

    def summary(self) -> str:
        row = self.instance
        dates = period(row.starts_on, row.ends_on, row.start_precision, "unknown")
        return f"{row.source} {row.get_type_display()} {row.target}, {dates}"


RELATION_FIELDS = [
    "starts_on", "ends_on", "accepted_on", "scope", "confidence", "checked", "note",
]  # fmt: skip


class OwnRelationForm(RelationForm):
    target = actor_field()

    class Meta:
        model = ActorRelation
        formfield_callback = field_for
        fields = ["type", "target", *RELATION_FIELDS]


class OthersRelationForm(RelationForm):
    source = actor_field()

    class Meta:
        model = ActorRelation
        formfield_callback = field_for
        fields = ["source", "type", *RELATION_FIELDS]


class PresenceForm(CitedForm):
    partial = {"as_of": "as_of_precision"}
    hints = {"area": _("Instead of the country, where the source names an area.")}

    country = country_field(required=False)
    area = area_field(required=False)
    as_of = PartialDateField(required=False)

    class Meta:
        model = ActorPresence
        formfield_callback = field_for
        fields = [
            "kind", "country", "area", "starts_on", "ends_on", "as_of", "hedge", "confidence",
            "note",
        ]  # fmt: skip

    def summary(self) -> str:
        row = self.instance
        return f"{row.get_kind_display()}: {named(row.country or row.area)}"


LEGEND = [
    ("self", _("existence")),
    ("other", _("existence of the other")),
    ("lasting", _("a relation that lasts")),
    ("rival_of", _("rivalry")),
    ("event", _("an event")),
    ("presence", _("presence")),
]


def draw(actor: Actor, rows: Rows) -> Drawing:
    """The actor's life, a lane for every relation over the life of the other, and its presence."""
    today = prose.today()
    typed = [row for row in rows["relations_out"] if row.target_id and row.type]
    typed += [row for row in rows["relations_in"] if row.source_id and row.type]
    typed.sort(key=lambda row: (row.starts_on is None, row.starts_on or today))
    found, axis = lines(actor, typed, today)
    life = axis.bar(Span(actor.founded_on, actor.ended_on, "self"))
    when = period(actor.founded_on, actor.ended_on, actor.founded_precision, actor.ended_precision)
    lanes = [Lane(str(actor) or gettext("This actor"), when, [life])]
    for line in found:
        row = line.relation
        left, right = (actor, line.other) if line.other is row.target else (line.other, actor)
        existed = axis.bar(Span(line.other.founded_on, line.other.ended_on, "other"))
        words = f"{left} {row.get_type_display()} {right}"
        lanes.append(Lane(words, line.when, [existed, line.bar]))
    lanes += [_presence(row, axis) for row in rows["presences"] if row.country_id or row.area_id]
    return Drawing(axis, lanes, LEGEND, axis.x(today))


def _presence(row: ActorPresence, axis: Axis) -> Lane:
    seen = row.as_of if not (row.starts_on or row.ends_on) else None
    span = Span(row.starts_on or seen, row.ends_on or seen, "presence")
    when = (
        prose.partial(row.as_of, row.as_of_precision)
        if seen
        else loose_period(row.starts_on, row.ends_on)
    )
    return Lane(
        f"{row.get_kind_display()}: {named(row.country or row.area)}", when, [axis.bar(span)]
    )


def _about(row: Actor) -> str:
    where = ", ".join(str(country) for country in row.countries.all()[:4])
    parts = [row.get_kind_display(), row.get_status_display(), where]
    return " · ".join(filter(None, parts))


ACTORS = ReferenceDesk(
    noun="actor",
    path="actors",
    plural=_("Armed groups and forces"),
    new=_("New actor"),
    hint=_("Names in any language, relations, presence. Look before you add: names differ."),
    form=ActorForm,
    find=lambda rows, words: rows.filter(pk__in=actors_called(words).order_by()),
    about=_about,
    public=lambda row: reverse("actors:detail", args=[row.slug]),
    parts=(
        Part("aliases", _("Names"), AliasForm, "actor"),
        Part(
            "relations_out",
            _("Relations of this actor to others"),
            OwnRelationForm,
            "source",
            _("Read as: this actor, the relation, the other."),
        ),
        Part(
            "relations_in",
            _("Relations of others to this actor"),
            OthersRelationForm,
            "target",
            _("Read as: the other, the relation, this actor."),
        ),
        Part("presences", _("Presence"), PresenceForm, "actor"),
    ),
    draw=draw,
    drawing_title=_("Lineage and presence over time"),
    fetched=("countries",),
)
CHOICES = {"actor": actor_field()}
