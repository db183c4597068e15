"""The outline of one first-level area on a small map, where Natural Earth knows it by name."""

from regions import outlines
from regions.frames import Frame
from regions.models import AdminArea


def path(area: AdminArea, frame: Frame) -> str:
    """SVG path of the area in the frame; empty where no outline bears its name."""
    if area.level != 1:
        return ""
    names = (area.name, *area.aliases)
    found = outlines.matched([(area.slug, area.country.iso3, names)])
    outline = outlines.areas().get(found.get(area.slug, ""))
    return frame.path(outline.rings) if outline else ""
