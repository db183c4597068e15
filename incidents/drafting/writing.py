"""The verbs of entering: create and save. One transaction each, audited with both values."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.choices import Role
from accounts.models import User
from core.ids import new_public_id
from incidents import derived
from incidents.access import EditRefused, refusal
from incidents.choices import PUBLIC_STATUSES, Disclosure, Sensitivity, Weapon
from incidents.drafting import deals, figures, parts
from incidents.drafting.changes import changes
from incidents.drafting.checks import OPEN_CASES, findings
from incidents.drafting.children import Children
from incidents.drafting.dates import with_dates
from incidents.drafting.documents import Library
from incidents.drafting.draft import Draft
from incidents.drafting.findings import DraftRefused, Findings
from incidents.drafting.names import Names, look_up
from incidents.drafting.reading import LISTS, PLAIN, read
from incidents.drafting.wire import to_json
from incidents.models import Incident, IncidentSlug

SUICIDE = {Weapon.SUICIDE_VEST, Weapon.SUICIDE_VEHICLE_BOMB}
CLASSES = list(Sensitivity)


class EditConflict(Exception):
    """Somebody saved the incident since it was read; `current` is how it stands now."""

    def __init__(self, current: Incident, edition: int) -> None:
        super().__init__(
            _("%(id)s was saved by somebody else: you read edition %(yours)s, now it is %(now)s.")
            % {"id": current.public_id, "yours": edition, "now": current.edition}
        )
        self.current = current


@transaction.atomic
def create(draft: Draft, *, by: User, at: dt.datetime) -> Incident:
    """Begin a draft of `by`. Raises DraftRefused for what cannot be stored."""
    if not by.may(Role.CONTRIBUTOR):
        raise PermissionDenied(
            _("%(person)s is %(role)s; entering an incident needs “%(needed)s”.")
            % {
                "person": by.username,
                "role": Role(by.role).label,
                "needed": Role.CONTRIBUTOR.label,
            }
        )
    draft, names, found = _checked(_new(draft), by)
    _refuse(found)
    public_id = new_public_id()
    incident = Incident(
        public_id=public_id, slug=public_id.lower(), author=by, created_by=by,
        **_columns(draft, names),
    )  # fmt: skip
    incident.save()
    _give_slug(incident, "")
    _write(incident, draft, names, by=by, at=at)
    audit.record(
        "create", "incident", public_id, by=by, at=at,
        edition=incident.edition, changed=changes({}, to_json(read(incident))),
    )  # fmt: skip
    return incident


@transaction.atomic
def save(public_id: str, draft: Draft, *, by: User, at: dt.datetime, edition: int) -> Incident:
    """Replace what the incident says by `draft`, which was made from `edition` of it.

    Raises EditConflict where somebody saved in between, EditRefused where `by` may not change it
    now, DraftRefused for what cannot be stored, Incident.DoesNotExist for an unknown id. A public
    incident changes at the desk only: readers see it when a reviewer corrects the record.
    """
    incident = Incident.objects.select_for_update().get(public_id=public_id)
    if said := refusal(incident, by):
        raise EditRefused(said)
    if incident.edition != edition:
        raise EditConflict(incident, edition)
    before = read(incident)
    draft, names, found = _checked(draft, by, incident)
    _never_lower(found, before, draft)
    if incident.editorial_status in PUBLIC_STATUSES:
        _stays_public(found, before, draft)
    _refuse(found)
    _write(incident, draft, names, by=by, at=at, values=_columns(draft, names))
    changed = changes(to_json(before), to_json(read(incident)))
    if changed:
        incident.edition += 1
        incident.save(update_fields=["edition", "updated_at"])
        if incident.first_published_at is None:
            _give_slug(incident, _words(before.date_start, before.title))
        audit.record(
            "save", "incident", public_id, by=by, at=at, edition=incident.edition, changed=changed
        )
    return incident


def _new(draft: Draft) -> Draft:
    """The draft with parts of its own: a copy of another incident shares no rows with it."""
    lists = ("locations", "parties", "claims", "harm", "citations", "ransoms", "talks")
    own: dict[str, Any] = {
        name: tuple(replace(row, id="") for row in getattr(draft, name)) for name in lists
    }
    return replace(draft, **own)


def _checked(
    draft: Draft, by: User, incident: Incident | None = None
) -> tuple[Draft, Names, Findings]:
    names = look_up(draft, by, incident)
    found = findings(draft, names, by=by)
    return figures.with_preferred(with_dates(draft)), names, found


def _refuse(found: Findings) -> None:
    if found.blockers:
        raise DraftRefused(found.blockers)


def _never_lower(found: Findings, before: Draft, draft: Draft) -> None:
    """What protects people falls through review only, by a second person and with a reason."""
    remedy = _("It is protected as “%(now)s”; a lower class is proposed and agreed to in review.")
    if draft.sensitivity in CLASSES and _rank(draft) < _rank(before):
        label = Sensitivity(before.sensitivity).label
        found.block("sensitivity", remedy % {"now": label})
    if before.disclosure == Disclosure.COUNTRY_MONTH and draft.disclosure == Disclosure.FULL:
        found.block("disclosure", remedy % {"now": Disclosure(before.disclosure).label})
    if draft.hostages is None and before.hostages and before.hostages.status in OPEN_CASES:
        found.block("hostages", _("The hostage case is open: say how it ended, do not remove it."))


def _rank(draft: Draft) -> int:
    return CLASSES.index(Sensitivity(draft.sensitivity))


def _stays_public(found: Findings, before: Draft, draft: Draft) -> None:
    """A public incident needs a source and a primary place; its class changes for readers at once,
    by a verb of its own."""
    for path in ("citations", "locations"):
        if path in found.wants:
            found.block(path, found.wants[path])
    for path in ("sensitivity", "disclosure"):
        if getattr(before, path) != getattr(draft, path):
            found.block(path, _("It is public: raise the class on its review page instead."))


def _columns(draft: Draft, names: Names) -> dict[str, Any]:
    """The incident's own columns, but for those that repeat its parts."""
    type_ = names.types[draft.type]
    suicide = type_.is_suicide or bool(SUICIDE & set(draft.weapons))
    values = {name: getattr(draft, name) for name in PLAIN}
    return values | {
        **{name: list(getattr(draft, name)) for name in LISTS},
        "title": draft.title.strip(),
        "type": type_,
        "country": names.countries[draft.country],
        "is_suicide": True if suicide and draft.is_suicide is None else draft.is_suicide,
        "attribution": derived.attribution((row.role, row.attribution) for row in draft.parties),
    }


def _write(
    incident: Incident,
    draft: Draft,
    names: Names,
    *,
    by: User,
    at: dt.datetime,
    values: dict[str, Any] | None = None,
) -> None:
    """Bring the incident and its parts to what the draft says, touching what differs only."""
    parts.update(incident, values or {})
    children = Children(incident, draft, names, by, Library(names, by, at))
    gone = children.citations()
    children.write()
    estimates = figures.write(incident, draft, children.cited, by=by)
    deals.write(incident, draft, names, children.cited, by=by)
    children.drop(gone)
    parts.update(incident, derived.cached(estimates))
    for name, wanted in (
        ("secondary_types", [names.types[code] for code in draft.secondary_types]),
        ("missions", [names.missions[slug] for slug in draft.missions]),
    ):
        getattr(incident, name).set(wanted)


def _words(day: dt.date | None, title: str) -> str:
    """Day and title, as the public page shows them: a slug tells no more than that."""
    return slugify(f"{day or ''} {title}")[:140].strip("-")


def _give_slug(incident: Incident, before: str) -> None:
    """Follow the title, unless somebody chose the slug; with the id where another has the same."""
    own = incident.public_id.lower()
    words = _words(incident.date_start, incident.title)
    if words == before or incident.slug not in (own, before, f"{before}-{own}"):
        return
    for slug in filter(None, (words, f"{words}-{own}")):
        if IncidentSlug.objects.filter(slug=slug).exists():
            continue
        try:
            with transaction.atomic():
                Incident.objects.filter(pk=incident.pk).update(slug=slug)
        except IntegrityError:
            continue
        incident.slug = slug
        return
