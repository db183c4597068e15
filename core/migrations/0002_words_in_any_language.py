"""Texts as they are indexed, and words of readers as they are asked for: a function of each."""

from django.db import migrations

# As written, and by English and French stem. Stop words leave a gap between the three, so that no
# phrase begins at the end of one and ends at the beginning of the next.
TEXT = """
CREATE FUNCTION vigil_text(text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN to_tsvector('public.vigil_simple', $1)
    || to_tsvector('public.vigil_en', repeat('the ', 8) || $1)
    || to_tsvector('public.vigil_fr', repeat('le ', 8) || $1);
"""

# Whatever has a word as written has its stems too: the form as written is asked for only where both
# languages drop it.
WORDS = """
CREATE FUNCTION vigil_words(text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
BEGIN ATOMIC
    SELECT CASE
        WHEN numnode(en || fr) = 0 THEN websearch_to_tsquery('public.vigil_simple', $1)
        WHEN en = fr THEN en
        ELSE en || fr
    END
    FROM (SELECT websearch_to_tsquery('public.vigil_en', $1) AS en,
                 websearch_to_tsquery('public.vigil_fr', $1) AS fr) AS stems;
END;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_extensions_and_text_search")]
    operations = [
        migrations.RunSQL(TEXT, "DROP FUNCTION vigil_text(text)"),
        migrations.RunSQL(WORDS, "DROP FUNCTION vigil_words(text)"),
    ]
