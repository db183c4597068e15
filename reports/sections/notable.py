"""The incidents with the gravest toll and their sources, and every incident in one table."""

from typing import Any

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents import words
from incidents.models import PublishedIncident
from incidents.querysets import RecordQuerySet
from reports.blocks import Cell, Section, column, items, notes, section, table, text
from reports.blocks import prose as paragraphs
from reports.figures import Issue, Ledger
from reports.sections import lines
from reports.sentences import Sentence, cited, joined, linked, told

NOTABLE = 10
LEADING = 3
LISTED = 200


def gravest(rows: RecordQuerySet) -> RecordQuerySet:
    """Most people killed first, then most abducted, by best estimates; attackers do not count."""
    return rows.order_by(
        Coalesce("killed_best", "killed_low").desc(nulls_last=True),
        Coalesce("abducted_best", "abducted_low").desc(nulls_last=True),
        "date_start",
        "public_id",
    )


def notable(issue: Issue, ledger: Ledger) -> Section:
    """The gravest incidents with place, toll and numbered sources; the first three lead."""
    rows = list(gravest(issue.asked.rows())[:NOTABLE])
    book = Endnotes()
    told_of = [_incident(row, book) for row in rows]
    lead = [lines.as_data(row) | {"when": lines.when(row)} for row in rows if _may_lead(row)]
    opening = _("The incidents with the most people killed, then the most abducted, by best "
                "estimates. Letters and figures in brackets grade the source: A to F its "
                "reliability, 1 to 6 the credibility of what it says.")  # fmt: skip
    return section(
        "notable",
        _("High-profile incidents"),
        paragraphs(told(opening if rows else nothing())),
        items(told_of, ordered=True),
        notes(book.entries),
        incidents=[lines.as_data(row) for row in rows],
        leading=lead[:LEADING],
        sources=book.sources,
        query=issue.asked.query(ordering="-killed", limit=str(NOTABLE)),
    )


def nothing() -> str:
    return _("The record holds no incident of the period.")


def _may_lead(row: PublishedIncident) -> bool:
    """Headlines are told of people killed or abducted, and never of a protected case."""
    harmed = (row.killed_best or row.killed_low or row.abducted_best or row.abducted_low or 0) > 0
    return harmed and not row.payload["is_withheld"]


class Endnotes:
    """Sources by number, in the order in which they are cited."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.entries: list[tuple[int, Sentence, str]] = []
        self.sources: list[dict[str, Any]] = []

    def cite(self, row: PublishedIncident) -> Sentence:
        """ "[1, B2] [2, C3]" for the sources of an incident."""
        grades = {self._number(source): source["grade"] for source in row.payload["sources"]}
        return joined([cited(number, grade)] for number, grade in sorted(grades.items()))

    def _number(self, source: dict[str, Any]) -> int:
        slug = source["slug"]
        if slug not in self.numbers:
            number = self.numbers[slug] = len(self.numbers) + 1
            kept = ("slug", "title", "publisher", "url", "published", "grade", "language")
            self.sources.append({"number": number} | {key: source[key] for key in kept})
            self.entries.append((number, [{"text": _reference(source)}], source["url"] or ""))
        return self.numbers[slug]


def _reference(source: dict[str, Any]) -> str:
    """Publisher, title and date, as far as they are known."""
    name = source["publisher"] or words.in_words(source["kind"], "source_kind")
    title = _("“%(title)s”") % {"title": source["title"]} if source["title"] else ""
    return ", ".join(filter(None, [name, title, _dated(source["published"] or "")])) + "."


def _dated(published: str) -> str:
    precision = {4: "year", 7: "month", 10: "day"}.get(len(published))
    if precision is None:
        return published
    return prose.partial(f"{published}-01-01"[:10], precision)


def _incident(row: PublishedIncident, book: Endnotes) -> Sentence:
    """When, where, what, the toll, by whom, on which sources."""
    opening = told(
        _("%(day)s, %(place)s: %(title)s."),
        day=lines.when(row), place=lines.where(row), title=lines.incident_piece(row),
    )  # fmt: skip
    tolls = told(_("Killed: %(killed)s."), killed=lines.toll(row, "killed"))
    more = []
    for harm, template in (
        ("wounded", _("Wounded: %(number)s.")),
        ("abducted", _("Abducted: %(number)s.")),
        ("attackers_killed", _("Attackers killed, not among them: %(number)s.")),
    ):
        if words.is_known(row.payload["harm"][harm]):
            more.append(told(template, number=lines.toll(row, harm)))
    by = told(_("Attribution: %(groups)s."), groups=lines.groups(row))
    summary = "" if row.payload["is_withheld"] else row.payload["summary"]
    said = [{"text": summary}] if summary else []
    return joined([opening, said, tolls, *more, by, book.cite(row)])


def incidents(issue: Issue, ledger: Ledger) -> Section:
    """Every incident of the period by day, up to a bound; the link opens all of them."""
    rows = list(issue.asked.rows().order_by("date_start", "public_id")[: LISTED + 1])
    number = ledger.data("totals")["incidents"]
    cut = len(rows) > LISTED
    shown = rows[:LISTED]
    return section(
        "incidents",
        _("Every incident"),
        paragraphs(_how_many(number, cut) if rows else told(nothing())),
        table("incidents", _("Every incident"), _columns(), [_cells(row) for row in shown]),
        query=issue.asked.query(ordering="date"),
        is_cut=cut,
        incidents=[lines.as_data(row) for row in shown],
    )


def _how_many(number: dict[str, Any], cut: bool) -> Sentence:
    count = number["count"]
    if cut:
        said = _("The first %(shown)s of %(all)s incidents, by day; the link opens all of them.")
    else:
        said = ngettext(
            "%(all)s incident, by day.", "%(all)s incidents, by day.", count
        )  # fmt: skip
    return told(said, shown=prose.count(LISTED), all=linked(number, prose.count(count)))


def _cells(row: PublishedIncident) -> list[Cell]:
    return [
        text(lines.when(row), value=row.date_start.isoformat()),
        text(lines.incident_title(row), path=lines.incident_path(row)),
        text(lines.where(row)),
        text(lines.groups(row)),
        text(lines.targets(row)),
        text(lines.toll(row, "killed"), value=row.payload["harm"]["killed"]),
        text(lines.toll(row, "attackers_killed"), value=row.payload["harm"]["attackers_killed"]),
    ]


def _columns() -> list[dict[str, str]]:
    return [
        column("date", _("Date"), "date"),
        column("incident", _("Incident")),
        column("place", _("Place")),
        column("groups", _("Groups and attribution")),
        column("targets", _("Targets")),
        column("killed", _("Killed"), "harm"),
        column("attackers_killed", _("Attackers killed"), "harm"),
    ]
