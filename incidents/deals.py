"""Ransoms and talks about hostages in words, as the record tells them.

A payment is somebody's report before it is a fact: status, every source's own figure and the
official word stand beside the amount (domain reference B3.16, D2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents import words
from incidents.models import Negotiation, NegotiationTerm, RansomPayment

Payload = Mapping[str, Any]
MILLION = 1_000_000
AMOUNTS = ("amount_low", "amount_best", "amount_high")


@dataclass(frozen=True)
class Said:
    """One figure, and every source that gives it."""

    amount: str
    sources: list[Payload]


@dataclass(frozen=True)
class Ransom:
    """A payment as its section tells it; `facts` are labels with their texts."""

    amount: str
    status: str
    facts: list[tuple[str, str]]
    said: list[Said]
    agreement: str
    # Documents that tell of the payment and give no figure.
    others: list[Payload]


@dataclass(frozen=True)
class Talks:
    status: str
    between: str
    facts: list[tuple[str, str]]
    sources: list[Payload]


def ransoms(payload: Payload) -> list[Ransom]:
    """The payments of an incident; none of one that is withheld, its payload holds none."""
    return [_ransom(row) for row in payload.get("ransoms") or ()]


def talks(payload: Payload) -> list[Talks]:
    """The talks about the people taken in an incident."""
    return [
        Talks(
            status(Negotiation.Status, row["status"]),
            between(row),
            talks_facts(row),
            list(row["sources"]),
        )
        for row in payload.get("hostage_talks") or ()
    ]


def _ransom(row: Payload) -> Ransom:
    figures = row["figures"]
    giving = {figure["source"] for figure in figures}
    return Ransom(
        amount=amount(row, row["currency"]),
        status=ransom_status(row),
        facts=ransom_facts(row),
        said=by_figure(row),
        agreement=agreement(figures),
        others=[source for source in row["sources"] if source["slug"] not in giving],
    )


def amount(figure: Payload, currency: str) -> str:
    """ "50 to 70 million USD", "300,000 EUR"; "not known" without a number."""
    numbers = words.triple(figure)
    known = [number for number in numbers if number is not None]
    if not known:
        return _("not known")
    if all(number >= MILLION and number % (MILLION / 10) == 0 for number in known):
        most = int(max(known) / MILLION)
        return ngettext(
            "%(number)s million %(currency)s", "%(number)s million %(currency)s", most
        ) % {
            "number": _span(*(None if n is None else n / MILLION for n in numbers)),
            "currency": currency,
        }
    return f"{_span(*numbers)} {currency}"


def _span(low: float | None, best: float | None, high: float | None) -> str:
    """As `prose.span`, of amounts, which need not be whole."""
    floor = best if low is None else low
    if floor is None:
        return _("up to %(high)s") % {"high": _number(high)}
    if high is None:
        if low is None:
            return _number(best)
        return _("at least %(low)s") % {"low": _number(low)}
    if floor == high:
        return _number(high)
    return _("%(low)s to %(high)s") % {"low": _number(floor), "high": _number(high)}


def _number(value: float | None) -> str:
    if value is None:
        return _("not known")
    whole = int(value) if value == int(value) else value
    return number_format(whole, use_l10n=True, force_grouping=True)


def best_amount(row: Payload) -> str:
    """The best estimate, where it says more than the range; else empty."""
    low, best, high = words.triple(row)
    if best is None or (low is None and high is None) or low == high:
        return ""
    return amount({"best": best}, row["currency"])


def status(vocabulary: Any, value: str) -> str:
    """The label of a status or kind; the value itself where it is no longer known."""
    return str(vocabulary(value).label) if value in vocabulary.values else value


def ransom_status(row: Payload) -> str:
    """Whether a payment is a report, a fact or denied, and by whom."""
    if row["denied_by"]:
        return (
            _("%(status)s; denied by %(who)s")
            % {
                "status": status(RansomPayment.Status, row["status"]),
                "who": row["denied_by"],
            }
            if row["status"] != "denied"
            else _("denied by %(who)s") % {"who": row["denied_by"]}
        )
    if row["status"] == "reported":
        return _("reported, not confirmed")
    return status(RansomPayment.Status, row["status"])


def when(period: Payload) -> str:
    """ "October 2025 (exact day not known)", "30 October 2025", "not known"."""
    start, end, precision = period["start"], period["end"], period["precision"]
    if precision == "day":
        return prose.days(start or end, end or start)
    ends = [prose.partial(day, precision) for day in (start, end) if day]
    if not ends or precision == "unknown":
        return _("not known")
    said = " – ".join(dict.fromkeys(ends))
    return _("%(period)s (exact day not known)") % {"period": said}


def comment(row: Payload) -> str:
    """What officials said, or that nothing of the kind is recorded."""
    return row["official_comment"] or _("no official comment recorded")


def _for_whom(row: Payload) -> str:
    number, more = row["hostages"], row["also_released"]
    told = []
    if number is not None:
        told.append(
            ngettext("%(number)s hostage", "%(number)s hostages", number)
            % {"number": prose.count(number)}
        )
    if more:
        told.append(
            ngettext(
                "%(number)s more person released as well",
                "%(number)s more people released as well",
                more,
            )
            % {"number": prose.count(more)}
        )
    return prose.listed(told)


def ransom_facts(row: Payload) -> list[tuple[str, str]]:
    """Labels and texts of everything but amount, figures and sources; blanks are left out."""
    facts = [
        (_("Best estimate"), best_amount(row)),
        (_("Paid by"), row["payer"]),
        (_("Paid to"), row["payee_name"]),
        (_("Paid on"), when(row["paid_on"])),
        (_("Paid for"), _for_whom(row)),
        (_("Given besides"), row["other_consideration"]),
        (_("Official word"), comment(row)),
    ]
    return [(label, text) for label, text in facts if text]


def by_figure(row: Payload) -> list[Said]:
    """Sources side by side: those that give the same figure together, in the order of the desk."""
    groups: dict[tuple[Any, ...], list[Payload]] = {}
    for figure in row["figures"]:
        groups.setdefault(words.triple(figure), []).append(figure)
    return [Said(amount(same[0], row["currency"]), same) for same in groups.values()]


def agreement(figures: Sequence[Payload]) -> str:
    """Whether sources agree: "The sources disagree: two figures from three sources." """
    sources = {figure["source"] for figure in figures}
    different = {words.triple(figure) for figure in figures}
    if len(sources) < 2:
        return ""
    said = {"figures": prose.spelled(len(different)), "sources": prose.spelled(len(sources))}
    if len(different) == 1:
        return str(capfirst(_("%(sources)s sources give the same figure.") % said))
    return _("The sources disagree: %(figures)s different figures from %(sources)s sources.") % said


def between(row: Payload) -> str:
    """ "Jama'at …, United Arab Emirates (reported)": the sides of the talks."""
    sides = [party["name"] for party in row["parties"]]
    return " – ".join([*sides, *filter(None, [row["counterparty"]])]) or _("not known")


def talks_facts(row: Payload) -> list[tuple[str, str]]:
    """Labels and texts of talks; blanks are left out."""
    terms = ", ".join(status(NegotiationTerm.Kind, term) for term in row["terms"])
    facts = [
        (_("When"), when(row["date"])),
        (_("Facilitated by"), row["facilitator"]),
        (_("Terms"), terms),
    ]
    return [(label, text) for label, text in facts if text]


def in_line(path: str, row: Payload) -> str:
    """A payment or talks as one line that says all of it, for lists of what changed."""
    if path == "ransoms":
        parts = [amount(row, row["currency"]), ransom_status(row)]
        parts += [prose.labelled(label, text) for label, text in ransom_facts(row)]
        for said in by_figure(row):
            parts += [
                prose.labelled(name_of(one), f"{said.amount} {one['note']}".strip())
                for one in said.sources
            ]
    else:
        parts = [between(row), status(Negotiation.Status, row["status"])]
        parts += [prose.labelled(label, text) for label, text in talks_facts(row)]
    named = [f"{name_of(one)} [{one['grade']}]" for one in row["sources"]]
    return prose.listed([*parts, *named])


def at_desk(row: Payload) -> str:
    """A ransom or talks of the desk's document as one line; a source's figure likewise."""
    told = []
    for name, value in row.items():
        if name == "figures":
            told += [at_desk(figure) for figure in value]
        elif isinstance(value, list):
            told.append(", ".join(value))
        elif name in ("low", "best", "high", *AMOUNTS) and value is not None:
            told.append(_number(value))
        elif value not in ("", None) and name != "id":
            told.append(str(value))
    return prose.listed(told)


def name_of(source: Payload) -> str:
    """The publisher of a document, or its title; a protected one has neither."""
    return (
        source["publisher"]
        or source.get("source_title")
        or source.get("title")
        or _("anonymous source")
    )


def sentence(payload: Payload) -> str:
    """What the story at a glance says of ransoms; empty where there is none."""
    told = []
    for row in payload.get("ransoms") or ():
        said = {"amount": amount(row, row["currency"]), "payer": row["payer"]}
        if row["status"] == "denied":
            text = _("A ransom of %(amount)s is reported and denied.") % said
        elif row["status"] == "confirmed":
            text = _("A ransom of %(amount)s was paid by %(payer)s.") % said
        else:
            text = _("A ransom of %(amount)s by %(payer)s is reported, not confirmed.") % said
        told.append(text)
    return " ".join(told)
