"""UCDP's adm_1 and adm_2 as administrative areas: found by name, else made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count

from django.utils.text import slugify

from core.names import search_key
from exchange.ucdp.countries import Countries
from regions.choices import AreaKind
from regions.models import AdminArea

OTHER_WORDS = (
    "state", "territory", "prefecture", "governorate", "locality", "commune", "zone", "council",
    "constituency", "municipality",
)  # fmt: skip
# The last word of UCDP's area names. Vigil keeps the bare name, and the full one as an alias.
KINDS = {
    "region": AreaKind.REGION,
    "province": AreaKind.PROVINCE,
    "cercle": AreaKind.CERCLE,
    "department": AreaKind.DEPARTMENT,
    "département": AreaKind.DEPARTMENT,
    "lga": AreaKind.LGA,
    "district": AreaKind.DISTRICT,
    "county": AreaKind.COUNTY,
} | dict.fromkeys(OTHER_WORDS, AreaKind.OTHER)


@dataclass(frozen=True)
class AreaName:
    """`Borno state` is the area `Borno` of the kind that the last word says."""

    full: str

    @property
    def bare(self) -> str:
        head, _space, last = self.full.rpartition(" ")
        return head if head and last.casefold() in KINDS else self.full

    @property
    def kind(self) -> str:
        return KINDS.get(self.full.rpartition(" ")[2].casefold(), AreaKind.OTHER)


Key = tuple[str, str, str]


class Areas:
    """Finds or makes the areas of (iso3, adm_1, adm_2). One instance serves one import."""

    def __init__(self, countries: Countries) -> None:
        self.ids_by_iso3 = {c.iso3: c.pk for c in countries.by_name.values()}
        self.known: dict[Key, tuple[int | None, int | None]] = {}
        self.index: dict[tuple[int, int, int | None, str], int] = {}
        self.names: dict[int | None, str] = {}
        self.taken_names: set[tuple[int, int, str]] = set()
        self.taken_slugs: set[str] = set()
        for area in AdminArea.objects.filter(level__lte=2, ends_on=None).order_by("pk"):
            self._remember(area)

    def resolve(self, keys: Iterable[Key]) -> None:
        """Make `known` hold every key, in the order given."""
        for key in dict.fromkeys(keys):
            if key not in self.known:
                iso3, adm_1, adm_2 = key
                first = self._area(iso3, 1, None, adm_1) if adm_1 else None
                second = self._area(iso3, 2, first, adm_2) if adm_2 else None
                self.known[key] = (first, second)

    def _remember(self, area: AdminArea) -> None:
        parent = area.parent_id if area.level == 2 else None
        for name in (area.name, *area.aliases):
            self.index.setdefault((area.country_id, area.level, parent, search_key(name)), area.pk)
        self.names[area.pk] = area.name
        self.taken_names.add((area.country_id, area.level, area.name))
        self.taken_slugs.add(area.slug)

    def _area(self, iso3: str, level: int, parent: int | None, full: str) -> int:
        country, name = self.ids_by_iso3[iso3], AreaName(full)
        for spelling in (full, name.bare):
            found = self.index.get((country, level, parent, search_key(spelling)))
            if found is not None:
                return found
        area = AdminArea(
            country_id=country,
            level=level,
            parent_id=parent,
            name=self._free_name(country, level, parent, name.bare),
            kind=name.kind,
        )
        area.aliases = [n for n in dict.fromkeys((full, name.bare)) if n != area.name]
        area.slug = self._free_slug(iso3, area.name)
        area.save(force_insert=True)
        self._remember(area)
        return area.pk

    def _free_name(self, country: int, level: int, parent: int | None, bare: str) -> str:
        """A second `Bassa` of one country is told apart by its first-level area."""
        above = self.names.get(parent)
        tried = chain([bare], [f"{bare} ({above})"] if above else [], _numbered(bare))
        return next(name for name in tried if (country, level, name) not in self.taken_names)

    def _free_slug(self, iso3: str, name: str) -> str:
        plain = f"{iso3.lower()}-{slugify(name) or 'area'}"[:110]
        tried = chain([plain], (f"{plain}-{number}" for number in count(2)))
        return next(slug for slug in tried if slug not in self.taken_slugs)


def _numbered(bare: str) -> Iterator[str]:
    return (f"{bare} ({number})" for number in count(2))
