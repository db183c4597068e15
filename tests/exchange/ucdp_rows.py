"""Rows in the official 49 columns, of our own invention: no event below ever happened."""

import csv
import gzip
from pathlib import Path

from exchange.ucdp.layout import OFFICIAL
from incidents.models import PublishedIncident

PLAIN = {
    "id": "900001", "relid": "XXX-2020-1-1-1", "year": "2020", "active_year": "1",
    "code_status": "Clear", "type_of_violence": "1", "conflict_name": "Mali: Government",
    "dyad_name": "Government of Mali - Imaginary Front", "side_a_new_id": "990072",
    "side_a": "Government of Mali", "side_b_new_id": "999901", "side_b": "Imaginary Front",
    "number_of_sources": "2", "source_article": "Invented Agency, 2020-03-05, Fighting reported",
    "source_original": "army spokesperson", "where_prec": "1",
    "where_coordinates": "Invented town", "where_description": "near the market of Invented",
    "adm_1": "Kayes region", "adm_2": "Nioro cercle", "latitude": "14.500000",
    "longitude": "-9.250000", "country": "Mali", "country_id": "432", "region": "Africa",
    "event_clarity": "1", "date_prec": "1", "date_start": "2020-03-04",
    "date_end": "2020-03-04", "deaths_a": "1", "deaths_b": "2", "deaths_civilians": "0",
    "deaths_unknown": "0", "best": "3", "high": "5", "low": "3",
}  # fmt: skip
# What UCDP's older copies leave out.
SPARSE = dict.fromkeys((
    "relid", "active_year", "code_status", "side_a_new_id", "side_b_new_id",
    "number_of_sources", "source_article", "source_original", "where_prec", "where_coordinates",
    "where_description", "adm_1", "adm_2", "event_clarity", "date_prec", "date_end", "deaths_a",
    "deaths_b", "deaths_civilians", "deaths_unknown",
), "")  # fmt: skip


def row(number: int = 900001, **more: str) -> dict[str, str]:
    """What differs from PLAIN in one row; the relid follows the id."""
    return {"id": str(number), "relid": f"XXX-{number}", **more}


def write(path: Path, *rows: dict[str, str], version: str | None = "21.1") -> Path:
    """A file of `rows` over PLAIN, gzip-compressed where its name ends in .gz."""
    names = [*OFFICIAL, *(["_src", "_ver"] if version else [])]
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        for values in rows:
            writer.writerow(PLAIN | ({"_ver": version} if version else {}) | values)
    return path


def shown(number: int = 900001) -> PublishedIncident:
    """The current public version of one event."""
    return PublishedIncident.objects.current().get(slug__endswith=f"-ucdp-{number}")
