"""What a new draft takes over from the incident that it is split from."""

import dataclasses
import datetime as dt

from accounts.models import User
from incidents import drafting
from incidents.choices import LinkRelation
from incidents.models import Incident


def draft_from(incident: Incident, title: str, *, by: User, at: dt.datetime) -> Incident:
    """A draft with date, places, parties, sources, class and embargo of `incident`.

    Harm, claims, hostages, ransoms, talks and the summary stay behind: which of the two they
    belong to is a judgement.
    """
    draft = dataclasses.replace(
        drafting.read(incident),
        title=title,
        summary="",
        harm=(),
        claims=(),
        hostages=None,
        ransoms=(),
        talks=(),
        links=(drafting.DraftLink(target=incident.public_id, relation=LinkRelation.SPLIT),),
    )
    made = drafting.create(draft, by=by, at=at)
    made.embargo_until = incident.embargo_until
    made.save(update_fields=["embargo_until"])
    return made
