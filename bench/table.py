"""A record to measure on, and the printed table."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import override_settings


@contextmanager
def scratch_record(file: Path) -> Iterator[None]:
    """The seed and the file, imported into a scratch database with fresh statistics.

    Without Django's test environment: there every template copies its context for the tests to
    look at, which takes longer than the page.
    """
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("seed", verbosity=0)
        call_command("import_ucdp", str(file), verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        with override_settings(DEBUG=False, ALLOWED_HOSTS=["testserver"]):
            yield
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


def show(rows: list[tuple[str, float, str]], plans: list[tuple[str, str, bool]]) -> None:
    """Print the ratios, what they compare, and how the lists are read."""
    width = max(len(name) for name, _, _ in rows)
    print(f"\n{'comparison':<{width}}  ratio  what was measured")
    for name, ratio, explanation in rows:
        print(f"{name:<{width}}  {ratio:5.2f}  {explanation}")
    print()
    for question, scan, lean in plans:
        print(
            f"list of {question}: {scan}{'' if lean else '  ** sorts or reads the whole table **'}"
        )
