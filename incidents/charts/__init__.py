"""Server-drawn charts: rows of the rollups in, geometry out, and whole pictures to take away.

histogram   incidents above, deaths below, over one axis of periods
bars        a breakdown as horizontal bars
spans       periods as bars, a row for each thing
series      from a question to the rows of a chart
chart       a chart before it is drawn: words, panels, rows, sources
picture     a chart as one SVG that stands alone, and as PNG
files       a chart as the file that a reader takes away
"""

from incidents.charts.histogram import (
    FULL,
    WIDTH,
    Bar,
    Histogram,
    Tick,
    by_year,
    histogram,
    side_by_side,
)

__all__ = ["FULL", "WIDTH", "Bar", "Histogram", "Tick", "by_year", "histogram", "side_by_side"]
