"""The fonts of pictures and printed reports. They arrive with packages, the same on every server.

Latin, Greek and Cyrillic in Source Sans Pro, Arabic in IBM Plex Sans Arabic, both regular and bold.
"""

from pathlib import Path

import font_source_sans_pro as source_sans
import fontpkg_ibm_plex_sans_arabic as plex_arabic

LATIN = "Source Sans Pro"
ARABIC = plex_arabic.FAMILY

# The first family that has a letter draws it.
FAMILIES = (LATIN, ARABIC)

FILES = (
    *(Path(source_sans.font_files_ttf[name]) for name in ("SourceSansPro", "SourceSansProBold")),
    *(
        plex_arabic.ROOT / "files" / f"IBMPlexSansArabic-{weight}.ttf"
        for weight in ("Regular", "Bold")
    ),
)
FOLDERS = tuple(dict.fromkeys(path.parent for path in FILES))
