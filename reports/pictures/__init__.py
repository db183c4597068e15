"""Drawings of a report, made when it is built: standalone SVG that says what it shows.

ledger.draw("trend", pictures.trend(issue, groups), title=…, alt=…, table="trend")
"""

from reports.pictures.change import Changed, change, changed, named
from reports.pictures.charts import bars, trend
from reports.pictures.places import places

__all__ = ["Changed", "bars", "change", "changed", "named", "places", "trend"]
