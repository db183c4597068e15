"""What the desk says of a public incident and readers do not read yet."""

from incidents.choices import PUBLIC_STATUSES
from incidents.differences import Difference, in_words
from incidents.models import Incident, PublishedIncident
from incidents.versions import changes


def unpublished(incident: Incident, shown: PublishedIncident) -> list[Difference]:
    """What the desk says of a public incident, as `shown`, and the record does not say yet."""
    if incident.editorial_status not in PUBLIC_STATUSES:
        return []
    current = PublishedIncident.objects.filter(public_id=incident.public_id, valid_to=None).first()
    return in_words(changes(current.payload, shown.payload)) if current else []
