"""Where an incident happened, how surely, and how much of that may be shown (B3.3)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from core.base import Tracked
from incidents.choices import GeoPrecision
from incidents.models.incident import Incident
from regions.models import AdminArea, Place, coordinates_valid

# Finer places may be shown coarser, never the other way round.
FINENESS = {
    GeoPrecision.EXACT: 0,
    GeoPrecision.NEAR: 1,
    GeoPrecision.ADMIN2: 2,
    GeoPrecision.LINEAR: 3,
    GeoPrecision.ADMIN1: 3,
    GeoPrecision.SEA_AIR: 4,
    GeoPrecision.COUNTRY: 4,
}


def never_finer() -> Q:
    """A location is shown as stored or coarser."""
    condition = Q()
    for stored, rank in FINENESS.items():
        shown = [p for p, r in FINENESS.items() if p == stored or r > rank]
        condition |= Q(precision=stored, display_precision__in=shown)
    return condition


class IncidentLocation(Tracked):
    """Where it happened, how surely, and how much of that may be shown (B3.3)."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="locations")
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="incident_locations"
    )
    name = models.CharField(max_length=300, blank=True, db_default="")
    admin1 = models.ForeignKey(
        AdminArea, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    admin2 = models.ForeignKey(
        AdminArea, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    precision = models.CharField(max_length=8, choices=GeoPrecision.choices)
    display_precision = models.CharField(max_length=8, choices=GeoPrecision.choices)
    radius_km = models.PositiveIntegerField(null=True, blank=True)
    fuzz_reason = models.CharField(max_length=120, blank=True, db_default="")
    coords_approx = models.BooleanField(default=False, db_default=False)
    description = models.CharField(max_length=400, blank=True, db_default="")
    is_primary = models.BooleanField(default=True, db_default=True)

    class Meta:
        ordering = ["incident", "-is_primary", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident"], condition=Q(is_primary=True), name="location_one_primary"
            ),
            coordinates_valid("location_coordinates_valid"),
            models.CheckConstraint(name="location_never_shown_finer", condition=never_finer()),
        ]
        triggers = [
            pgtrigger.Trigger(
                # At commit, so that an import may replace a location within its transaction.
                name="location_of_published_stays",
                operation=pgtrigger.Delete,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT 1 FROM incidents_incident i WHERE i.id = OLD.incident_id
                                  AND i.editorial_status IN ('published', 'corrected'))
                       AND NOT EXISTS (SELECT 1 FROM incidents_incidentlocation l
                                        WHERE l.incident_id = OLD.incident_id AND l.is_primary)
                    THEN
                        RAISE EXCEPTION 'a published incident keeps a primary location'
                        USING ERRCODE = 'check_violation',
                              CONSTRAINT = 'incident_published_has_location';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.place or "")
