"""The timeline of an answer: histogram, lanes and background over one axis of days.

    timeline = timelines.build(question, answer, options, asked.query)
    {% include "incidents/explorer/_timeline.html" with timeline=timeline %}

extent      which days, by which periods
axis        days to places, and the marks below the drawing
histograms  incidents and deaths by period, each data set apart
lanes       incidents one by one: points, bars of several days, bands of uncertain days
spans       campaigns and missions in the background
lateness    how late incidents come into the record, so that the last weeks are not misread

Across, the unit of every drawing is the day, so that it stretches to any screen and a script zooms
by changing the view box alone. Down, the unit is the pixel.
"""

from incidents.timelines.build import build
from incidents.timelines.shapes import Timeline

__all__ = ["Timeline", "build"]
