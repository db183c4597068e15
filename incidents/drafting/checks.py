"""What a draft must say to be stored, and what review will want of it (B3.10-13, B5)."""

import datetime as dt
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import User
from core.choices import MAX_WIDTH_DAYS, DatePrecision
from incidents.access import outside_scope
from incidents.drafting import deal_checks, evidence
from incidents.drafting.dates import claimed, with_dates
from incidents.drafting.draft import Draft, DraftHarm, DraftLocation
from incidents.drafting.findings import Findings, days, triple
from incidents.drafting.names import Names, look_up, rows_of
from incidents.models import (
    CampaignIncident,
    ClaimOfResponsibility,
    HarmEstimate,
    HostageCase,
    Incident,
    IncidentLink,
    IncidentLocation,
    Negotiation,
    Participation,
    RansomPayment,
)
from sources.models import Citation

MODELS = {
    "locations": IncidentLocation,
    "parties": Participation,
    "claims": ClaimOfResponsibility,
    "harm": HarmEstimate,
    "citations": Citation,
    "ties": CampaignIncident,
    "links": IncidentLink,
    "ransoms": RansomPayment,
    "talks": Negotiation,
}
MOST_PARTS = 200
OPEN_CASES = (HostageCase.Status.HELD, HostageCase.Status.UNKNOWN)


def problems(draft: Draft, *, by: User | None = None) -> dict[str, str]:
    """Everything that review will want, by field path; empty: the draft can be submitted."""
    return findings(draft, look_up(draft, by), by=by).all


def blockers(draft: Draft, *, by: User | None = None) -> dict[str, str]:
    """What cannot even be saved, by field path; the least is a title, type, country and date."""
    return findings(draft, look_up(draft, by), by=by).blockers


def findings(draft: Draft, names: Names, *, by: User | None = None) -> Findings:
    """Every finding about the draft, whose names stand for `names`."""
    found = Findings()
    found.row("", draft, Incident)
    for part, model in MODELS.items():
        if len(getattr(draft, part)) > MOST_PARTS:
            found.block(part, _("Too many: at most %(n)s.") % {"n": MOST_PARTS})
        for path, row in rows_of(draft, part):
            found.row(path, row, model)
    _basics(found, draft, names, by)
    _when(found, draft)
    _where(found, draft, names)
    _who(found, draft, names)
    _harm(found, draft)
    _hostages(found, draft, names)
    _ties(found, draft, names)
    deal_checks.check(found, draft, names)
    evidence.check(found, draft, names)
    return found


def _basics(found: Findings, draft: Draft, names: Names, by: User | None) -> None:
    if not draft.title.strip():
        found.block("title", _("The title is missing. Write place and act: “Attack at Kati”."))
    if not draft.type:
        found.block("type", _("The type is missing. Choose what happened."))
    if not draft.country:
        found.block("country", _("The country is missing. Choose where it happened."))
    found.known("type", draft.type, names.types, _("type"))
    for number, code in enumerate(draft.secondary_types):
        found.known(f"secondary_types.{number}", code, names.types, _("type"))
    if len(draft.secondary_types) > 2:
        found.block("secondary_types", _("Too many: at most %(n)s.") % {"n": 2})
    for number, slug in enumerate(draft.missions):
        found.known(f"missions.{number}", slug, names.missions, _("mission"))
    if not found.known("country", draft.country, names.countries, _("country")):
        return
    if by is not None and not permissions.may_edit(by, draft.country):
        found.block("country", outside_scope(by, draft.country))


def _when(found: Findings, draft: Draft) -> None:
    if draft.date_start is None:
        found.block(
            "date_start", _("The date is missing. Write the day, or the first possible one.")
        )
        return
    draft = with_dates(draft)
    start, end = draft.date_start, draft.date_end
    if start is None or end is None:
        return
    if wrong := days(start, end):
        found.block("date_end", wrong)
    if start > dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1):
        found.block("date_start", _("%(day)s lies in the future.") % {"day": start})
    if draft.date_precision not in DatePrecision.values or draft.is_multiday:
        return
    precision = DatePrecision(draft.date_precision)
    if (end - start).days > MAX_WIDTH_DAYS[precision]:
        remedy = _(
            "%(start)s to %(end)s is wider than “%(precision)s”. Choose a coarser precision, or "
            "say that the incident lasted all these days."
        )
        said = {"start": start, "end": end, "precision": precision.label}
        found.block("date_precision", remedy % said)


def _where(found: Findings, draft: Draft, names: Names) -> None:
    primary = [row for row in draft.locations if row.is_primary]
    if len(primary) > 1:
        found.block("locations", _("Only one place is the primary one."))
    if not primary:
        found.want("locations", _("Say where it happened: a primary place is missing."))
    for path, row in rows_of(draft, "locations"):
        _place(found, path, row, draft, names)


def _place(found: Findings, path: str, row: DraftLocation, draft: Draft, names: Names) -> None:
    if not row.precision:
        found.block(f"{path}.precision", _("Say how surely the place is known."))
    found.known(f"{path}.place", row.place, names.places, _("place"))
    for level, name in ((1, "admin1"), (2, "admin2")):
        slug = getattr(row, name)
        if not found.known(f"{path}.{name}", slug, names.areas, _("area")):
            continue
        area = names.areas[slug]
        if area.level != level:
            found.block(
                f"{path}.{name}",
                _("%(name)s is an area of level %(level)s.")
                % {"name": area.name, "level": area.level},
            )
        elif row.is_primary and draft.country and area.country.iso3 != draft.country:
            said = {"name": area.name, "there": area.country.iso3, "country": draft.country}
            found.block(f"{path}.{name}", _("%(name)s is in %(there)s, not %(country)s.") % said)
    if row.is_primary and row.place in names.places:
        place = names.places[row.place]
        if draft.country and place.country.iso3 != draft.country:
            said = {"name": place.name, "there": place.country.iso3, "country": draft.country}
            found.block(f"{path}.place", _("%(name)s is in %(there)s, not %(country)s.") % said)
    _point(found, path, row)


def _point(found: Findings, path: str, row: DraftLocation) -> None:
    if (row.latitude is None) != (row.longitude is None):
        missing = "latitude" if row.latitude is None else "longitude"
        found.block(f"{path}.{missing}", _("A point has a latitude and a longitude, or neither."))
    for name, most in (("latitude", 90), ("longitude", 180)):
        value = getattr(row, name)
        if value is not None and not -most <= value <= most:
            said = {"value": value, "most": most}
            found.block(f"{path}.{name}", _("%(value)s is not within ±%(most)s degrees.") % said)


def _who(found: Findings, draft: Draft, names: Names) -> None:
    for path, party in rows_of(draft, "parties"):
        if bool(party.actor) == bool(party.actor_text.strip()):
            remedy = _("Choose a known actor, or describe an unnamed party in words; not both.")
            found.block(f"{path}.actor", remedy)
        found.known(f"{path}.actor", party.actor, names.actors, _("actor"))
    _once(found, draft, "parties", lambda party: party.actor and (party.actor, party.role))
    for path, claim in rows_of(draft, "claims"):
        if not claim.claimant:
            found.block(f"{path}.claimant", _("Say which group claims it."))
        found.known(f"{path}.claimant", claim.claimant, names.actors, _("actor"))
        try:
            claimed(claim.claimed_on)
        except ValueError as error:
            found.block(f"{path}.claimed_on", str(error))
    _once(found, draft, "claims", lambda claim: (claim.claimant, claim.claimed_on))


def _once(found: Findings, draft: Draft, part: str, key: Any) -> None:
    """Note rows that say the same as an earlier one."""
    seen: set[Any] = set()
    for path, row in rows_of(draft, part):
        value = key(row)
        if value and value in seen:
            found.block(path, _("This is entered twice. Remove one of the two."))
        seen.add(value)


def _harm(found: Findings, draft: Draft) -> None:
    for path, row in rows_of(draft, "harm"):
        if wrong := triple(row.low, row.best, row.high):
            found.block(f"{path}.best", wrong)
        if (row.low, row.best, row.high) == (None, None, None) and not row.comparator:
            found.block(path, _("Write a figure, or a word such as “dozens”."))
        if row.is_preferred and row.is_self_interested:
            remedy = _("A side's word on its own doings or on its enemy cannot be preferred.")
            found.block(f"{path}.is_preferred", remedy)
    preferred = Counter(_measured(row) for row in draft.harm if row.is_preferred)
    rivals = Counter(_measured(row) for row in draft.harm if not row.is_self_interested)
    for path, row in rows_of(draft, "harm"):
        if preferred[_measured(row)] > 1 and row.is_preferred:
            found.block(f"{path}.is_preferred", _("Only one figure of a kind can be preferred."))
        elif rivals[_measured(row)] > 1 and not preferred[_measured(row)]:
            found.want(f"{path}.is_preferred", _("Sources differ: say which figure is preferred."))


def _measured(row: DraftHarm) -> tuple[str, str, str]:
    """What two figures must share to be rivals."""
    return row.harm, row.population, row.measure


def _hostages(found: Findings, draft: Draft, names: Names) -> None:
    case = draft.hostages
    if case is None:
        taken = any(
            row.harm == "abducted" and (row.best or row.low or row.high) for row in draft.harm
        )
        type_ = names.types.get(draft.type)
        if taken or (type_ is not None and type_.group == "hostage"):
            found.want("hostages", _("Say whether the people who were taken are still held."))
        return
    found.row("hostages", case, HostageCase)
    if wrong := days(case.starts_on, case.ends_on):
        found.block("hostages.ends_on", wrong)
    if case.status in OPEN_CASES and case.publish_policy != HostageCase.Policy.WITHHOLD:
        remedy = _("While people may be held, only country and month are shown: withhold it.")
        found.block("hostages.publish_policy", remedy)


def _ties(found: Findings, draft: Draft, names: Names) -> None:
    for path, tie in rows_of(draft, "ties"):
        if not tie.campaign:
            found.block(f"{path}.campaign", _("Choose the campaign."))
        found.known(f"{path}.campaign", tie.campaign, names.campaigns, _("campaign"))
    for path, link in rows_of(draft, "links"):
        if not link.relation:
            found.block(f"{path}.relation", _("Say how the two incidents belong together."))
        if not link.target:
            found.block(f"{path}.target", _("Choose the other incident."))
        found.known(f"{path}.target", link.target, names.incidents, _("incident"))
    _once(found, draft, "ties", lambda tie: tie.campaign)
    _once(found, draft, "links", lambda link: (link.target, link.relation))
