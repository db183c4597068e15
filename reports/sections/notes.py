"""What makes the figures less than they seem: gaps, vague dates, delay, sources and languages."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Max
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from core import prose
from core.choices import Checked
from incidents.timelines import lateness
from reports.blocks import Section, items, section, table, text
from reports.blocks import column as column_of
from reports.figures import TOO_VAGUE, Issue, Ledger
from reports.sentences import Sentence, linked, told
from sources.choices import Protection
from sources.models import Document

MOST_PUBLISHERS = 15


def notes(issue: Issue, ledger: Ledger) -> Section:
    """Data notes and gaps, and what the period's incidents rest on."""
    publishers, languages = _sources(issue)
    said = [
        *_counting(issue, ledger),
        *_dates(issue, ledger),
        *_unchecked(issue, ledger),
        *_coverage(issue),
        *_delay(issue),
    ]
    rows = [
        [text(name), text(prose.count(number), value=number)]
        for name, number in publishers.most_common(MOST_PUBLISHERS)
    ]
    columns = [
        column_of("publisher", _("Publisher")),
        column_of("documents", _("Documents"), "count"),
    ]
    title = _("Sources of the period")
    return section(
        "notes",
        _("Notes on the data, and gaps"),
        items([*said, *_languages(languages)]),
        table("publishers", title, columns, rows),
        publishers=dict(publishers.most_common(MOST_PUBLISHERS)),
        languages=dict(languages.most_common()),
    )


def _counting(issue: Issue, ledger: Ledger) -> list[Sentence]:
    """What sums leave out or lean on."""
    figures = ledger.data("totals")
    number, killed = figures["incidents"]["count"], figures["killed"]
    said = []
    if killed["missing"]:
        template = ngettext(
            "%(n)s incident gives no number of people killed.",
            "%(n)s incidents give no number of people killed.",
            killed["missing"],
        )
        said.append(told(template, n=linked(killed, prose.count(killed["missing"]))))
    if killed["is_minimum"]:
        said.append(
            told(_("Where no best figure is known the lowest stands in: the sum is a minimum."))
        )
    if number and killed["high"] is None:
        said.append(
            told(_("Some incidents have no upper figure, so that no upper sum can be given."))
        )
    if figures["combined_tolls"]:
        said.append(
            told(_("A toll that a source gives for several incidents together is counted once, "
                   "instead of their own figures."))
        )  # fmt: skip
    if figures["mixed_scopes"]:
        said.append(
            told(_("Some tolls include attackers or one side only; see each incident."))
        )  # fmt: skip
    return said


def _dates(issue: Issue, ledger: Ledger) -> list[Sentence]:
    """Dates too vague for the period: left out and counted, or counted by their first day."""
    days = {"begun": issue.period.first.isoformat(), "to": issue.period.last.isoformat()}
    spans = issue.everything().narrowed(**days)
    left_out = TOO_VAGUE.get(issue.period.cadence, "").replace("-", "")
    said = []
    if left_out:
        ask = spans.narrowed(precision=left_out)
        number = ask.rows().count()
        figure = ledger.enter("notes.too_vague", ask, count=number)
        if number:
            template = ngettext(
                "%(n)s incident is dated too vaguely for a period of this length and is left out.",
                "%(n)s incidents are dated too vaguely for a period of this length and are left "
                "out.",
                number,
            )
            said.append(told(template, n=linked(figure, prose.count(number))))
    kept = ",".join(p for p in ("month", "quarter", "year") if p not in left_out.split(","))
    if kept:
        ask = spans.narrowed(precision=kept)
        number = ask.rows().count()
        figure = ledger.enter("notes.vague", ask, count=number)
        if number:
            template = ngettext(
                "%(n)s incident is dated to a month or less exactly; it counts by its first "
                "possible day.",
                "%(n)s incidents are dated to a month or less exactly; they count by their first "
                "possible day.",
                number,
            )
            said.append(told(template, n=linked(figure, prose.count(number))))
    return said


def _unchecked(issue: Issue, ledger: Ledger) -> list[Sentence]:
    """How many still rest on no primary source; the link opens all, each of which says so."""
    number = issue.asked.rows().filter(checked=Checked.UNVERIFIED).count()
    if not number:
        return []
    incidents = ledger.data("totals")["incidents"]
    template = ngettext(
        "%(n)s of %(all)s incidents still needs a primary source.",
        "%(n)s of %(all)s incidents still need a primary source.",
        number,
    )
    whole = linked(incidents, prose.count(incidents["count"]))
    return [told(template, n=prose.count(number), all=whole)]


def _coverage(issue: Issue) -> list[Sentence]:
    """Whether an empty period may only mean that nothing was entered; whether it came late."""
    said = []
    newest = issue.everything().rows().aggregate(day=Max("date_start"))["day"]
    if newest is None:
        said.append(told(_("The record holds nothing about this place yet.")))
    elif newest < issue.period.first:
        template = _("The newest recorded incident began on %(day)s: an empty period may mean "
                     "that nothing has been entered yet.")  # fmt: skip
        said.append(told(template, day=prose.day(newest)))
    if issue.record_at > issue.cutoff_at:
        late = _("The report was due on %(due)s and rests on what was known on %(known)s.")
        due = prose.day(issue.cutoff_at.astimezone(issue.schedule.zone).date())
        said.append(told(late, due=due, known=prose.day(issue.record_at)))
    return said


def _delay(issue: Issue) -> list[Sentence]:
    """How late incidents come into the record, as that state of the record can tell."""
    day: dt.date = issue.record_at.date()
    delay = lateness.measured_at(issue.record_seq, issue.record_at, day)
    if delay is None:
        return [told(_("The reporting delay cannot be measured yet: too few incidents."))]
    values = {
        "median": prose.count(delay.median),
        "most": prose.count(delay.most),
        "incidents": prose.count(delay.incidents),
    }
    if delay.by == "publication":
        said = _("Reporting delay: half of the incidents were in the record within %(median)s "
                 "days, nine in ten within %(most)s days (measured on %(incidents)s incidents). "
                 "The newest days will still grow.")  # fmt: skip
    else:
        said = _("Reporting delay: the earliest dated source of half of the incidents is at most "
                 "%(median)s days younger than the incident, of nine in ten at most %(most)s days "
                 "(measured on %(incidents)s incidents). The newest days will still "
                 "grow.")  # fmt: skip
    return [told(said, **values)]


def _sources(issue: Issue) -> tuple[Counter[str], Counter[str]]:
    """Documents by publisher and by language that the incidents of the period cite."""
    slugs: set[str] = set()
    for several in issue.asked.rows().order_by().values_list("sources", flat=True):
        slugs.update(several)
    public = Document.objects.filter(slug__in=slugs, protection=Protection.PUBLIC)
    rows = public.order_by("source__name", "slug").values_list("source__name", "language")
    publishers: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for publisher, language in rows:
        publishers[publisher] += 1
        languages[language] += 1
    return publishers, languages


def _languages(languages: Counter[str]) -> list[Sentence]:
    if not languages:
        return []
    named: list[Any] = [
        f"{_language(code)} ({prose.count(number)})" for code, number in languages.most_common()
    ]
    return [told(_("Languages of the documents: %(names)s."), names=", ".join(named))]


def _language(code: str) -> str:
    """Its name in the active language; the code where Django knows no name."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
