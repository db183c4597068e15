"""Who says so: citations of a draft, and what an attribution needs to rest on (B3.11, B3.18)."""

from django.utils.translation import gettext as _

from core.parameters import shown
from incidents.choices import Attribution, Authenticity, Role
from incidents.drafting.dates import claimed
from incidents.drafting.draft import Draft, DraftCitation, DraftDocument, DraftParty
from incidents.drafting.findings import Findings
from incidents.drafting.names import Names, refs, rows_of
from sources.choices import SourceKind
from sources.models import Document

# Whose word alone does not make an attribution certain.
PARTIES = (SourceKind.GOVERNMENT, SourceKind.ARMED_GROUP)


def check(found: Findings, draft: Draft, names: Names) -> None:
    """Note what is wrong with the citations and with what rests on them."""
    _citations(found, draft, names)
    _references(found, draft)
    for path, party in rows_of(draft, "parties"):
        if party.role == Role.PERPETRATOR:
            _attribution(found, path, party, draft, names)


def _citations(found: Findings, draft: Draft, names: Names) -> None:
    if not draft.citations:
        found.want("citations", _("Cite at least one source."))
    known = refs(draft)
    cited: set[tuple[str, str]] = set()
    for ref, (path, row) in zip(known, rows_of(draft, "citations"), strict=True):
        _document(found, path, row, names)
        found.address(f"{path}.archive_url", row.archive_url)
        document = names.document(row)
        if document and row.archive_url not in ("", document.archive_url) and document.archive_url:
            remedy = _("The document is already archived at %(url)s. Correct it with the sources.")
            found.block(f"{path}.archive_url", remedy % {"url": document.archive_url})
        slug = document.slug if document else ref
        if (slug, row.locator) in cited:
            found.block(path, _("This is entered twice. Remove one of the two."))
        elif known.count(ref) > 1:
            remedy = _("%(ref)s names two citations. Give each a word of its own.")
            found.block(f"{path}.ref", remedy % {"ref": shown(ref)})
        cited.add((slug, row.locator))


def _document(found: Findings, path: str, row: DraftCitation, names: Names) -> None:
    if bool(row.document) == (row.new_document is not None):
        remedy = _("Choose a known document, or describe a new one; not both.")
        found.block(f"{path}.document", remedy)
    found.known(f"{path}.document", row.document, names.documents, _("document"))
    new = row.new_document
    if new is not None and new.url not in names.documents_by_url:
        _new_document(found, f"{path}.new_document", new, names)


def _new_document(found: Findings, path: str, new: DraftDocument, names: Names) -> None:
    found.row(path, new, Document)
    if not new.url and not new.title.strip():
        found.block(f"{path}.url", _("Give the address of the page, or the title of the document."))
    found.address(f"{path}.url", new.url)
    if not new.source:
        found.block(f"{path}.source", _("Say who published it."))
    found.known(f"{path}.source", new.source, names.sources, _("publisher"))
    try:
        claimed(new.published)
    except ValueError as error:
        found.block(f"{path}.published", str(error))


def _references(found: Findings, draft: Draft) -> None:
    """Figures need a citation of the draft; parties and claims may have one."""
    known = refs(draft)
    for part in ("harm", "parties", "claims"):
        for path, row in rows_of(draft, part):
            if not row.citation and part == "harm":
                found.block(f"{path}.citation", _("Say which source gives this figure."))
            elif row.citation and row.citation not in known:
                said = {"ref": shown(row.citation), "refs": ", ".join(known) or "–"}
                remedy = _("%(ref)s is not among the citations of this incident: %(refs)s.")
                found.block(f"{path}.citation", remedy % said)


def _attribution(found: Findings, path: str, party: DraftParty, draft: Draft, names: Names) -> None:
    """Confirmed: a court, the UN, an independent inquiry, or the group's own authenticated claim
    with an independent source. A government alone makes it probable at most."""
    where = f"{path}.attribution"
    if party.attribution in (Attribution.CONFIRMED, Attribution.PROBABLE) and not party.citation:
        found.want(f"{path}.citation", _("Say which source attributes it."))
        return
    if party.attribution != Attribution.CONFIRMED:
        return
    rows = zip(refs(draft), draft.citations, strict=True)
    kinds = {ref: kind_of(row, names) for ref, row in rows}
    if kinds.get(party.citation) not in PARTIES:
        return
    independent = any(kind and kind not in PARTIES for kind in kinds.values())
    own = any(
        claim.claimant == party.actor and claim.authenticity == Authenticity.AUTHENTICATED
        for claim in draft.claims
    )
    if not (own and independent):
        remedy = _(
            "A party to the conflict alone does not confirm: choose “probable”, or cite a court, "
            "the United Nations or an independent inquiry."
        )
        found.want(where, remedy)


def kind_of(row: DraftCitation, names: Names) -> str:
    """The kind of publisher that a citation rests on; "" where it is not known yet."""
    document = names.document(row)
    if document is not None:
        return document.source.kind
    source = names.sources.get(row.new_document.source) if row.new_document else None
    return source.kind if source else ""
