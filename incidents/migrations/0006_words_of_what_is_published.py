"""The words of the versions that are in the record already."""

from django.db import migrations

KEEP = """
INSERT INTO incidents_recordword (word)
SELECT DISTINCT word
  FROM (SELECT DISTINCT string_to_table(search_text, ' ') AS piece
          FROM incidents_publishedincident) AS pieces,
       regexp_split_to_table(piece, '[^[:alnum:]]+') AS word
 WHERE length(word) BETWEEN 4 AND 40 AND word !~ '[0-9]'
    ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_words_of_the_record")]
    operations = [migrations.RunSQL(KEEP, "DELETE FROM incidents_recordword")]
