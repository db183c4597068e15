"""The list as HTML, row by row and cell by cell; `incidents.presentation.COLUMNS` in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import prose
from core.addresses import address
from incidents import words
from incidents.explorer.panel import Choice, Facet
from incidents.forms import Text
from incidents.models import PublishedIncident
from incidents.rows import active_roles, actor_in_row, badge

EMPTY = SafeString("<td></td>")
CHECKED = SafeString(" checked")


@dataclass(frozen=True)
class Column:
    """A column that readers may choose: its heading, and its cell of an incident."""

    label: Text
    cell: Callable[[PublishedIncident, Mapping[str, Any]], SafeString]
    is_number: bool = False


def _plain(text: str) -> SafeString:
    return format_html("<td>{}</td>", text)


def _number(label: str, text: str, kind: str = "num") -> SafeString:
    """On a phone the label stands beside the number."""
    return format_html('<td class="{}" data-label="{}">{}</td>', kind, label, text)


def _not_known() -> SafeString:
    return format_html('<span class="unknown">{}</span>', _("not known"))


def _type(incident: PublishedIncident, data: Mapping[str, Any]) -> SafeString:
    return _plain(words.in_reader_language(data["type"], "label"))


def _place(incident: PublishedIncident, data: Mapping[str, Any]) -> SafeString:
    location = data["location"]
    country = words.in_reader_language(location, "country_name")
    return format_html('<td class="place">{}</td>', words.where(location, country))


def _actors(incident: PublishedIncident, data: Mapping[str, Any]) -> SafeString:
    told = ((actor_in_row(actor),) for actor in active_roles(data["actors"]))
    return format_html('<td class="actors">{}</td>', format_html_join("", "<div>{}</div>", told))


def _killed(incident: PublishedIncident, data: Mapping[str, Any]) -> SafeString:
    killed = data["harm"]["killed"]
    if not words.is_known(killed):
        return _number(_("Killed"), _not_known(), "num toll")
    said = format_html("<strong>{}</strong>", words.figure(killed))
    if note := prose.best_note(*words.triple(killed)):
        said = format_html('{} <span class="note">{}</span>', said, note)
    return _number(_("Killed"), said, "num toll")


def _harm(kind: str, label: Text) -> Column:
    """A harm besides deaths."""

    def cell(incident: PublishedIncident, data: Mapping[str, Any]) -> SafeString:
        harm = data["harm"][kind]
        return _number(str(label), words.figure(harm) if words.is_known(harm) else _not_known())

    return Column(label, cell, is_number=True)


def _listed(key: str, vocabulary: str) -> Callable[..., SafeString]:
    def cell(incident: PublishedIncident, data: Mapping[str, Any]) -> SafeString:
        return _plain(", ".join(words.in_words(value, vocabulary) for value in data[key]))

    return cell


def _attribution(incident: PublishedIncident, data: Mapping[str, Any]) -> SafeString:
    if data.get("is_withheld"):
        return EMPTY
    said = words.in_words(incident.attribution, "attribution")
    return _plain(badge(said, incident.attribution))


def _campaigns(incident: PublishedIncident, data: Mapping[str, Any]) -> SafeString:
    named = ((address("incidents:campaign", one["slug"]), one["name"]) for one in data["campaigns"])
    return _plain(format_html_join(", ", '<a href="{}">{}</a>', named))


def _sources(incident: PublishedIncident, data: Mapping[str, Any]) -> SafeString:
    if data.get("is_withheld"):
        return EMPTY
    return _number(_("Sources"), prose.count(incident.sources_count))


def _dataset(incident: PublishedIncident, data: Mapping[str, Any]) -> SafeString:
    return _plain(words.in_words(incident.dataset, "dataset"))


COLUMNS: dict[str, Column] = {
    "type": Column(gettext_lazy("Type"), _type),
    "place": Column(gettext_lazy("Place"), _place),
    "actors": Column(gettext_lazy("Actors"), _actors),
    "killed": Column(gettext_lazy("Killed"), _killed, is_number=True),
    "wounded": _harm("wounded", gettext_lazy("Wounded")),
    "abducted": _harm("abducted", gettext_lazy("Abducted")),
    "displaced": _harm("displaced", gettext_lazy("Displaced")),
    "targets": Column(gettext_lazy("Targets"), _listed("targets", "target")),
    "weapons": Column(gettext_lazy("Weapons"), _listed("weapons", "weapon")),
    "attribution": Column(gettext_lazy("Attribution"), _attribution),
    "campaigns": Column(gettext_lazy("Campaigns"), _campaigns),
    "sources": Column(gettext_lazy("Sources"), _sources, is_number=True),
    "dataset": Column(gettext_lazy("Data set"), _dataset),
}


def row(
    incident: PublishedIncident, columns: Sequence[str], *, date: str, moment: str
) -> SafeString:
    """One row: `date` in words, empty under a heading of days; `moment` is the asked `as_of`."""
    data = incident.payload
    page = address("incidents:detail", incident.public_id, incident.slug)
    return format_html(
        '<tr><td class="when">{}</td><th scope="row" class="what">'
        '<a href="{}" data-open="{}">{}</a>{}</th>{}</tr>\n',
        date,
        f"{page}?{moment}" if moment else page,
        incident.public_id,
        words.title(incident.title, data),
        format_html_join("", " {}", ((mark,) for mark in _marks(incident, data))),
        format_html_join("", "{}", ((COLUMNS[name].cell(incident, data),) for name in columns)),
    )


def _marks(incident: PublishedIncident, data: Mapping[str, Any]) -> list[SafeString]:
    """What readers have to know before they use the incident."""
    found = []
    if data.get("is_withheld"):
        found.append(badge(_("details withheld"), "caution"))
    if data.get("needs_primary_source"):
        found.append(badge(_("needs a primary source"), "caution"))
    if incident.status == "corrected":
        found.append(badge(_("corrected")))
    return found


def choice(facet: Facet, one: Choice) -> SafeString:
    """One value of a facet: its box, how many incidents have it, and the way to leave it out."""
    number, without = SafeString(), SafeString()
    if one.incidents is not None:
        number = format_html('<span class="n">{}</span>', prose.count(one.incidents))
    if one.left_out:
        without = format_html(
            '<a class="leave-out" href="{}?{}" data-ask>{} '
            '<span class="visually-hidden">{}</span></a>',
            address("incidents:list"), one.left_out, _("not"), one.label,
        )  # fmt: skip
    return format_html(
        '<li><label for="{}"> <input type="checkbox" id="{}" name="{}" value="{}"{}> '
        '<span class="name">{}</span> {} </label> {}</li>',
        one.html_id, one.html_id, facet.name, one.sent,
        CHECKED if one.is_chosen else "", capfirst(one.label), number, without,
    )  # fmt: skip
