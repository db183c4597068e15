"""The same rows in Datasette: SQLite with indexes and full text, facet suggestion off.

Datasette runs in this process, on an immutable file, without limits of time: its best setting.
Array columns are JSON, which is what its array facets read.
"""

import asyncio
import csv
import io
import json
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from django.db import connection

PLAIN = ("country", "region", "area", "type", "group", "attribution", "dataset")
LISTS = ("bodies", "actors", "targets", "weapons", "campaigns")
FIGURES = ("killed_low", "killed_best", "killed_high")
COLUMNS = ("seq", "public_id", "title", "date_start", "date_end", *PLAIN, *LISTS, *FIGURES,
           "latitude", "longitude", "geo_precision", "search_text")  # fmt: skip
SUMS = """count(*), sum(killed_low), sum(coalesce(killed_best, killed_low)), sum(killed_high),
          sum(killed_high is null)"""
SETTINGS = {
    "suggest_facets": False,
    "facet_time_limit_ms": 600_000,
    "sql_time_limit_ms": 600_000,
    "max_returned_rows": 50_000,
    "default_facet_size": 1000,
    "max_facet_size": 1000,
    "num_sql_threads": 3,
}


def build(path: Path) -> None:
    """Write the current record into a SQLite file."""
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    with sqlite3.connect(path) as lite:
        lite.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        types = names.replace('"seq"', '"seq" INTEGER PRIMARY KEY', 1)
        lite.execute(f"CREATE TABLE incidents ({types})")
        marks = ", ".join("?" * len(COLUMNS))
        with connection.cursor() as cursor:
            shown = ", ".join(
                f'to_json("{name}")' if name in LISTS else f'"{name}"' for name in COLUMNS
            )
            text = io.StringIO()
            cursor.copy_expert(
                f"COPY (SELECT {shown} FROM incidents_publishedincident "  # noqa: S608
                "WHERE valid_to IS NULL AND is_listed ORDER BY date_start) TO STDOUT (FORMAT csv)",
                text,
            )
        text.seek(0)
        rows = ([_value(cell) for cell in row] for row in csv.reader(text))
        lite.executemany(f"INSERT INTO incidents VALUES ({marks})", rows)  # noqa: S608
        for name in (*PLAIN, "date_start", "date_end"):
            lite.execute(f'CREATE INDEX "by_{name}" ON incidents ("{name}")')
        lite.executescript(
            """
            CREATE VIRTUAL TABLE incidents_fts USING fts5 (
                search_text, content="incidents", content_rowid="seq");
            INSERT INTO incidents_fts (incidents_fts) VALUES ('rebuild');
            ANALYZE;
            """
        )
    lite.close()


def _value(cell: str) -> Any:
    if cell == "":
        return None
    try:
        return int(cell) if cell.isascii() and cell.isdigit() else float(cell)
    except ValueError:
        return cell


class Rival:
    """Datasette over the file, answering in an event loop of its own."""

    def __init__(self, path: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._name = path.stem
        self._datasette = Datasette([], immutables=[str(path)], settings=SETTINGS)
        self._run(self._datasette.invoke_startup())

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(work)

    def close(self) -> None:
        self._loop.close()

    def asking(self, filters: dict[str, str], where: str, degrees: float) -> Callable[[], int]:
        """A function that asks for list and facets, timeline and map; it returns the count.

        `filters` are Datasette's parameters, `where` the same as SQL.
        """
        facets = [("_facet", name) for name in PLAIN] + [("_facet_array", name) for name in LISTS]
        table = [("_size", "50"), ("_sort_desc", "date_start"), ("_shape", "objects")]
        page = f"/{self._name}/incidents.json?{urlencode([*filters.items(), *table, *facets])}"
        months = f"select substr(date_start, 1, 7) as month, {SUMS} from incidents"  # noqa: S608
        cells = (
            f"select cast((longitude + 180) / {degrees} as int) as x, "  # noqa: S608
            f"cast((latitude + 90) / {degrees} as int) as y, avg(longitude), avg(latitude), {SUMS} "
            "from incidents"
        )
        timeline = self._query(f"{months} where {where} group by month")
        grid = self._query(f"{cells} where latitude is not null and {where} group by x, y")

        def ask() -> int:
            found = [self._get(address) for address in (page, timeline, grid)]
            return int(found[0]["filtered_table_rows_count"])

        return ask

    def _query(self, sql: str) -> str:
        return f"/{self._name}.json?{urlencode({'sql': sql, '_shape': 'objects'})}"

    def _get(self, address: str) -> Any:
        response = self._run(self._datasette.client.get(address))
        if response.status_code != 200:
            raise RuntimeError(f"Datasette: {response.status_code} {response.text[:200]}")
        found = json.loads(response.text)
        if found.get("error") or found.get("facets_timed_out"):
            raise RuntimeError(f"Datasette: {found.get('error') or found['facets_timed_out']}")
        return found
