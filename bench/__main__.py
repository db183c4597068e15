"""`python -m bench [--file ged.csv.gz]`: print how Vigil compares, as a table of ratios.

Everything happens in databases of its own that are dropped afterwards.
"""

import argparse
import os
import sys
from pathlib import Path

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--file", type=Path, help="a UCDP GED file, plain or gzip-compressed")
    parser.add_argument("--skip-import", action="store_true", help="leave out the import rate")
    parser.add_argument(
        "--explorer-rows",
        type=int,
        default=1_000_000,
        help="how far the record grows for the explorer; 0 leaves the explorer out",
    )
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.settings")
    django.setup()
    from bench import import_rate
    from bench.table import scratch_record, show

    file = options.file or import_rate.FILE
    if not file.exists():
        print(f"There is no {file}. Name a UCDP GED file: --file ged.csv.gz", file=sys.stderr)
        return 2
    from bench import explorer, list_page, pages, reports

    with scratch_record(file):
        rows = list_page.run()
        plans = list_page.plans()
        if options.explorer_rows:
            small = pages.measure()
            rows += explorer.run(options.explorer_rows)
            rows += pages.compare(small)
            rows += reports.run()
    if not options.skip_import:
        rows += import_rate.run(file)
    show(rows, plans)
    return 0 if all(lean for _, _, lean in plans) else 1


if __name__ == "__main__":
    sys.exit(main())
