"""Where, and who cooperates there: countries, dated areas, places, bodies, missions."""

from regions.models.bodies import Instrument, Membership, RegionalBody
from regions.models.missions import Mission
from regions.models.places import AdminArea, Country, Place, coordinates_valid

__all__ = [
    "AdminArea",
    "Country",
    "Instrument",
    "Membership",
    "Mission",
    "Place",
    "RegionalBody",
    "coordinates_valid",
]
