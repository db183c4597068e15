"""What may be asked: one filter for each noun, shared by page, API, export, feed and map.

`listing` incidents, `drawn` timelines, maps and charts of them, `feeds` their feeds, `campaigns`
campaigns and types of incident, `queue` the desk's queue.
"""

from incidents.filters.campaigns import CampaignFilter, TypeFilter
from incidents.filters.drawn import (
    BreakdownFilter,
    ComparedFilter,
    DrawnFilter,
    HereQuestion,
    MapFilter,
    TimelineFilter,
)
from incidents.filters.feeds import FeedQuestion
from incidents.filters.listing import (
    DEFAULT_LIMIT,
    FORMATS,
    MAX_LIMIT,
    OPTIONAL_KEYS,
    ORDERINGS,
    PAYLOAD_KEYS,
    IncidentFilter,
    VersionQuestion,
)
from incidents.filters.queue import QueueQuestion
from incidents.questions import IncidentQuestion

__all__ = [
    "DEFAULT_LIMIT",
    "FORMATS",
    "MAX_LIMIT",
    "OPTIONAL_KEYS",
    "ORDERINGS",
    "PAYLOAD_KEYS",
    "BreakdownFilter",
    "CampaignFilter",
    "ComparedFilter",
    "DrawnFilter",
    "FeedQuestion",
    "HereQuestion",
    "IncidentFilter",
    "IncidentQuestion",
    "MapFilter",
    "QueueQuestion",
    "TimelineFilter",
    "TypeFilter",
    "VersionQuestion",
]
