"""Ransoms and talks of an incident: from rows to a document, and back.

Their sources are documents that the incident cites: each is cited for the payment or the talks too,
with the grade that it has there. Talks about several incidents belong to none of them and stay as
they are.
"""

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core.ids import new_public_id
from incidents.drafting import parts
from incidents.drafting.dates import claimed, claimed_text, span
from incidents.drafting.deal_parts import DraftRansom, DraftRansomFigure, DraftTalks
from incidents.drafting.draft import Draft
from incidents.drafting.names import Names, rows_of
from incidents.drafting.parts import Matched, Wanted
from incidents.models import Incident, Negotiation, NegotiationTerm, RansomPayment
from sources.models import Citation

PLAIN = (
    "payer", "currency", "amount_low", "amount_best", "amount_high", "hostages", "also_released",
    "other_consideration", "status", "denied_by", "official_comment", "confidence", "note",
)  # fmt: skip
AMOUNTS = ("amount_low", "amount_best", "amount_high")
NUMBERS = ("low", "best", "high")
Refs = dict[int | None, str]
Cited = dict[str, Citation]


def own_talks(incident: Incident) -> "QuerySet[Negotiation]":
    """Talks about the hostages of this incident alone."""
    alone = Negotiation.objects.annotate(about=Count("incidents")).filter(about=1)
    return alone.filter(incidents=incident, kind=Negotiation.Kind.HOSTAGE)


def days_of(start: str, end: str) -> tuple[dt.date | None, dt.date | None, str]:
    """First and last possible day and precision of two partial dates. Raises ValueError."""
    first, precision = claimed(start)
    if not end:
        return first, span(first, precision)[1] if first else None, precision
    last, last_precision = claimed(end)
    if last is not None:
        last = span(last, last_precision)[1]
    return first, last, precision if first else last_precision


def texts_of(first: dt.date | None, last: dt.date | None, precision: str) -> tuple[str, str]:
    """Stored days as `days_of` reads them."""
    start = claimed_text(first, precision)
    if last is None or (first is not None and last == span(first, precision)[1]):
        return start, ""
    return start, last.isoformat()


def _refs_by_document(incident: Incident, refs: Refs) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in incident.citations.select_related("document").order_by("pk"):
        found.setdefault(row.document.slug, refs[row.pk])
    return found


def _documents(target: RansomPayment | Negotiation) -> list[str]:
    cited = target.citations.order_by("pk").values_list("document__slug", flat=True)
    return list(dict.fromkeys(cited))


def read_ransoms(incident: Incident, refs: Refs) -> tuple[DraftRansom, ...]:
    rows = incident.ransoms.select_related("payer_country", "payee").order_by("pk")
    by_document = _refs_by_document(incident, refs)
    return tuple(_ransom(row, by_document) for row in rows)


def _ransom(row: RansomPayment, refs: dict[str, str]) -> DraftRansom:
    plain: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    for name in AMOUNTS:
        plain[name] = None if plain[name] is None else int(plain[name])
    giving = {figure["source"] for figure in row.figures}
    figures = [
        DraftRansomFigure(
            citation=refs.get(figure["source"], ""),
            note=figure.get("note", ""),
            **{name: figure.get(name) for name in NUMBERS},
        )
        for figure in row.figures
    ]
    silent = [slug for slug in _documents(row) if slug not in giving and slug in refs]
    figures += [DraftRansomFigure(citation=refs[slug]) for slug in silent]
    paid_on, paid_until = texts_of(row.paid_from, row.paid_to, row.paid_precision)
    return DraftRansom(
        id=str(row.uuid),
        payer_country=row.payer_country.iso3 if row.payer_country else "",
        payee=row.payee.slug,
        paid_on=paid_on,
        paid_until=paid_until,
        figures=tuple(figures),
        **plain,
    )


def read_talks(incident: Incident, refs: Refs) -> tuple[DraftTalks, ...]:
    by_document = _refs_by_document(incident, refs)
    return tuple(_talks(row, by_document) for row in own_talks(incident).order_by("pk"))


def _talks(row: Negotiation, refs: dict[str, str]) -> DraftTalks:
    held_on, held_until = texts_of(row.starts_on, row.ends_on, row.date_precision)
    first = row.parties.order_by("slug").first()
    return DraftTalks(
        id=str(row.uuid),
        party=first.slug if first else "",
        counterparty=row.counterparty,
        facilitator=row.facilitator,
        held_on=held_on,
        held_until=held_until,
        status=row.status,
        terms=tuple(row.terms.order_by("kind").values_list("kind", flat=True)),
        citations=tuple(refs[slug] for slug in _documents(row) if slug in refs),
        note=row.note,
    )


def write(incident: Incident, draft: Draft, names: Names, cited: Cited, *, by: User) -> None:
    """Bring ransoms and talks to what the draft says. Raises DraftRefused for an unknown `id`."""
    unknown = _("This part does not belong to the incident any more. Leave out its id to add it.")
    ransoms = [
        Wanted(path, row.id, _paid(incident, row, names, cited))
        for path, row in rows_of(draft, "ransoms")
    ]
    key = ("payer", "payee", "currency", *AMOUNTS)
    found = parts.match(incident.ransoms.all(), ransoms, key, unknown)
    by_path = dict(rows_of(draft, "ransoms"))
    for row, part in _rows(RansomPayment, found, "ransom", by):
        _cite(row, [figure.citation for figure in by_path[part.path].figures], cited, by)
    talks = [Wanted(path, row.id, _held(row)) for path, row in rows_of(draft, "talks")]
    found = parts.match(own_talks(incident), talks, ("counterparty", "starts_on"), unknown)
    said = dict(rows_of(draft, "talks"))
    for row, part in _rows(Negotiation, found, "talks", by):
        _complete(row, said[part.path], incident, names)
        _cite(row, list(said[part.path].citations), cited, by)


def _rows(model: Any, found: Matched, word: str, by: User) -> list[tuple[Any, Wanted]]:
    """The rows after the change, each with the part that it says."""
    parts.write(model, Matched(found.kept, [], found.gone))
    made = []
    for part in found.new:
        slug = f"{word}-{new_public_id().lower()}"
        made.append((model.objects.create(slug=slug, created_by=by, **part.values), part))
    return [*found.kept, *made]


def _paid(incident: Incident, row: DraftRansom, names: Names, cited: Cited) -> dict[str, Any]:
    first, last, precision = days_of(row.paid_on, row.paid_until)
    return {
        "incident": incident,
        "payer_country": names.countries.get(row.payer_country),
        "payee": names.actors[row.payee],
        "paid_from": first,
        "paid_to": last,
        "paid_precision": precision,
        "figures": [
            {
                "source": cited[figure.citation].document.slug,
                "note": figure.note,
                **{name: getattr(figure, name) for name in NUMBERS},
            }
            for figure in row.figures
            if any(getattr(figure, name) is not None for name in NUMBERS)
        ],
        **{name: getattr(row, name) for name in PLAIN},
    }


def _held(row: DraftTalks) -> dict[str, Any]:
    first, last, precision = days_of(row.held_on, row.held_until)
    return {
        "kind": Negotiation.Kind.HOSTAGE,
        "counterparty": row.counterparty,
        "facilitator": row.facilitator,
        "starts_on": first,
        "ends_on": last,
        "date_precision": precision,
        "status": row.status,
        "note": row.note,
    }


def _complete(row: Negotiation, said: DraftTalks, incident: Incident, names: Names) -> None:
    """The incident, the group and the terms; further groups that are stored stay."""
    row.incidents.add(incident)
    before = row.parties.order_by("slug").first()
    if (before.slug if before else "") != said.party:
        if before:
            row.parties.remove(before)
        if said.party:
            row.parties.add(names.actors[said.party])
    row.terms.exclude(kind__in=said.terms).delete()
    for kind in said.terms:
        NegotiationTerm.objects.get_or_create(negotiation=row, kind=kind)


def _cite(target: Any, refs: list[str], cited: Cited, by: User) -> None:
    """Cite for `target` the documents behind `refs`, with the incident's grades; no others."""
    wanted = {cited[ref].document_id: cited[ref] for ref in refs if ref}
    for row in target.citations.exclude(document__in=wanted):
        row.delete()
    kept = {row.document_id: row for row in target.citations.all()}
    for document, citation in wanted.items():
        grade = {"reliability": citation.reliability, "credibility": citation.credibility}
        if document in kept:
            parts.update(kept[document], grade)
        else:
            Citation.objects.create(document_id=document, target=target, created_by=by, **grade)
