"""What stands around a drawing of a report: title, scope, legend, source, state of the record."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from incidents.charts.chart import Chart, foot
from incidents.charts.picture import Entry, Panel, picture, svg
from reports.figures import Issue


def framed(
    issue: Issue,
    title: str,
    panels: Sequence[Panel],
    legend: Sequence[Entry],
    notes: Sequence[str] = (),
) -> str:
    """The drawing as an SVG file. It holds no address: its bytes are the same on every site."""
    schedule = issue.schedule
    scope = ", ".join(filter(None, [schedule.place_name, schedule.subject_name]))
    chart = Chart(
        title=title,
        question=scope,
        panels=list(panels),
        header=(),
        rows=[],
        datasets=[schedule.dataset],
        query="",
        as_of=issue.record_at,
        notes=tuple(notes),
    )
    origin = _("Situation report %(series)s, no. %(number)s, edition %(edition)s.") % {
        "series": schedule.slug,
        "number": str(issue.period),
        "edition": issue.edition,
    }
    return svg(picture(title, scope, panels, legend, foot(chart, origin), origin))
