"""Reports of the first form are built again in the second, each from the record tip of its job."""

from django.db import migrations

AGAIN = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE reports_reportitem DISABLE TRIGGER USER;
ALTER TABLE reports_report DISABLE TRIGGER USER;
UPDATE reports_reportjob
   SET state = 'queued', attempts = 0, progress = 0, finished_at = NULL, leased_until = NULL
 WHERE id IN (SELECT job_id FROM reports_report);
DELETE FROM reports_reportitem;
DELETE FROM reports_report;
ALTER TABLE reports_report ENABLE TRIGGER USER;
ALTER TABLE reports_reportitem ENABLE TRIGGER USER;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_schedules_of_every_kind_and_manuscripts")]

    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
