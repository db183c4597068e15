"""Which two incidents may be merged, and which way round; every refusal says the remedy."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from incidents.choices import PUBLIC_STATUSES, Disclosure, Sensitivity, Status
from incidents.models import HostageCase, Incident, PublishedIncident
from incidents.record import would_say
from incidents.versions import changes

LIVE = (Status.DRAFT, Status.IN_REVIEW, Status.VERIFIED, *PUBLIC_STATUSES)
CLASSES = list(Sensitivity)
# What other rows than the incident's own decide.
DERIVED = ("links", "combined_toll", "bodies")


def is_vague(incident: Incident) -> bool:
    """Shown by country and month only, as the record decides it."""
    if incident.disclosure == Disclosure.COUNTRY_MONTH:
        return True
    return incident.hostage_cases.filter(publish_policy=HostageCase.Policy.WITHHOLD).exists()


def objections(gone: Incident, stays: Incident, *, by: User | None = None) -> list[str]:
    """Why the two may not be merged this way round, each with its remedy; empty if they may be.

    What nobody has published becomes public by a merge into a public incident: not by its author.
    """
    found = []
    gone_public = gone.editorial_status in PUBLIC_STATUSES
    stays_public = stays.editorial_status in PUBLIC_STATUSES
    if gone.pk == stays.pk:
        return [_("An incident cannot be merged with itself: choose the other one.")]
    for incident in (gone, stays):
        if incident.editorial_status not in LIVE:
            found.append(
                _("“%(title)s” is %(status)s and can no longer be merged: choose another one.")
                % {"title": incident.title, "status": Status(incident.editorial_status).label}
            )
    if gone_public and not stays_public:
        found.append(
            _("“%(gone)s” is public and “%(stays)s” is not: merge it the other way round.")
            % {"gone": gone.title, "stays": stays.title}
        )
    if by is not None and stays_public and not gone_public and gone.author_id == by.pk:
        found.append(
            _("%(person)s wrote “%(gone)s”: somebody else must merge it into a public incident.")
            % {"person": by.username, "gone": gone.title}
        )
    if stays_public:
        found += _public_objections(gone, stays, gone_public)
        found += [
            _(
                "The desk says more of “%(title)s” than readers have: publish that as a correction "
                "first, so that nobody publishes it unread."
            )
            % {"title": incident.title}
            for incident in ((gone, stays) if gone_public else (stays,))
            if has_unpublished(incident)
        ]
    return found


def has_unpublished(incident: Incident) -> bool:
    """Whether the desk says of a public incident what its record row does not."""
    shown = would_say(incident.pk, timezone.now())
    current = PublishedIncident.objects.filter(public_id=incident.public_id, valid_to=None).first()
    found = changes(current.payload, shown) if current else []
    return any(change.field.split(".")[0] not in DERIVED for change in found)


def _public_objections(gone: Incident, stays: Incident, gone_public: bool) -> list[str]:
    """What would show in public and must not: a class, an embargo, a withheld place."""
    names = {"gone": gone.title, "stays": stays.title}
    vague = is_vague(stays)
    found = []
    allowed = Sensitivity.RESTRICTED if vague else Sensitivity.PUBLIC
    if CLASSES.index(Sensitivity(gone.sensitivity)) > CLASSES.index(allowed):
        found.append(
            _(
                "“%(gone)s” is %(class)s and “%(stays)s” is public: the higher class is kept, "
                "so this would hide a public incident. First have a second person lower the class."
            )
            % (names | {"class": Sensitivity(gone.sensitivity).label})
        )
    embargo = gone.embargo_until
    if embargo and stays.first_published_at and embargo > stays.first_published_at:
        found.append(
            _("“%(gone)s” is under embargo: lift it or wait until %(moment)s (UTC).")
            % (names | {"moment": f"{embargo.astimezone(dt.UTC):%Y-%m-%d %H:%M}"})
        )
    if is_vague(gone) and not vague:
        found.append(
            _(
                "“%(gone)s” may show country and month only, “%(stays)s” is shown in full: first "
                "correct “%(stays)s” to country and month only."
            )
            % names
        )
    if gone_public and vague and not is_vague(gone):
        found.append(
            _(
                "“%(stays)s” shows country and month only, and the past of “%(gone)s” tells the "
                "rest: withdraw “%(gone)s” to protect people instead."
            )
            % names
        )
    return found
