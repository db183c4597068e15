"""The record on a map, never finer than it is shown.

maps.panel(question, answer, options)      what the page draws: SVG, legend, table, notes
maps.geojson(question, answer, zoom=5)     what `<vigil-map>` and the API draw from
"""

from incidents.maps.features import DEFAULT_ZOOM, Collection, geojson
from incidents.maps.panels import Panel, panel

__all__ = ["DEFAULT_ZOOM", "Collection", "Panel", "geojson", "panel"]
