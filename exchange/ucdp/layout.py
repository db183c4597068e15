"""Which columns a UCDP GED file has, by name, and what a foreign layout looks like."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

# The official 49 columns, in the order of the codebook. Files are read by name, not by order.
OFFICIAL = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
# Official columns that Vigil does not use and that some releases leave out.
OPTIONAL = frozenset((
    "relid", "year", "active_year", "code_status", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id",
    "side_b_dset_id", "source_office", "source_date", "source_headline", "geom_wkt",
    "priogrid_gid", "region", "gwnoa", "gwnob",
))  # fmt: skip
REQUIRED = frozenset(OFFICIAL) - OPTIONAL
DOWNLOADS = "https://ucdp.uu.se/downloads/"


class FileRefused(Exception):
    """The file as a whole cannot be imported; says what it looks like and the remedy."""


def columns(header: Sequence[str]) -> Mapping[str, int]:
    """Position of each column by its name.

    Names that begin with `_` are a file keeper's own notes. Raises FileRefused for any other
    layout than the official one.
    """
    names = [name.strip() for name in header]
    foreign = _foreign(names)
    if foreign:
        raise FileRefused(
            _("This looks like %(layout)s, not the official UCDP GED table. %(remedy)s")
            % {"layout": foreign, "remedy": _remedy()}
        )
    missing = [name for name in OFFICIAL if name in REQUIRED and name not in names]
    if missing:
        raise FileRefused(
            _("Columns are missing: %(names)s. %(remedy)s")
            % {"names": ", ".join(missing), "remedy": _remedy()}
        )
    doubled = sorted({name for name in names if names.count(name) > 1})
    unknown = [name for name in names if name not in OFFICIAL and not name.startswith("_")]
    if doubled or unknown:
        raise FileRefused(
            _(
                "These columns are repeated or not part of UCDP GED: %(names)s. Remove them, or "
                "begin their names with an underscore to have them ignored."
            )
            % {"names": ", ".join([*doubled, *(repr(name) for name in unknown)])}
        )
    return {name: position for position, name in enumerate(names)}


def _remedy() -> str:
    return _("Download the CSV of the GED global data set from %(address)s.") % {
        "address": DOWNLOADS
    }


def _foreign(names: Sequence[str]) -> str:
    """What another known layout is called, or the empty string."""
    found = set(names)
    if names and names[0].lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        return _("a web page that was saved as a file")
    if {"best_est", "low_est", "high_est"} & found:
        return _("the UCDP web site's export (columns best_est, low_est, high_est)")
    if "id" in found and ("" in found or {"iso3", "start_year"} & found):
        return _("the copy of UCDP GED on HDX (index column, iso3, start_year)")
    if {"event_id_cnty", "data_id"} & found:
        return _("an ACLED export")
    if {"eventid", "iyear"} <= found:
        return _("the Global Terrorism Database")
    if len(names) == 1 and any(mark in names[0] for mark in ";\t"):
        return _("a table whose columns are not separated by commas")
    return ""
