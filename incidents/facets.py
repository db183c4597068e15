"""Which values the incidents of a question have, and how many incidents each."""

from django.db import connection

from incidents.querysets import RecordQuerySet

# Facet, named like the parameter that narrows by it -> column of the record.
FACETS = {
    "country": "country",
    "region": "region",
    "area": "area",
    "type": "type",
    "group": "group",
    "attribution": "attribution",
    "dataset": "dataset",
}
LIST_FACETS = {
    "body": "bodies",
    "actor": "actors",
    "target": "targets",
    "weapon": "weapons",
    "campaign": "campaigns",
}


def facets(rows: RecordQuerySet) -> dict[str, list[tuple[str, int]]]:
    """How many incidents have each value of each facet, most first; in one pass over `rows`.

    An incident with several values of a list facet counts once in each.
    """
    columns = [*FACETS.values(), *LIST_FACETS.values()]
    sql, params = rows.order_by().values_list(*columns).query.sql_with_params()
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    # Only names of columns of this module are put into the text; values travel as parameters.
    parts = [
        f"SELECT '{facet}', {c}, count(*) FROM chosen WHERE {c} <> '' GROUP BY {c}"  # noqa: S608
        for facet, c in ((facet, quote(column)) for facet, column in FACETS.items())
    ]
    parts += [
        f"SELECT '{facet}', term, count(*) FROM chosen, unnest({c}) AS term GROUP BY term"  # noqa: S608
        for facet, c in ((facet, quote(column)) for facet, column in LIST_FACETS.items())
    ]
    found: dict[str, list[tuple[str, int]]] = {facet: [] for facet in [*FACETS, *LIST_FACETS]}
    union = " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH chosen ({names}) AS MATERIALIZED ({sql}) {union} ORDER BY 3 DESC, 2", params
        )
        for facet, value, incidents in cursor.fetchall():
            found[facet].append((value, incidents))
    return found
