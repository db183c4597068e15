import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_build_reports_of_the_first_form_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="manuscript",
            name="released_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="manuscript",
            name="submitted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="manuscript",
            name="taken_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.report",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="manuscript",
            trigger=pgtrigger.compiler.Trigger(
                name="manuscript_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="6ab25bc7d18cdfb4c4a0c28b28557f1dd11b2f60",
                    operation="DELETE",
                    pgid="pgtrigger_manuscript_is_kept_62a84",
                    table="reports_manuscript",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="manuscript",
            trigger=pgtrigger.compiler.Trigger(
                name="manuscript_generated_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.job_id IS DISTINCT FROM NEW.job_id OR OLD.title IS DISTINCT FROM NEW.title OR OLD.content::text IS DISTINCT FROM NEW.content::text OR OLD.items::text IS DISTINCT FROM NEW.items::text OR OLD.pictures::text IS DISTINCT FROM NEW.pictures::text OR OLD.checksum IS DISTINCT FROM NEW.checksum)",
                    func="RAISE EXCEPTION 'manuscript_generated_is_frozen';",
                    hash="7a64b9a286519c369df6922040d431248126eca9",
                    operation="UPDATE",
                    pgid="pgtrigger_manuscript_generated_is_frozen_d4b5b",
                    table="reports_manuscript",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="manuscript",
            trigger=pgtrigger.compiler.Trigger(
                name="manuscript_ends_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state IN ('released', 'dropped'))",
                    func="RAISE EXCEPTION 'manuscript_ends_once';",
                    hash="11fa3575b8cc81350dab52981268ae01dc82c5d9",
                    operation="UPDATE",
                    pgid="pgtrigger_manuscript_ends_once_bb699",
                    table="reports_manuscript",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="manuscript",
            trigger=pgtrigger.compiler.Trigger(
                name="manuscript_released_by_no_writer",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.state = 'released')",
                    func="\n                    IF EXISTS (SELECT 1 FROM reports_manuscript_writers\n                               WHERE manuscript_id = NEW.id AND user_id = NEW.released_by_id)\n                    THEN RAISE EXCEPTION 'manuscript_released_by_no_writer';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="08bc3a17e03e15cbaf8057065cc67b6c8bd29853",
                    operation="UPDATE",
                    pgid="pgtrigger_manuscript_released_by_no_writer_0ed42",
                    table="reports_manuscript",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportschedule",
            trigger=pgtrigger.compiler.Trigger(
                name="schedule_counts_the_same",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."cadence" IS DISTINCT FROM (NEW."cadence") OR OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."country_id" IS DISTINCT FROM (NEW."country_id") OR OLD."dataset" IS DISTINCT FROM (NEW."dataset") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."region" IS DISTINCT FROM (NEW."region") OR OLD."topic" IS DISTINCT FROM (NEW."topic"))',
                    func="\n                    IF EXISTS (SELECT 1 FROM reports_reportjob WHERE schedule_id = OLD.id)\n                    THEN RAISE EXCEPTION 'schedule_counts_the_same';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="4cd91d3166cb551250f3e2dfca6191f6db8c731a",
                    operation="UPDATE",
                    pgid="pgtrigger_schedule_counts_the_same_468e3",
                    table="reports_reportschedule",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="manuscript",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["submitted", "released", "dropped"]),
                        ("submitted_at__isnull", False),
                        ("submitted_by__isnull", False),
                    ),
                    models.Q(
                        ("state__in", ["writing", "dropped"]),
                        ("submitted_at__isnull", True),
                        ("submitted_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="manuscript_submission_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="manuscript",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("released_at__isnull", False),
                        ("released_by__isnull", False),
                        ("state", "released"),
                    ),
                    models.Q(
                        ("released_at__isnull", True),
                        ("released_by__isnull", True),
                        models.Q(("state", "released"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="manuscript_release_whole",
            ),
        ),
    ]
