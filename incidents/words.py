"""Harm, place and attribution in words, in the reader's language (domain reference D1)."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import choices as shared
from core import prose
from incidents import choices
from incidents.rollups import HarmSum
from regions.choices import AuRegion
from sources.choices import Seen, SourceKind

VOCABULARIES: dict[str, type[models.TextChoices]] = {
    "attribution": choices.Attribution,
    "campaign_kind": choices.CampaignKind,
    "channel": choices.ClaimChannel,
    "checked": shared.Checked,
    "claim": choices.ClaimStatus,
    "clarity": choices.Clarity,
    "comparator": shared.Comparator,
    "confidence": shared.Confidence,
    "authenticity": choices.Authenticity,
    "dataset": choices.Dataset,
    "date_precision": shared.DatePrecision,
    "disclosure": choices.Disclosure,
    "geo_precision": choices.GeoPrecision,
    "group": choices.TypeGroup,
    "harm": choices.Harm,
    "link": choices.LinkRelation,
    "measure": choices.Measure,
    "outcome": choices.Outcome,
    "population": choices.Population,
    "reason": choices.WithdrawalReason,
    "region": AuRegion,
    "role": choices.Role,
    "scope": choices.Scope,
    "sensitivity": choices.Sensitivity,
    "seen": Seen,
    "source_kind": SourceKind,
    "status": choices.Status,
    "tactic": choices.Tactic,
    "target": choices.TargetType,
    "tie": choices.TieReason,
    "weapon": choices.Weapon,
}


def in_words(value: str | None, vocabulary: str) -> str:
    """The label of a stored value; the value itself where a newer version no longer knows it."""
    if not value:
        return ""
    known = VOCABULARIES[vocabulary]
    return str(known(value).label) if value in known.values else value


def in_reader_language(thing: Mapping[str, Any], field: str) -> str:
    """A text of the public JSON that may have a French twin: `label` or `label_fr`."""
    french = (get_language() or "").startswith("fr")
    return str((french and thing.get(f"{field}_fr")) or thing.get(field) or "")


def title(title: str, payload: Mapping[str, Any]) -> str:
    """The title of an incident; of a withheld one it is made anew in the reader's language."""
    if not payload.get("is_withheld"):
        return title
    parts = (
        in_reader_language(payload["type"], "label"),
        in_reader_language(payload["location"], "country_name"),
        prose.month(payload["date"]["start"]),
    )
    return ", ".join(parts)


def triple(harm: Mapping[str, Any]) -> tuple[int | None, int | None, int | None]:
    return harm.get("low"), harm.get("best"), harm.get("high")


def is_known(harm: Mapping[str, Any]) -> bool:
    return any(number is not None for number in triple(harm))


def harmed(kind: str, harm: Mapping[str, Any]) -> str:
    """ "67 killed", "49 to 154 wounded", "at least 5 abducted"; "not known" without figures."""
    numbers = triple(harm)
    text = prose.span(*numbers)
    if not is_known(harm):
        return text
    most = max(number for number in numbers if number is not None)
    phrases = {
        "killed": ngettext("%(number)s killed", "%(number)s killed", most),
        "wounded": ngettext("%(number)s wounded", "%(number)s wounded", most),
        "abducted": ngettext("%(number)s abducted", "%(number)s abducted", most),
        "displaced": ngettext("%(number)s displaced", "%(number)s displaced", most),
        "attackers_killed": ngettext(
            "%(number)s attacker killed", "%(number)s attackers killed", most
        ),
    }
    return phrases[kind] % {"number": text}


def figure(estimate: Mapping[str, Any]) -> str:
    """An estimate as its source gave it: "over 300,000", "49 to 154", "hundreds"."""
    numbers = triple(estimate)
    comparator = estimate.get("comparator") or "exact"
    if not is_known(estimate):
        return str(estimate.get("as_reported") or "") or in_words(comparator, "comparator")
    floor = next(number for number in numbers if number is not None)
    if comparator in ("dozens", "hundreds"):
        return _("%(word)s (at least %(number)s)") % {
            "word": in_words(comparator, "comparator"),
            "number": prose.count(floor),
        }
    if comparator in ("over", "about", "at_most"):
        number = numbers[2] if comparator == "at_most" and numbers[2] is not None else floor
        ranged = prose.span(*numbers) if None not in numbers and len(set(numbers)) > 1 else ""
        return f"{in_words(comparator, 'comparator')} {ranged or prose.count(number)}"
    return prose.span(*numbers)


def labelled(label: object, value: object) -> str:
    """A label and what it says, with the colon of the reader's language."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def summed(harm: HarmSum, incidents: int) -> str:
    """A sum in words; "not known" where no incident gives a figure."""
    if incidents and harm.missing >= incidents:
        return _("not known")
    return prose.span(harm.low, harm.best, harm.high)


def sum_notes(harm: HarmSum, incidents: int) -> list[str]:
    """What a sum leaves out or leans on, each in a short phrase."""
    if incidents and harm.missing >= incidents:
        return []
    notes = []
    if harm.best != harm.low or (harm.high is not None and harm.high != harm.best):
        text = _("best estimate at least %(n)s") if harm.is_minimum else _("best estimate %(n)s")
        notes.append(text % {"n": prose.count(harm.best)})
    if harm.missing:
        text = ngettext(
            "%(n)s incident gives no figure", "%(n)s incidents give no figure", harm.missing
        )
        notes.append(text % {"n": prose.count(harm.missing)})
    return notes


def where(location: Mapping[str, Any], country: str) -> str:
    """ "Kati, Koulikoro, Mali": as fine as may be shown, each name once."""
    return ", ".join(where_parts(location, country))


def where_parts(location: Mapping[str, Any], country: str) -> list[str]:
    """Place, area and country, without a name that an earlier one contains."""
    kept: list[str] = []
    for part in (location.get("name"), location.get("area_name"), country):
        if part and not any(part in earlier for earlier in kept):
            kept.append(str(part))
    return kept


def how_surely_placed(location: Mapping[str, Any]) -> str:
    """What the shown precision of a place means, as a sentence."""
    precision = location.get("precision") or "country"
    if precision == "near" and location.get("radius_km"):
        return _("The place is known to within about %(km)s km.") % {"km": location["radius_km"]}
    sentences = {
        "exact": _("The exact place is known."),
        "near": _("The place is known to within about 25 km."),
        "admin2": _("Only the second-level area is known or shown."),
        "admin1": _("Only the first-level area is known or shown."),
        "linear": _("Somewhere along a road, a river or a border."),
        "country": _("Only the country is known or shown."),
        "sea_air": _("At sea or in the air."),
    }
    text = sentences[precision]
    is_point = precision in ("exact", "near", "linear") and location.get("latitude") is not None
    if location.get("is_approximate") and is_point:
        text = f"{text} " + _("The point on the map is representative, not surveyed.")
    return text
