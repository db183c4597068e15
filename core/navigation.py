"""The sections of the site, in the order of the bar. Paths are the page contract (DESIGN)."""

from dataclasses import dataclass

from django.urls import get_script_prefix
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """One entry of the bar: its path below the root, its name, other paths that belong to it."""

    path: str
    name: str | Promise
    also: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return get_script_prefix() + self.path

    def holds(self, path: str) -> bool:
        """Whether the page at `path` belongs to this section."""
        prefix = get_script_prefix()
        return path.startswith((self.url, *(prefix + other for other in self.also)))


SECTIONS = (
    Section("incidents/", _("Incidents")),
    Section("actors/", _("Actors")),
    Section("bodies/", _("Bodies")),
    Section("countries/", _("Countries"), also=("areas/",)),
    Section("missions/", _("Missions")),
    Section("campaigns/", _("Campaigns")),
    Section("reports/", _("Reports")),
    Section("sources/", _("Sources")),
    Section("methods/", _("Methods")),
    Section("api/v1/docs/", _("API")),
)
