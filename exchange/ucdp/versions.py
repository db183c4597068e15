"""Versions of UCDP GED: their order, their document and the citation that UCDP asks for."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering

from django.utils.text import slugify
from django.utils.translation import gettext as _

from exchange.ucdp.layout import FileRefused
from sources.models import Document, Source

PUBLISHER = "ucdp"
RELIABILITY = "B"
_NUMBER = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{1,2}))?\??")
_IN_FILE_NAME = re.compile(r"(?:v|ged_?)(\d{2})[._]?(\d{1,2})(?!\d)", re.IGNORECASE)

METHOD_ARTICLE = (
    "Sundberg, Ralph and Erik Melander (2013) Introducing the UCDP Georeferenced Event Dataset. "
    "Journal of Peace Research 50(4)."
)
# The yearly article of each release, by the first number of the version.
YEARLY_ARTICLES = {
    20: "Pettersson, Therése and Magnus Öberg (2020) Organized violence, 1989–2019. "
    "Journal of Peace Research 57(4).",
    21: "Pettersson, Therése et al. (2021) Organized violence 1989–2020, with a special emphasis "
    "on Syria. Journal of Peace Research 58(4).",
    22: "Davies, Shawn, Therése Pettersson and Magnus Öberg (2022) Organized violence 1989–2021 "
    "and drone warfare. Journal of Peace Research 59(4).",
    23: "Davies, Shawn, Therése Pettersson and Magnus Öberg (2023) Organized violence 1989–2022, "
    "and the return of conflict between states. Journal of Peace Research 60(4).",
    24: "Davies, Shawn, Garoun Engström, Therése Pettersson and Magnus Öberg (2024) Organized "
    "violence 1989–2023, and the prevalence of organized crime groups. Journal of Peace "
    "Research 61(4).",
}


@total_ordering
@dataclass(frozen=True, eq=False)
class Version:
    """A release such as `24.1`. A label that is no release number is older than every release."""

    label: str

    @property
    def number(self) -> tuple[int, ...]:
        match = _NUMBER.fullmatch(self.label)
        return tuple(int(part or 0) for part in match.groups()) if match else ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self.number == other.number

    def __lt__(self, other: "Version") -> bool:
        return self.number < other.number

    def __hash__(self) -> int:
        return hash(self.number)

    @property
    def name(self) -> str:
        """What notices and documents call it: `UCDP GED 24.1`."""
        return f"UCDP GED {self.label}"


def of_file(file_name: str, stated: str) -> Version | None:
    """The version that the user stated or that the file is named for: `GEDEvent_v24_1.csv`."""
    if stated:
        if not _NUMBER.fullmatch(stated):
            raise FileRefused(
                _("%(text)r is not a version of UCDP GED: write it like 24.1.") % {"text": stated}
            )
        return Version(stated)
    match = _IN_FILE_NAME.search(file_name)
    return Version(f"{match[1]}.{match[2]}") if match else None


def publisher() -> Source:
    """UCDP as a publisher, made where it is missing."""
    found, _made = Source.objects.get_or_create(
        slug=PUBLISHER,
        defaults={
            "name": "UCDP, Uppsala University",
            "kind": "dataset",
            "country_iso3": "SWE",
            "reliability": RELIABILITY,
        },
    )
    return found


def document(version: Version) -> Document:
    """The data set release as a citable document, made where it is missing."""
    doubt = " uncertain" if "?" in version.label else ""
    found, _made = Document.objects.get_or_create(
        slug=slugify(f"ucdp ged {version.label.replace('.', '-')}{doubt}"),
        defaults={"source": publisher(), "title": version.name, "reliability": RELIABILITY}
        | {"seen": "read", "note": citation_text(version)}
        | _published(version),
    )
    return found


def citation_text(version: Version) -> str:
    """The citation that UCDP asks for, with the version number."""
    yearly = YEARLY_ARTICLES.get(version.number[0], "") if version.number else ""
    return " ".join(
        part for part in (yearly, METHOD_ARTICLE, f"{version.name}.", "CC BY 4.0.") if part
    )


def _published(version: Version) -> dict[str, object]:
    """The year is the first number of the version; an uncertain label has no year."""
    if not version.number or "?" in version.label:
        return {}
    year = 2000 + version.number[0]
    return {
        "published_from": dt.date(year, 1, 1),
        "published_to": dt.date(year, 12, 31),
        "published_precision": "year",
    }
