"""The bare SQL behind a country's monthly report: what any program would have to ask for.

One statement a table, a chart or a list of the report, written as plainly as PostgreSQL takes it,
over the record as it stood at one moment; and for every figure the list of the versions behind it,
which a report freezes. No sentences, no pictures, no comparisons: those are our own cost.
"""

AS_OF = """is_listed AND valid_from <= %(at)s AND (valid_to IS NULL OR valid_to > %(at)s)
       AND dataset = %(dataset)s AND country = %(country)s AND date_precision <> 'year'"""
HARMS = ("killed", "wounded", "abducted", "displaced", "attackers_killed")
SUMS = ", ".join(
    f"sum({harm}_{end}), count({harm}_{end})" for harm in HARMS for end in ("low", "best", "high")
)
NOW = "date_start BETWEEN %(first)s AND %(last)s"
BEFORE = "date_start BETWEEN %(before)s AND %(before_last)s"
A_YEAR_AGO = "date_start BETWEEN %(year_ago)s AND %(year_ago_last)s"
YEAR = "date_start BETWEEN %(since_a_year)s AND %(last)s"
FIVE_YEARS = "date_start BETWEEN %(since_five_years)s AND %(last)s"


def _from(when: str, what: str, more: str = "") -> str:
    # Every part is a constant of this file.
    return f"SELECT {what} FROM incidents_publishedincident WHERE {AS_OF} AND {when} {more}"  # noqa: S608


def _terms(column: str) -> str:
    """Incidents, their harm and the versions behind, by each term of a list column."""
    parts = f"term, count(*), {SUMS}, array_agg(public_id || '/' || version)"
    return _terms_of(column, parts, NOW)


def _counts(column: str) -> str:
    return _terms_of(column, "term, count(*)", BEFORE)


def _terms_of(column: str, what: str, when: str) -> str:
    rows = f"incidents_publishedincident, unnest({column}) AS term"
    return f"SELECT {what} FROM {rows} WHERE {AS_OF} AND {when} GROUP BY term"  # noqa: S608


def _by(column: str, when: str) -> str:
    evidence = "array_agg(public_id || '/' || version)"
    return _from(when, f"{column}, count(*), {SUMS}, {evidence}", f"GROUP BY {column}")


VAGUE = _from("date_start <= %(last)s AND date_end >= %(first)s", "count(*)").replace("<>", "=")
LISTS = ("actors", "targets", "weapons", "tactics")
COLUMNS = ("area", "type", "attribution")

STATEMENTS: dict[str, str] = {
    "totals": _from(NOW, f"count(*), {SUMS}"),
    "the period before": _from(BEFORE, f"count(*), {SUMS}"),
    "a year ago": _from(A_YEAR_AGO, f"count(*), {SUMS}"),
    "versions of the period": _from(NOW, "public_id, version", "ORDER BY public_id"),
    "versions before": _from(BEFORE, "public_id, version", "ORDER BY public_id"),
    "versions a year ago": _from(A_YEAR_AGO, "public_id, version", "ORDER BY public_id"),
    "thirteen months": _from(
        YEAR, f"date_trunc('month', date_start), count(*), {SUMS}", "GROUP BY 1"
    ),
    "versions of thirteen months": _from(
        YEAR, "public_id, version, date_start", "ORDER BY public_id"
    ),
    "points": _from(NOW, "latitude, longitude, geo_precision, count(*)", "GROUP BY 1, 2, 3"),
    **{f"by {column}": _by(column, NOW) for column in COLUMNS},
    **{f"by {column} before": _by(column, BEFORE) for column in COLUMNS},
    **{f"by {column}, listed": _terms(column) for column in LISTS},
    "roles of groups": _from(NOW, "public_id, actor_roles"),
    "groups before": _counts("actors"),
    "whom it harmed": _from(
        NOW + " AND json_array_length(payload -> 'estimates') > 0",
        "public_id, payload -> 'estimates'",
    ),
    "surges: areas by day, five years": _from(
        FIVE_YEARS,
        "area, date_start, count(*), sum(coalesce(killed_best, killed_low))",
        "GROUP BY 1, 2",
    ),
    "the deadliest": _from(
        NOW, "public_id, payload", "ORDER BY coalesce(killed_best, -1) DESC, public_id LIMIT 10"
    ),
    "the table of incidents": _from(
        NOW,
        "public_id, title, date_start, date_precision, area, type, killed_low, killed_best,"
        " killed_high, sources_count",
        "ORDER BY date_start, public_id",
    ),
    "what is missing": _from(
        NOW,
        "count(*) FILTER (WHERE killed_best IS NULL), count(*) FILTER (WHERE area = ''),"
        " count(*) FILTER (WHERE clarity <> ''), avg(sources_count)",
    ),
    "what is too vague": VAGUE,
    "how late it is reported": _from(NOW, "valid_from::date - date_start, count(*)", "GROUP BY 1"),
}
