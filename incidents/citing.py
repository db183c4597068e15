"""How to cite one version of one incident: APA in words, BibTeX and RIS for reference managers.

A citation names the version and leads to it: the page may change, the version does not. APA asks
for a day of reading only where a work is kept in no version, so that there is none.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from core import prose
from incidents.choices import Dataset
from incidents.models import PublishedIncident

PUBLISHER = "Vigil"
# Characters that TeX reads as commands. BibTeX counts braces after a backslash too: these pair up.
TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
BREAKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Reference:
    """What every style needs: one published version, its own address, and the day of reading."""

    public_id: str
    version: int
    title: str
    revised_on: dt.date
    url: str
    accessed_on: dt.date
    dataset: str

    @property
    def key(self) -> str:
        return f"vigil{self.public_id}v{self.version}"

    @property
    def is_ucdp(self) -> bool:
        return self.dataset == Dataset.UCDP


def reference(row: PublishedIncident, title: str, url: str, accessed_on: dt.date) -> Reference:
    """The reference for one version; `title` in the reader's language, `url` its own, absolute."""
    return Reference(
        public_id=row.public_id,
        version=row.version,
        title=BREAKS.sub(" ", title).strip(),
        revised_on=row.valid_from.astimezone(dt.UTC).date(),
        url=url,
        accessed_on=accessed_on,
        dataset=row.dataset,
    )


def apa(ref: Reference) -> str:
    """APA, 7th edition, a web page of a group author, kept in versions."""
    return "".join(apa_parts(ref))


def apa_parts(ref: Reference) -> tuple[str, str, str]:
    """The same in three parts: the second, the title, stands in italics. English: the style is."""
    with translation.override("en"):
        revised = f"{ref.revised_on.year}, {prose.month(ref.revised_on).split()[0]}"
    return (
        f"{PUBLISHER}. ({revised} {ref.revised_on.day}). ",
        ref.title,
        f" (Incident {ref.public_id}, Version {ref.version}). {ref.url}",
    )


def _tex(text: str) -> str:
    return "".join(TEX.get(character, character) for character in text)


def bibtex(ref: Reference) -> str:
    """One `@misc` entry; for an event of UCDP also what its licence asks to cite."""
    fields = {
        "author": f"{{{PUBLISHER}}}",
        "title": f"{{{_tex(ref.title)}}}",
        "year": str(ref.revised_on.year),
        "month": f"{ref.revised_on:%b}".lower(),
        "version": str(ref.version),
        "note": f"Incident {ref.public_id}, version {ref.version}",
        "url": ref.url,
        "urldate": ref.accessed_on.isoformat(),
    }
    lines = [f"@misc{{{ref.key},"]
    lines += [
        f"  {name} = {value}," if name == "month" else f"  {name} = {{{value}}},"
        for name, value in fields.items()
    ]
    return "\n".join([*lines, "}", *(UCDP_BIBTEX if ref.is_ucdp else ()), ""])


def ris(ref: Reference) -> str:
    """RIS as reference managers read it: two letters, two spaces, a dash; CRLF line ends.

    A date has three slashes, the last one before other information, of which there is none.
    """
    lines = [
        "TY  - ELEC",
        f"AU  - {PUBLISHER}",
        f"TI  - {ref.title}",
        f"PY  - {ref.revised_on.year}",
        f"DA  - {ref.revised_on:%Y/%m/%d}/",
        f"ET  - {ref.version}",
        f"AN  - {ref.public_id}",
        f"UR  - {ref.url}",
        f"Y2  - {ref.accessed_on:%Y/%m/%d}/",
        f"N1  - Incident {ref.public_id}, version {ref.version}",
        "ER  - ",
        *(UCDP_RIS if ref.is_ucdp else ()),
    ]
    return "\r\n".join([*lines, ""])


UCDP_BIBTEX = (
    "",
    "@article{sundberg2013ged,",
    "  author = {Sundberg, Ralph and Melander, Erik},",
    "  title = {{Introducing the UCDP Georeferenced Event Dataset}},",
    "  journal = {Journal of Peace Research},",
    "  volume = {50},",
    "  number = {4},",
    "  pages = {523--532},",
    "  year = {2013},",
    "  doi = {10.1177/0022343313484347},",
    "}",
    "",
    "@manual{hogbladhged,",
    '  author = {H{\\"o}gbladh, Stina},',
    "  title = {{UCDP Georeferenced Event Dataset Codebook}},",
    "  organization = {Department of Peace and Conflict Research, Uppsala University},",
    "}",
)
UCDP_RIS = (
    "TY  - JOUR",
    "AU  - Sundberg, Ralph",
    "AU  - Melander, Erik",
    "TI  - Introducing the UCDP Georeferenced Event Dataset",
    "JO  - Journal of Peace Research",
    "VL  - 50",
    "IS  - 4",
    "SP  - 523",
    "EP  - 532",
    "PY  - 2013",
    "DO  - 10.1177/0022343313484347",
    "ER  - ",
    "TY  - RPRT",
    "AU  - Högbladh, Stina",
    "TI  - UCDP Georeferenced Event Dataset Codebook",
    "PB  - Department of Peace and Conflict Research, Uppsala University",
    "ER  - ",
)
# In APA: what stands before, in and after the italics.
UCDP_APA = (
    (
        "Sundberg, R., & Melander, E. (2013). Introducing the UCDP Georeferenced Event Dataset. ",
        "Journal of Peace Research, 50",
        "(4), 523–532. https://doi.org/10.1177/0022343313484347",
    ),
    (
        "Högbladh, S. (n.d.). ",
        "UCDP Georeferenced Event Dataset codebook",
        ". Department of Peace and Conflict Research, Uppsala University.",
    ),
)


@dataclass(frozen=True)
class Style:
    """A form of citation that can be taken away as a file."""

    name: str
    write: Callable[[Reference], str]
    content_type: str


STYLES = {
    "txt": Style("APA", apa, "text/plain; charset=utf-8"),
    "bib": Style("BibTeX", bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": Style("RIS", ris, "application/x-research-info-systems; charset=utf-8"),
}
