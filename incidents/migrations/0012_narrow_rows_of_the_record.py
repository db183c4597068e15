"""Long columns of the record lie apart from its rows, so that many rows are read in one block.

A row's JSON and words are some kilobytes, and a question for a frequent word visits the rows of
every hit. `CLUSTER` writes the rows that are there already anew, in the order that they have.
"""

from django.db import migrations

TABLE = "incidents_publishedincident"
APART = f"""
ALTER TABLE {TABLE} SET (toast_tuple_target = 640);
CLUSTER {TABLE} USING {TABLE}_pkey;
ALTER TABLE {TABLE} SET WITHOUT CLUSTER;
ANALYZE {TABLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_words_in_any_language"),
        ("incidents", "0011_people_taken_in_the_record"),
    ]
    operations = [
        migrations.RunSQL(APART, f"ALTER TABLE {TABLE} RESET (toast_tuple_target)"),
    ]
