"""Names of reference rows in the language of the person at the desk."""

from typing import Any

from django.utils.translation import get_language


def in_reader_language(row: Any, column: str) -> str:
    """`column_fr` for French readers where it is filled, else `column`."""
    french = (get_language() or "").startswith("fr")
    local = str(getattr(row, f"{column}_fr", "") or "") if french else ""
    return local or str(getattr(row, column))
