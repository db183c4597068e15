"""What the record would say of an incident if it were published now. Writes nothing."""

import datetime as dt

from incidents.models import Incident, PublishedIncident
from incidents.record import would_say


def preview(incident: Incident, at: dt.datetime) -> PublishedIncident:
    """An unsaved version, as publication at `at` would write it."""
    data = would_say(incident.pk, at)
    return PublishedIncident(
        seq=0,
        public_id=incident.public_id,
        version=data["version"],
        valid_from=at,
        status=data["status"],
        is_listed=True,
        slug=data["slug"],
        title=data["title"],
        dataset=data["dataset"],
        date_start=dt.date.fromisoformat(data["date"]["start"]),
        date_end=dt.date.fromisoformat(data["date"]["end"]),
        date_precision=data["date"]["precision"],
        is_multiday=data["date"]["is_multiday"],
        country=data["location"]["country"],
        type=data["type"]["code"],
        attribution=data["attribution"],
        sources_count=len({source["slug"] for source in data["sources"]}),
        payload=data,
    )
