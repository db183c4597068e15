"""PostgreSQL extensions, folding and text search: accents ignored, English and French stems."""

from django.contrib.postgres.operations import (
    BtreeGinExtension,
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

# `unaccent` is only STABLE, so an index needs this immutable wrapper with its dictionary named.
FOLD = """
CREATE FUNCTION vigil_fold(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(public.unaccent('public.unaccent'::regdictionary, $1));
"""

CONFIGS = """
CREATE TEXT SEARCH CONFIGURATION vigil_simple (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION vigil_simple
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
CREATE TEXT SEARCH CONFIGURATION vigil_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION vigil_en
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION vigil_fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION vigil_fr
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
"""

DROP_CONFIGS = """
DROP TEXT SEARCH CONFIGURATION vigil_simple;
DROP TEXT SEARCH CONFIGURATION vigil_en;
DROP TEXT SEARCH CONFIGURATION vigil_fr;
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        BtreeGistExtension(),
        BtreeGinExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION vigil_fold(text)"),
        migrations.RunSQL(CONFIGS, DROP_CONFIGS),
    ]
