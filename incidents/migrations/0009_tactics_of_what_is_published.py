"""The tactics of the versions that are in the record already: those that their JSON tells."""

from django.db import migrations

# A version never changes but for what is derived from it, so its guard stands aside.
FILL = """
ALTER TABLE incidents_publishedincident DISABLE TRIGGER USER;
UPDATE incidents_publishedincident
   SET tactics = ARRAY(SELECT json_array_elements_text(payload -> 'tactics'))
 WHERE is_listed AND json_array_length(payload -> 'tactics') > 0;
ALTER TABLE incidents_publishedincident ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0008_tactics_of_the_record")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
