"""A chart as a file: SVG, PNG, or its rows as CSV."""

import csv
import io
import re
from collections.abc import Callable

from django.http import HttpResponse

from incidents.charts.chart import Chart, foot
from incidents.charts.picture import bars_legend, picture, png, svg

# A spreadsheet would run a text that begins like a formula.
FORMULA = re.compile(r"\s*[=+@＝＋－＠-]|[\t\r]")


def _svg(chart: Chart, address: str) -> bytes:
    legend, below = chart.legend or bars_legend(), foot(chart, address)
    drawn = picture(chart.title, chart.question, chart.panels, legend, below, address)
    return svg(drawn).encode()


def _png(chart: Chart, address: str) -> bytes:
    return png(_svg(chart, address).decode())


def _csv(chart: Chart, address: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(chart.header)
    for row in chart.rows:
        writer.writerow([safe(value) for value in row])
    return text.getvalue().encode()


def safe(value: str | int | bool | None) -> str | int:
    """A value as a cell of the file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


WRITERS: dict[str, tuple[str, Callable[[Chart, str], bytes]]] = {
    "svg": ("image/svg+xml; charset=utf-8", _svg),
    "png": ("image/png", _png),
    "csv": ("text/csv; charset=utf-8", _csv),
}


def file_of(chart: Chart, form: str, address: str, name: str) -> HttpResponse:
    """The chart in one of the forms of `WRITERS`; `address` is where its page stands."""
    content_type, write = WRITERS[form]
    response = HttpResponse(write(chart, address), content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    return response
