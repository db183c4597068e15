"""Finding the row that a few typed words mean: actors, places, areas, documents, incidents.

A picker field sends the words and, where one was chosen, the value. Words that mean one row are
that row; words that mean several are given back as options with what tells them apart.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from actors.choices import ActorKind
from actors.models import Actor, ActorAlias
from core import prose
from core.names import search_key
from incidents.access import visible
from incidents.choices import GONE, Status
from incidents.desk.options import MOST, Context, Option, like, years
from incidents.desk.place_picker import EARLIER, areas, earlier_row, places
from incidents.desk.reading import in_reader_language
from incidents.models import Incident
from regions.models import AdminArea, Place
from sources.models import Document, Source


@dataclass(frozen=True)
class Meant:
    """The value that the words mean, or the options among which the editor chooses."""

    value: str = ""
    label: str = ""
    options: list[Option] = field(default_factory=list)


def find(kind: str, words: str, context: Context) -> list[Option]:
    """The best matches for the words, best first; nothing for no words."""
    if not search_key(words):
        return []
    return FINDERS[kind](words.strip(), context)


def label(kind: str, value: str) -> str:
    """What the text field shows for a stored value; "" where it is not known."""
    if not value:
        return ""
    try:
        if kind == "place" and value.startswith(EARLIER):
            return str(earlier_row(value) or "")
        row = ROWS[kind]().filter(**{KEYS[kind]: value}).first()
    except ValidationError:  # not a uuid
        return ""
    return said(kind, row) if row is not None else ""


def meant(kind: str, value: str, words: str, context: Context) -> Meant:
    """What a picker field says: a chosen value beats words, unless the words were changed since."""
    if value and (known := label(kind, value)) and (not words or _same(known, words)):
        return Meant(value, known)
    options = find(kind, words, context)
    exact = [option for option in options if _same(option.label, words)]
    if kind == "actor":
        called = Actor.objects.called(words, country=context.country or None)
        slugs = set(called.values_list("slug", flat=True))
        exact = [option for option in options if option.value in slugs] or exact
    if kind == "incident":
        exact = [option for option in options if option.value in words.upper()] or exact
    if len(exact) == 1:
        return Meant(exact[0].value, exact[0].label)
    return Meant(options=exact or options)


def _same(one: str, other: str) -> bool:
    return search_key(one) == search_key(other)


def said(kind: str, row: Any) -> str:
    """The text that stands for a row in a picker field."""
    if kind == "incident":
        return f"{row.title} [{row.public_id}]"
    if kind == "actor":
        return str(row.name)
    return str(row)


def _actors(words: str, context: Context) -> list[Option]:
    rows = Actor.objects.with_name_like(words).prefetch_related("countries", "aliases")
    key = search_key(words)
    ranked = sorted(rows[:200], key=lambda actor: _actor_rank(actor, key, context.country))
    return [Option(a.slug, a.name, _actor_note(a, key)) for a in ranked[:MOST]]


def _actor_rank(actor: Actor, key: str, country: str) -> tuple[bool, bool, bool, str]:
    keys = {alias.search_key for alias in actor.aliases.all()}
    keys |= {search_key(actor.name), search_key(actor.short_name)}
    here = {c.iso3 for c in actor.countries.all()}
    return (key not in keys, country not in here, actor.dataset != "vigil", actor.name)


def _actor_note(actor: Actor, key: str) -> str:
    """ "armed group, Mali, Niger, since 2017; also called …": what tells homonyms apart."""
    parts = [str(ActorKind(actor.kind).label)]
    countries = [in_reader_language(c, "name") for c in actor.countries.all()[:4]]
    parts += countries
    parts += years(actor.founded_on, actor.ended_on)
    note = ", ".join(parts)
    own = (search_key(actor.name), search_key(actor.short_name))
    aliases: list[ActorAlias] = list(actor.aliases.all())
    other = next((a.name for a in aliases if key in a.search_key), "")
    if actor.short_name and actor.short_name != actor.name:
        note = f"{actor.short_name}; {note}"
    if other and not any(key in name for name in own):
        return _("%(note)s; also called %(name)s") % {"note": note, "name": other}
    return note


def _documents(words: str, context: Context) -> list[Option]:
    rows = Document.objects.select_related("source")
    found = like(rows, words, "title", "slug", "source__name", "url").order_by(
        F("published_from").desc(nulls_last=True), "pk"
    )
    return [
        Option(
            d.slug,
            str(d),
            ", ".join(
                part for part in (d.source.name, prose.day(d.published_from), d.reliability) if part
            ),
            {"reliability": d.reliability},
        )
        for d in found[:MOST]
    ]


def _publishers(words: str, context: Context) -> list[Option]:
    key = search_key(words)
    found = like(Source.objects.all(), words, "name", "slug")[:200]
    ranked = sorted(found, key=lambda s: (not search_key(s.name).startswith(key), s.name))
    return [
        Option(
            s.slug,
            s.name,
            f"{s.get_kind_display()}, {s.reliability}",
            {"reliability": s.reliability},
        )
        for s in ranked[:MOST]
    ]


def _incidents(words: str, context: Context) -> list[Option]:
    rows = visible(context.person).exclude(editorial_status__in=GONE).select_related("country")
    named = Q(public_id__in=[w.strip("[]").upper() for w in words.replace("/", " ").split()])
    found = like(rows, words, "title") | rows.filter(named)
    if len(words) == 10 and words[4:5] == "-":
        found = found | rows.filter(date_start__lte=words, date_end__gte=words)
    return [
        Option(i.public_id, said("incident", i), _incident_note(i))
        for i in found.order_by("-date_start", "pk")[:MOST]
    ]


def _incident_note(incident: Incident) -> str:
    when = prose.when_short(
        incident.date_start, incident.date_end, incident.date_precision, incident.is_multiday
    )
    status = Status(incident.editorial_status).label
    return f"{when}, {in_reader_language(incident.country, 'name')}, {status}"


FINDERS: dict[str, Callable[[str, Context], list[Option]]] = {
    "actor": _actors,
    "place": places,
    "area": areas,
    "document": _documents,
    "publisher": _publishers,
    "incident": _incidents,
}
ROWS: dict[str, Callable[[], "QuerySet[Any]"]] = {
    "actor": Actor.objects.all,
    "place": Place.objects.all,
    "area": AdminArea.objects.all,
    "document": Document.objects.all,
    "publisher": Source.objects.all,
    "incident": Incident.objects.all,
}
KEYS = {
    "actor": "slug",
    "place": "uuid",
    "area": "slug",
    "document": "slug",
    "publisher": "slug",
    "incident": "public_id",
}
