"""Filters as a sentence for people: what a list shows, in the reader's language."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from actors.models import Actor
from core import prose
from core.choices import DatePrecision
from incidents.choices import Attribution, Dataset, Role, Tactic, TargetType, TypeGroup, Weapon
from incidents.models import Campaign, IncidentType
from regions.choices import AuRegion
from regions.models import AdminArea, Country, RegionalBody

Naming = Callable[[list[str]], dict[str, str]]


def either(names: list[str]) -> str:
    """ "Mali", "Mali or Niger", "Mali, Niger or Chad"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(several)s or %(last)s") % {"several": ", ".join(names[:-1]), "last": names[-1]}


def told(model: Any) -> Any:
    """The rows of a reference table that readers may know of."""
    rows = model.objects
    return rows.told() if hasattr(rows, "told") else rows.all()


def every(model: Any) -> Any:
    """All rows of a reference table: for terms that the public record itself holds."""
    return model.objects.all()


def named(model: Any, key: str, *columns: str, of: Callable[[Any], Any] = told) -> Naming:
    """Names from a reference table: the first of `columns` that is not empty."""

    def names(terms: list[str]) -> dict[str, str]:
        local = [c for c in columns if not c.endswith("_fr") or _in_french()]
        rows = of(model).filter(**{f"{key}__in": terms}).values_list(key, *local)
        return {row[0]: next((text for text in row[1:] if text), row[0]) for row in rows}

    return names


def worded(choices: Any) -> Naming:
    """Labels from a vocabulary."""
    return lambda terms: {term: str(choices(term).label) for term in terms}


def _in_french() -> bool:
    return (get_language() or "").startswith("fr")


NAMES: dict[str, Naming] = {
    "country": named(Country, "iso3", "name_fr", "name"),
    "area": named(AdminArea, "slug", "name"),
    "region": worded(AuRegion),
    "body": named(RegionalBody, "slug", "short_name_fr", "short_name", "name"),
    "actor": named(Actor, "slug", "short_name", "name"),
    "role": worded(Role),
    "type": named(IncidentType, "code", "label_fr", "label"),
    "group": worded(TypeGroup),
    "target": worded(TargetType),
    "weapon": worded(Weapon),
    "tactic": worded(Tactic),
    "campaign": named(Campaign, "slug", "name"),
    "attribution": worded(Attribution),
    "precision": worded(DatePrecision),
    "dataset": worded(Dataset),
}
# For terms that stand in the public record: who may know of them is settled there.
NAMES_IN_RECORD = NAMES | {
    "actor": named(Actor, "slug", "short_name", "name", of=every),
    "campaign": named(Campaign, "slug", "name", of=every),
}


def _names(parameter: str, asked: dict[str, Any]) -> str:
    terms = asked[parameter]
    by_term = NAMES[parameter](terms)
    return either([by_term.get(term, term) for term in terms])


def _is_excluded(parameter: str, asked: dict[str, Any]) -> bool:
    return bool(getattr(asked.get(parameter), "excluded", False))


def _phrased(phrases: dict[str, tuple[str, str]], asked: dict[str, Any]) -> list[str]:
    """For each asked parameter its phrase, or the second one where its terms are left out."""
    return [
        pair[_is_excluded(name, asked)] % {"names": _names(name, asked)}
        for name, pair in phrases.items()
        if name in asked
    ]


def sentence(asked: dict[str, Any]) -> str:
    """What the cleaned parameters of an IncidentQuestion ask for, in one sentence."""
    where_and_when = filter(None, [*_places(asked), _period(asked)])
    clauses = [_actor(asked), *_terms(asked), _deaths(asked), *_circle(asked), *_record(asked)]
    parts = [" ".join(where_and_when), *clauses]
    return " ".join(filter(None, [_("Incidents"), ", ".join(filter(None, parts))]))


def _places(asked: dict[str, Any]) -> list[str]:
    return _phrased(
        {
            "country": (_("in %(names)s"), _("not in %(names)s")),
            "area": (_("in the area of %(names)s"), _("not in the area of %(names)s")),
            "region": (_("in %(names)s"), _("not in %(names)s")),
            "body": (
                _("in a member state of %(names)s on the day"),
                _("not in a member state of %(names)s on the day"),
            ),
        },
        asked,
    )


def _period(asked: dict[str, Any]) -> str:
    start, end = asked.get("begun") or asked.get("from"), asked.get("to")
    days = {"start": prose.day(start), "end": prose.day(end)}
    if "begun" in asked:
        between = (
            _("that began from %(start)s to %(end)s") if end else _("that began since %(start)s")
        )
        return between % days
    if start and end:
        return _("on %(start)s") % days if start == end else _("from %(start)s to %(end)s") % days
    if start:
        return _("since %(start)s") % days
    return _("until %(end)s") % days if end else ""


def _actor(asked: dict[str, Any]) -> str:
    if "actor" not in asked:
        return ""
    names = {"names": _names("actor", asked)}
    with_older = bool(asked.get("lineage"))
    if _is_excluded("actor", asked):
        text = (
            _("not involving %(names)s or a predecessor")
            if with_older
            else _("not involving %(names)s")
        )
    else:
        text = _("involving %(names)s or a predecessor") if with_older else _("involving %(names)s")
    if "role" in asked:
        roles = _("but not as %(roles)s") if _is_excluded("role", asked) else _("as %(roles)s")
        text = f"{text} {roles}"
        names["roles"] = _names("role", asked)
    return text % names


def _terms(asked: dict[str, Any]) -> list[str]:
    return _phrased(
        {
            "type": (_("of the type %(names)s"), _("not of the type %(names)s")),
            "group": (_("of the kind %(names)s"), _("not of the kind %(names)s")),
            "target": (_("aimed at: %(names)s"), _("not aimed at: %(names)s")),
            "weapon": (_("by means of: %(names)s"), _("not by means of: %(names)s")),
            "tactic": (_("done by: %(names)s"), _("not done by: %(names)s")),
            "campaign": (_("part of %(names)s"), _("not part of %(names)s")),
            "attribution": (_("with attribution %(names)s"), _("without attribution %(names)s")),
            "precision": (
                _("with precision of the date: %(names)s"),
                _("with precision of the date other than: %(names)s"),
            ),
        },
        asked,
    )


def _deaths(asked: dict[str, Any]) -> str:
    least, most = asked.get("killed_min"), asked.get("killed_max")
    numbers = {
        "least": number_format(least, force_grouping=True) if least is not None else "",
        "most": number_format(most, force_grouping=True) if most is not None else "",
    }
    if most == 0:
        return _("in which nobody was killed")
    if most is None:
        text = ngettext(
            "with at least %(least)s person killed",
            "with at least %(least)s people killed",
            least or 0,
        )
        return text % numbers if least is not None else ""
    if least is None:
        text = ngettext(
            "with at most %(most)s person killed", "with at most %(most)s people killed", most
        )
    elif least == most:
        text = ngettext(
            "with exactly %(most)s person killed", "with exactly %(most)s people killed", most
        )
    else:
        text = _("with %(least)s to %(most)s people killed")
    return text % numbers


def _circle(asked: dict[str, Any]) -> list[str]:
    found = []
    if "near" in asked:
        latitude, longitude, km = asked["near"]
        found.append(
            _("within %(km)s km of %(latitude)s, %(longitude)s")
            % {"km": f"{km:g}", "latitude": f"{latitude:g}", "longitude": f"{longitude:g}"}
        )
    if "bbox" in asked:
        box = ", ".join(f"{side:g}" for side in asked["bbox"])
        found.append(_("within the box %(box)s (west, south, east, north)") % {"box": box})
    return found


def _record(asked: dict[str, Any]) -> list[str]:
    found = []
    if "q" in asked:
        found.append(_("containing “%(words)s”") % {"words": asked["q"]})
    sets = (_("from the data set %(names)s"), _("not from the data set %(names)s"))
    found += _phrased({"dataset": sets}, asked)
    if "as_of" in asked:
        moment: dt.datetime = asked["as_of"]
        whole_day = moment.time() == dt.time.max
        when = prose.day(moment) if whole_day else prose.moment(moment)
        found.append(_("as of %(moment)s") % {"moment": when})
    return found
