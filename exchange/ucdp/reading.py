"""Read a UCDP GED file: records with the line where each begins, and a first look at the whole."""

import csv
import gzip
import hashlib
import io
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from django.utils.translation import gettext as _

from exchange.ucdp.layout import FileRefused, columns

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
# The longest field known is 4,082 characters. A field far longer is an unbalanced quotation mark
# that swallows the rows after it.
LONGEST_FIELD = 200_000


@dataclass(frozen=True)
class Record:
    """One record. `line` is the physical line, counted from 1, where it begins."""

    line: int
    cells: list[str]


@dataclass
class Scan:
    """What a first pass over a file learns.

    `actor_ids` joins a side's name to its UCDP actor id, which rows of the sparse kind leave out.
    """

    at: Mapping[str, int]
    rows: int = 0
    actor_ids: dict[str, str] = field(default_factory=dict)


def clean(text: str) -> str:
    """Without non-breaking, double and outer spaces."""
    return " ".join(text.split())


def sha256(path: Path) -> str:
    """Digest of the file's bytes. Raises FileRefused where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileRefused(
            _("%(path)s cannot be read: %(why)s") % {"path": path, "why": error.strerror}
        ) from None


@contextmanager
def open_text(path: Path) -> Iterator[TextIO]:
    """The text of a plain or gzip-compressed UTF-8 file; undecodable bytes become U+FFFD."""
    with ExitStack() as opened:
        raw: BinaryIO = opened.enter_context(path.open("rb"))
        magic = raw.read(4)
        raw.seek(0)
        if magic.startswith(ZIP_MAGIC):
            raise FileRefused(_("This is a ZIP or Excel file. Unpack it and give the CSV inside."))
        if magic.startswith(GZIP_MAGIC):
            raw = opened.enter_context(cast(BinaryIO, gzip.GzipFile(fileobj=raw)))
        yield opened.enter_context(
            io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")
        )


def records(path: Path) -> Generator[Record, None, None]:
    """The header, then every record; blank lines between records are passed over."""
    csv.field_size_limit(LONGEST_FIELD)
    with open_text(path) as text:
        # PostgreSQL text holds no NUL.
        reader = csv.reader(line.replace("\0", "") for line in text)
        line = 1
        try:
            for cells in reader:
                if cells:
                    yield Record(line, cells)
                line = reader.line_num + 1
        except csv.Error as error:
            raise FileRefused(
                _(
                    "The record that begins in line %(line)d cannot be read (%(why)s). Look for an "
                    "unbalanced quotation mark there."
                )
                % {"line": line, "why": error}
            ) from None
        except (EOFError, OSError):
            raise FileRefused(
                _("The file is damaged after line %(line)d. Download it again.") % {"line": line}
            ) from None


@contextmanager
def open_records(path: Path) -> Iterator[tuple[Mapping[str, int], Iterator[Record]]]:
    """Column positions and the data records. Raises FileRefused for a foreign layout."""
    with closing(records(path)) as found:
        header = next(found, None)
        if header is None:
            raise FileRefused(_("The file is empty."))
        yield columns(header.cells), found


def scan(path: Path) -> Scan:
    """Count the records and learn the actor ids of all side names."""
    with open_records(path) as (at, found):
        seen = Scan(at)
        sides = [(at["side_a"], at["side_a_new_id"]), (at["side_b"], at["side_b_new_id"])]
        for record in found:
            seen.rows += 1
            if len(record.cells) != len(at):
                continue
            for name, number in sides:
                digits = record.cells[number].strip().partition(".")[0]
                if digits.isdecimal():
                    seen.actor_ids.setdefault(clean(record.cells[name]), digits)
    return seen
