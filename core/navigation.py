"""The sections of the site, in the order of the bar. Paths are the page contract (DESIGN)."""

from dataclasses import dataclass

from django.urls import get_script_prefix
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """One entry of the bar: its path below the root, and its name."""

    path: str
    name: str | Promise

    @property
    def url(self) -> str:
        return get_script_prefix() + self.path

    def holds(self, path: str) -> bool:
        """Whether the page at `path` belongs to this section."""
        return path.startswith(self.url)


SECTIONS = (
    Section("incidents/", _("Incidents")),
    Section("actors/", _("Actors")),
    Section("bodies/", _("Bodies")),
    Section("countries/", _("Countries")),
    Section("missions/", _("Missions")),
    Section("campaigns/", _("Campaigns")),
    Section("reports/", _("Reports")),
    Section("sources/", _("Sources")),
    Section("methods/", _("Methods")),
    Section("api/v1/docs/", _("API")),
)
