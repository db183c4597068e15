"""What a ransom and talks must say to be stored, and what review will want of them (B3.16)."""

import re

from django.utils.translation import gettext as _

from core.parameters import shown
from incidents.drafting.deal_parts import DraftRansom
from incidents.drafting.deals import AMOUNTS, NUMBERS, days_of
from incidents.drafting.draft import Draft
from incidents.drafting.findings import Findings, days, triple
from incidents.drafting.names import Names, refs, rows_of
from incidents.models import NegotiationTerm, RansomPayment

CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
MOST_FIGURES = 6
# What the columns hold: sixteen digits, two of them behind the point.
MOST = 99_999_999_999_999


def check(found: Findings, draft: Draft, names: Names) -> None:
    """Note what is wrong with ransoms and talks, and that both need a hostage case."""
    for path, row in rows_of(draft, "ransoms"):
        _ransom(found, path, row, names)
        _figures(found, path, row, draft)
    for path, row in rows_of(draft, "talks"):
        found.known(f"{path}.party", row.party, names.actors, _("actor"))
        if not (row.party or row.counterparty.strip()):
            found.block(f"{path}.party", _("Say who talked: a group, or the other side."))
        _when(found, path, ("held_on", row.held_on), ("held_until", row.held_until))
        unknown = [term for term in row.terms if term not in NegotiationTerm.Kind.values]
        if unknown:
            said = {"value": shown(unknown[0]), "words": ", ".join(NegotiationTerm.Kind.values)}
            remedy = _("%(value)s is not known. Write one of: %(words)s.")
            found.block(f"{path}.terms", remedy % said)
        for ref in row.citations:
            _source(found, f"{path}.citations", ref, draft)
        if not row.citations:
            found.want(f"{path}.citations", _("Say which source tells of these talks."))
    if (draft.ransoms or draft.talks) and draft.hostages is None:
        remedy = _("Say what became of the people: a ransom or talks belong to a hostage case.")
        found.want("hostages", remedy)


def _ransom(found: Findings, path: str, row: DraftRansom, names: Names) -> None:
    if not row.payer.strip():
        found.block(f"{path}.payer", _("Say who is said to have paid; “unknown” is an answer."))
    if not row.payee:
        found.block(f"{path}.payee", _("Say which group is said to have been paid."))
    found.known(f"{path}.payee", row.payee, names.actors, _("actor"))
    found.known(f"{path}.payer_country", row.payer_country, names.countries, _("country"))
    if not CURRENCY.fullmatch(row.currency):
        remedy = _("%(value)s is no currency: write its three letters, such as USD (ISO 4217).")
        found.block(f"{path}.currency", remedy % {"value": shown(row.currency)})
    _amounts(found, path, AMOUNTS, [getattr(row, name) for name in AMOUNTS])
    _when(found, path, ("paid_on", row.paid_on), ("paid_until", row.paid_until))
    if row.status == RansomPayment.Status.DENIED and not row.denied_by.strip():
        found.want(f"{path}.denied_by", _("Say who denies it."))


def _amounts(found: Findings, path: str, names: tuple[str, ...], numbers: list[int | None]) -> None:
    for name, number in zip(names, numbers, strict=True):
        if number is not None and not 0 <= number <= MOST:
            remedy = _("%(value)s is not an amount: write a whole number from 0 to %(most)s.")
            found.block(f"{path}.{name}", remedy % {"value": number, "most": MOST})
    if wrong := triple(*numbers):
        found.block(f"{path}.{names[1]}", wrong)


def _figures(found: Findings, path: str, row: DraftRansom, draft: Draft) -> None:
    if len(row.figures) > MOST_FIGURES:
        found.block(f"{path}.figures", _("Too many: at most %(n)s.") % {"n": MOST_FIGURES})
    if not row.figures:
        found.want(f"{path}.figures", _("Say which source tells of this ransom."))
    for number, figure in enumerate(row.figures):
        where = f"{path}.figures.{number}"
        found.row(where, figure, RansomPayment)
        _amounts(found, where, NUMBERS, [getattr(figure, name) for name in NUMBERS])
        if not figure.citation:
            found.block(f"{where}.citation", _("Say which source gives this figure."))
        _source(found, f"{where}.citation", figure.citation, draft)
        if figure.citation in [other.citation for other in row.figures[:number]]:
            found.block(f"{where}.citation", _("This is entered twice. Remove one of the two."))


def _source(found: Findings, path: str, ref: str, draft: Draft) -> None:
    known = refs(draft)
    if ref and ref not in known:
        said = {"ref": shown(ref), "refs": ", ".join(known) or "–"}
        remedy = _("%(ref)s is not among the citations of this incident: %(refs)s.")
        found.block(path, remedy % said)


def _when(found: Findings, path: str, start: tuple[str, str], end: tuple[str, str]) -> None:
    for name, text in (start, end):
        try:
            days_of(text, "")
        except ValueError as error:
            found.block(f"{path}.{name}", str(error))
            return
    first, last, _precision = days_of(start[1], end[1])
    if wrong := days(first, last):
        found.block(f"{path}.{end[0]}", wrong)
