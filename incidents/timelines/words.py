"""What a timeline says beside its drawing: titles, a summary to be read aloud, and its limits."""

import datetime as dt
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import intervals, prose
from incidents.timelines.lateness import Lateness
from incidents.timelines.shapes import Period
from incidents.words import labelled, summed

INCIDENTS_BY = {
    "day": gettext_lazy("Incidents by day"),
    "week": gettext_lazy("Incidents by week"),
    "month": gettext_lazy("Incidents by month"),
    "quarter": gettext_lazy("Incidents by quarter"),
    "year": gettext_lazy("Incidents by year"),
}
KILLED_BY = {
    "day": gettext_lazy("Killed by day"),
    "week": gettext_lazy("Killed by week"),
    "month": gettext_lazy("Killed by month"),
    "quarter": gettext_lazy("Killed by quarter"),
    "year": gettext_lazy("Killed by year"),
}
VAGUER = {
    "day": gettext_lazy("known less exactly than to the day"),
    "week": gettext_lazy("known less exactly than to the week"),
    "month": gettext_lazy("known less exactly than to the month"),
    "quarter": gettext_lazy("known less exactly than to the quarter"),
}


def heading(text: str | Promise, dataset: str) -> str:
    """The title of a panel, with its data set where several are drawn (else empty)."""
    return f"{dataset} · {text}" if dataset else str(text)


def period_label(first: dt.date, interval: str) -> str:
    """A period in words: "18–24 July 2022", "July 2022", "2022, Q3"."""
    if interval == "week":
        return prose.days(first, intervals.last_day(first, "week"))
    return intervals.label(first, interval)


def counted(number: int) -> str:
    return ngettext("%(n)s incident", "%(n)s incidents", number) % {"n": prose.count(number)}


def summary(periods: Sequence[Period], interval: str, dataset: str) -> str:
    """What the bars show, in two sentences; `dataset` where several are drawn (else empty)."""
    incidents = counted(sum(period.incidents for period in periods))
    most = max(periods, key=lambda period: period.incidents)
    is_short = interval in ("day", "week")
    if len(periods) == 1:
        text = _("%(incidents)s: %(period)s.") % {"incidents": incidents, "period": most.label}
    else:
        text = _("%(incidents)s, %(first)s to %(last)s; most: %(period)s (%(most)s).") % {
            "incidents": incidents,
            "first": prose.day(periods[0].first) if is_short else periods[0].label,
            "last": prose.day(periods[-1].last) if is_short else periods[-1].label,
            "period": most.label,
            "most": prose.count(most.incidents),
        }
    worst = max(periods, key=lambda period: (period.killed.best, period.killed.low))
    if worst.killed.best:
        text += " " + _("Most people killed: %(period)s (%(killed)s).") % {
            "period": worst.label,
            "killed": summed(worst.killed, worst.incidents),
        }
    return labelled(dataset, text) if dataset else text


def vague_note(number: int, interval: str) -> str:
    """How many dates are vaguer than the bars, and where they are counted."""
    return ngettext(
        "The date of %(n)s incident is %(how)s: it is counted where its first possible day falls, "
        "and striped.",
        "The dates of %(n)s incidents are %(how)s: they are counted where their first possible day "
        "falls, and striped.",
        number,
    ) % {"n": prose.count(number), "how": VAGUER[interval]}


def early_note(number: int, first: dt.date) -> str:
    """How many incidents began before the drawing; their table rows say when."""
    return ngettext(
        "%(n)s incident began before %(day)s and reaches into these days: it is in the table only.",
        "%(n)s incidents began before %(day)s and reach into these days: they are in the table "
        "only.",
        number,
    ) % {"n": prose.count(number), "day": prose.day(first)}


def late_note(late: Lateness) -> str:
    """The shading of the last days: what was measured, on how many incidents."""
    numbers = {
        "n": prose.count(late.incidents),
        "half": _days(late.median),
        "most": _days(late.most),
    }
    if late.by == "publication":
        return (
            _(
                "Shaded: reports are still coming in. Of %(n)s incidents since the record was "
                "opened, half were published within %(half)s, nine in ten within %(most)s."
            )
            % numbers
        )
    return (
        _(
            "Shaded: reports are still coming in. Of %(n)s incidents with a dated source, half had "
            "one within %(half)s, nine in ten within %(most)s; publication here comes later."
        )
        % numbers
    )


def unmeasured_note() -> str:
    return _("The last weeks may be incomplete: too few incidents tell how late reports come in.")


def beyond_note(dataset: str, last: dt.date) -> str:
    """That an imported data set ends, so that its silence afterwards means nothing."""
    return _(
        "Shaded: the data set %(name)s has no event after %(day)s; that says nothing of later days."
    ) % {"name": dataset, "day": prose.day(last)}


def coarser_note(asked: str, drawn: str) -> str:
    """That the asked periods would be too many to draw."""
    return _("%(asked)s would be too many bars: %(drawn)s instead. Choose fewer days.") % {
        "asked": INCIDENTS_BY[asked],
        "drawn": str(INCIDENTS_BY[drawn]).lower(),
    }


def undrawn_note(number: int) -> str:
    """That some campaigns and missions found no room in the drawing."""
    return ngettext(
        "%(n)s more campaign or mission of these days stands below the table.",
        "%(n)s more campaigns and missions of these days stand below the table.",
        number,
    ) % {"n": prose.count(number)}


def too_many_note(count: int, most: int) -> str:
    """That lanes draw no more than `most` incidents."""
    return _(
        "Lanes draw incidents one by one, at most %(most)s; this question has %(count)s. "
        "Add a filter or choose fewer days."
    ) % {"most": prose.count(most), "count": prose.count(count)}


def actor_lanes_note() -> str:
    """Whose lane an incident stands in."""
    return _(
        "An incident stands in the lane of each actor that did it, is accused of it, claims it or "
        "fought in it, not of its targets and of those who responded."
    )


def _days(number: int) -> str:
    if number == 0:
        return _("the same day")
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": prose.count(number)}
