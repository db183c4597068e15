"""How fast an import is, against PostgreSQL's bare COPY of the same file.

Both happen in a database of their own that is dropped afterwards.
"""

import csv
import gzip
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit, urlunsplit

import psycopg2  # type: ignore[import-untyped]
from psycopg2 import sql

PROJECT = Path(__file__).resolve().parents[1]
FILE = PROJECT.parent / "shared/data/ucdp/ged-africa-merged.csv.gz"
DATABASE = "vigil_bench_import"


def run(file: Path | None = None) -> list[tuple[str, float, str]]:
    """(name, ratio, explanation) rows; empty where there is no file to import."""
    file = file or FILE
    if not file.exists():
        return []
    with _scratch_database() as address:
        bare = _copy_seconds(address, file)
        _manage(address, "migrate", "--verbosity", "0")
        _manage(address, "seed")
        rows, first = _import(address, file)
        _rows, second = _import(address, file)
    return [
        (
            "import against bare COPY",
            first / bare,
            f"{rows} rows: import {first:.1f} s ({rows / first:,.0f} rows/s), "
            f"COPY into a text table {bare:.2f} s",
        ),
        (
            "second import against the first",
            second / first,
            f"nothing to change: {second:.1f} s against {first:.1f} s",
        ),
    ]


@contextmanager
def _scratch_database() -> Iterator[str]:
    parts = urlsplit(os.environ["DATABASE_URL"])
    server = psycopg2.connect(os.environ["DATABASE_URL"])
    server.autocommit = True
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE))
    try:
        with server.cursor() as cursor:
            cursor.execute(drop)
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        yield urlunsplit(parts._replace(path=f"/{DATABASE}"))
    finally:
        with server.cursor() as cursor:
            cursor.execute(drop)
        server.close()


def _copy_seconds(address: str, file: Path) -> float:
    with _plain(file) as text:
        names = next(csv.reader([text.readline().decode("utf-8-sig")]))
        columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(n)) for n in names)
        database = psycopg2.connect(address)
        started = time.perf_counter()
        with database, database.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE TABLE bare ({})").format(columns))
            cursor.copy_expert("COPY bare FROM STDIN (FORMAT csv)", text)
        seconds = time.perf_counter() - started
        with database, database.cursor() as cursor:
            cursor.execute("DROP TABLE bare")
        database.close()
    return seconds


@contextmanager
def _plain(file: Path) -> Iterator[BinaryIO]:
    with file.open("rb") as raw:
        is_compressed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if is_compressed:
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield cast(BinaryIO, unpacked)
        else:
            yield raw


def _manage(address: str, *arguments: str) -> str:
    argv = [sys.executable, "manage.py", *arguments]
    env = os.environ | {"DATABASE_URL": address}
    done = subprocess.run(argv, cwd=PROJECT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(argv)} failed: {done.stderr.strip()[-600:]}")
    return done.stdout


def _import(address: str, file: Path) -> tuple[int, float]:
    started = time.perf_counter()
    told = _manage(address, "import_ucdp", str(file), "--dataset-version", "24.1")
    return int(told.split()[0]), time.perf_counter() - started
