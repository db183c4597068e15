"""Each kind of part of an incident: its columns, and what makes two of them the same."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from incidents.choices import GeoPrecision, Harm
from incidents.disclosure import shown_place
from incidents.drafting import parts
from incidents.drafting.checks import OPEN_CASES
from incidents.drafting.dates import claimed
from incidents.drafting.documents import Library
from incidents.drafting.draft import Draft, DraftLocation
from incidents.drafting.findings import DraftRefused
from incidents.drafting.names import Names, refs, rows_of
from incidents.drafting.parts import Wanted
from incidents.models import (
    CampaignIncident,
    ClaimOfResponsibility,
    HarmEstimate,
    HostageCase,
    Incident,
    IncidentLink,
    IncidentLocation,
    Participation,
)
from incidents.models.location import FINENESS
from sources.models import Citation

RADIUS_KM = {GeoPrecision.EXACT: 0, GeoPrecision.NEAR: 25, GeoPrecision.LINEAR: 50}
LOCATION_KEY = ("name", "place", "admin1", "admin2", "latitude", "longitude", "precision")


@dataclass
class Children:
    """The parts of one incident while they are brought to what a draft says."""

    incident: Incident
    draft: Draft
    names: Names
    by: User
    library: Library
    cited: dict[str, Citation] = field(default_factory=dict)
    _values: dict[str, dict[str, Any]] = field(default_factory=dict)

    def citations(self) -> list[Citation]:
        """Write the citations, which other parts rest on; return those that are to go."""
        found = parts.match(
            self.incident.citations.all(),
            list(self._citations()),
            ("document", "locator"),
            _unknown_part(),
        )
        gone, kept = found.gone, parts.Matched(found.kept, found.new, [])
        rows = parts.write(Citation, kept, created_by=self.by)
        by_place = {(row.document_id, row.locator): row for row in rows}
        for ref, row in zip(refs(self.draft), self.draft.citations, strict=True):
            values = self._values[ref]
            self.cited[ref] = by_place[values["document"].pk, row.locator]
        return gone

    def _citations(self) -> Iterator[Wanted]:
        for ref, (path, row) in zip(
            refs(self.draft), rows_of(self.draft, "citations"), strict=True
        ):
            self._values[ref] = self.library.values(self.incident, row)
            yield Wanted(path, row.id, self._values[ref])

    def drop(self, gone: list[Citation]) -> None:
        """Remove citations that nothing rests on any more; a published figure keeps its own."""
        held = set(
            HarmEstimate.objects.filter(citation__in=gone).values_list("citation_id", flat=True)
        )
        if held:
            slugs = ", ".join(sorted(row.document.slug for row in gone if row.pk in held))
            said = _("A figure that was published rests on %(documents)s: keep the citation.")
            raise DraftRefused({"citations": said % {"documents": slugs}})
        for row in gone:
            row.delete()

    def write(self) -> None:
        """Bring the other parts (all but harm) to what the draft says."""
        for part, (model, rows, key, flag) in self._lists().items():
            columns: Callable[[Any, int], dict[str, Any]] = getattr(self, f"_{part}")
            wanted = [
                Wanted(path, row.id, {"incident": self.incident, **columns(row, number)})
                for number, (path, row) in enumerate(rows_of(self.draft, part))
            ]
            found = parts.match(rows, wanted, key, _unknown_part())
            parts.write(model, found, flag=flag, created_by=self.by)
        self._ties()
        self._links()
        self._hostages()

    def _lists(self) -> Mapping[str, tuple[Any, Any, tuple[str, ...], str]]:
        incident = self.incident
        return {
            "locations": (IncidentLocation, incident.locations.all(), LOCATION_KEY, "is_primary"),
            "parties": (
                Participation,
                incident.participations.all(),
                ("actor", "actor_text", "role"),
                "",
            ),
            "claims": (
                ClaimOfResponsibility,
                incident.claims.all(),
                ("claimant", "claimed_on"),
                "",
            ),
        }

    def _locations(self, row: DraftLocation, number: int) -> dict[str, Any]:
        place = self.names.places.get(row.place)
        admin1, admin2 = self.names.areas.get(row.admin1), self.names.areas.get(row.admin2)
        if place is not None and place.area is not None and not (admin1 or admin2):
            chain = {place.area.level: place.area}
            if place.area.parent:
                chain[place.area.parent.level] = place.area.parent
            admin1, admin2 = chain.get(1), chain.get(2)
        unpinned = place is not None and row.latitude is None
        precision = GeoPrecision(row.precision)
        return {
            "place": place,
            "name": row.name or (place.name if place else ""),
            "admin1": admin1,
            "admin2": admin2,
            "latitude": place.latitude if place and unpinned else row.latitude,
            "longitude": place.longitude if place and unpinned else row.longitude,
            "precision": precision,
            "radius_km": row.radius_km if row.radius_km is not None else RADIUS_KM.get(precision),
            "coords_approx": row.coords_approx,
            "description": row.description,
            "is_primary": row.is_primary,
            **self._shown(row, precision),
        }

    def _shown(self, row: DraftLocation, precision: GeoPrecision) -> dict[str, Any]:
        """How finely it is shown: as the writer wants, never finer than stored or policy."""
        draft = self.draft
        wanted = GeoPrecision(row.display_precision or precision)
        if FINENESS[wanted] <= FINENESS[precision]:
            wanted = precision
        policy = shown_place(
            draft.type,
            draft.targets,
            hostage_open=draft.hostages is not None and draft.hostages.status in OPEN_CASES,
            stored=precision,
            sexual_violence=any(figure.harm == Harm.SEXUAL_VIOLENCE for figure in draft.harm),
        )
        if FINENESS[policy.precision] > FINENESS[wanted]:
            return {"display_precision": policy.precision, "fuzz_reason": policy.reason}
        return {"display_precision": wanted, "fuzz_reason": row.fuzz_reason}

    def _parties(self, row: Any, number: int) -> dict[str, Any]:
        actor = self.names.actors.get(row.actor)
        return {
            "actor": actor,
            "actor_text": None if actor else row.actor_text.strip(),
            "role": row.role,
            "attribution": row.attribution,
            "claim_status": row.claim_status,
            "citation": self.cited.get(row.citation),
            "position": number,
        }

    def _claims(self, row: Any, number: int) -> dict[str, Any]:
        day, precision = claimed(row.claimed_on)
        return {
            "claimant": self.names.actors[row.claimant],
            "claimed_on": day,
            "claimed_precision": precision,
            "channel": row.channel,
            "authenticity": row.authenticity,
            "claimed_killed": row.claimed_killed,
            "summary": row.summary,
            "is_competing": row.is_competing,
            "citation": self.cited.get(row.citation),
        }

    def _ties(self) -> None:
        wanted = [
            Wanted(
                path,
                "",
                {
                    "incident": self.incident,
                    "campaign": self.names.campaigns[tie.campaign],
                    "reason": tie.reason,
                },
            )
            for path, tie in rows_of(self.draft, "ties")
        ]
        found = parts.match(self.incident.campaign_ties.all(), wanted, ("campaign",))
        parts.write(CampaignIncident, found)

    def _links(self) -> None:
        wanted = [
            Wanted(
                path,
                "",
                {
                    "source": self.incident,
                    "target": self.names.incidents[link.target],
                    "relation": link.relation,
                },
            )
            for path, link in rows_of(self.draft, "links")
        ]
        for part in wanted:
            if part.values["target"] == self.incident:
                raise DraftRefused(
                    {f"{part.path}.target": _("An incident is not linked to itself.")}
                )
        found = parts.match(self.incident.links_out.all(), wanted, ("target", "relation"))
        parts.write(IncidentLink, found, created_by=self.by)

    def _hostages(self) -> None:
        case = self.incident.hostage_cases.order_by("pk").first()
        wanted = self.draft.hostages
        if wanted is None:
            if case is not None:
                case.delete()
            return
        names = ("persons", "status", "starts_on", "ends_on", "publish_policy")
        values = {name: getattr(wanted, name) for name in names}
        if case is None:
            HostageCase.objects.create(incident=self.incident, created_by=self.by, **values)
        else:
            parts.update(case, values)


def _unknown_part() -> str:
    return _("This part does not belong to the incident any more. Leave out its id to add it.")
