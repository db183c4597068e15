"""The record as text, written by PostgreSQL: JSON as it is stored, CSV lines, GeoJSON features.

CSV columns are an allow-list: a new column of the record is not exported until it is named here.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import F, Func, TextField, Value
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from incidents.querysets import RecordQuerySet

CHUNK = 1000


def _list(column: str) -> str:
    return f"array_to_string({column}, ';')"


# Column of the file -> SQL over one row of the record. Lists are written with semicolons.
CSV_COLUMNS: dict[str, str] = {
    "id": "public_id",
    "version": "version",
    "title": "title",
    "dataset": "dataset",
    "date_start": "date_start",
    "date_end": "date_end",
    "date_precision": "date_precision",
    "is_multiday": "is_multiday",
    "country": "country",
    "region": "region",
    "area": "area",
    "place": "payload #>> '{location,name}'",
    "latitude": "latitude::float8",
    "longitude": "longitude::float8",
    "geo_precision": "geo_precision",
    "type": "type",
    "group": '"group"',
    "clarity": "clarity",
    "attribution": "attribution",
    "actors": _list("actor_roles"),
    "targets": _list("targets"),
    "weapons": _list("weapons"),
    "campaigns": _list("campaigns"),
    "bodies": _list("bodies"),
    "killed_low": "killed_low",
    "killed_best": "killed_best",
    "killed_high": "killed_high",
    "killed_scope": "killed_scope",
    "wounded_low": "wounded_low",
    "wounded_best": "wounded_best",
    "wounded_high": "wounded_high",
    "abducted_low": "abducted_low",
    "abducted_best": "abducted_best",
    "abducted_high": "abducted_high",
    "displaced_low": "displaced_low",
    "displaced_best": "displaced_best",
    "displaced_high": "displaced_high",
    "attackers_killed_low": "attackers_killed_low",
    "attackers_killed_best": "attackers_killed_best",
    "attackers_killed_high": "attackers_killed_high",
    "sources_count": "sources_count",
    "checked": "checked",
    "status": "status",
    "seq": "seq",
}
# Columns with words that somebody wrote; the others hold codes, dates and numbers.
WRITTEN = ("title", "place")


def _cell(name: str, sql: str) -> str:
    """SQL of one quoted cell. A spreadsheet would run a text that begins like a formula."""
    text = f"coalesce(({sql})::text, '')"
    if name in WRITTEN:
        text = f"regexp_replace({text}, '^(?=[[:space:]]*[=+@＝＋－＠-]|[\t\r])', '''')"
    return f"'\"' || replace({text}, '\"', '\"\"') || '\"'" if name in WRITTEN else text


CSV_HEADER = ",".join(CSV_COLUMNS)
_LINE = " || ',' || ".join(_cell(name, sql) for name, sql in CSV_COLUMNS.items())


def csv_line() -> Func:
    """One CSV line (RFC 4180, without its line end)."""
    return Func(template=_LINE.replace("%", "%%"), output_field=TextField())


def json_text(keys: Sequence[str] = ()) -> Any:
    """The public JSON as stored, or only some of its top-level keys."""
    if not keys:
        return Cast("payload", TextField())
    pairs: list[Any] = []
    for key in keys:
        pairs += [Value(key), KeyTransform(key, F("payload"))]
    return Cast(Func(*pairs, function="json_build_object"), TextField())


def one_line(text: Any) -> Func:
    """JSON without line breaks: PostgreSQL sets them between the members of lists."""
    return Func(text, Value("\n"), Value(""), function="replace", output_field=TextField())


FEATURE_KEYS = (
    "id", "slug", "title", "date", "type", "location", "attribution", "actors", "harm", "dataset",
)  # fmt: skip
_POINT = """
json_build_object('type', 'Feature', 'id', public_id, 'geometry',
    CASE WHEN latitude IS NOT NULL THEN json_build_object('type', 'Point', 'coordinates',
        json_build_array(longitude::float8, latitude::float8)) END,
    'properties', %(expressions)s)::text
"""


def feature_text(keys: Sequence[str] = FEATURE_KEYS) -> Func:
    """A GeoJSON feature at the shown point; its geometry is null where no point is shown."""
    pairs: list[Any] = []
    for key in keys:
        pairs += [Value(key), KeyTransform(key, F("payload"))]
    properties = Func(*pairs, function="json_build_object")
    return Func(properties, template=_POINT, output_field=TextField())


def stream(rows: RecordQuerySet, text: Any, header: str = "", end: str = "\n") -> Iterator[bytes]:
    """Every row as a line, through a server-side cursor: memory does not grow with the rows."""
    if header:
        yield (header + end).encode()
    lines = rows.annotate(line=text).values_list("line", flat=True)
    for chunk in _chunks(lines.iterator(chunk_size=CHUNK)):
        yield (end.join(chunk) + end).encode()


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


_CHANGE = """
json_build_object('seq', seq, 'id', public_id, 'version', version, 'status', status,
    'at', to_char(valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'reason', nullif(reason, ''), 'merged_into', nullif(merged_into, ''),
    'notice', notice, 'notice_fr', notice_fr, 'incident', payload)::text
"""


def change_text() -> Func:
    """One entry of the change feed around the payload of its version."""
    return Func(template=_CHANGE, output_field=TextField())
