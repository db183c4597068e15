from django.db import migrations, models
from django.db.models import Q

STATES = [
    ("queued", "waiting"),
    ("running", "running"),
    ("done", "done"),
    ("failed", "failed"),
    ("cancelled", "cancelled"),
]
ALARMS = [
    ("no_worker", "No worker runs"),
    ("idle_worker", "A worker lives but does not work"),
    ("jobs_wait", "Jobs wait although a worker is free"),
    ("silent_beat", "No beat rings"),
    ("jobs_failed", "Jobs have failed"),
    ("leases_lost", "A job is abandoned again and again"),
]
KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_delivery")]

    operations = [
        migrations.AlterField(
            model_name="reportjob",
            name="state",
            field=models.CharField(
                choices=STATES, db_default="queued", default="queued", max_length=10
            ),
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", KEY.clone()),
                ("kind", models.CharField(choices=ALARMS, max_length=20)),
                ("subject", models.CharField(blank=True, max_length=240)),
                ("facts", models.JSONField(default=dict)),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-since", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(ended_at__isnull=True),
                        fields=["kind", "subject"],
                        name="alarm_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", KEY.clone()),
                (
                    "kind",
                    models.CharField(
                        choices=[("worker", "worker"), ("beat", "beat")], max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("started_at", models.DateTimeField()),
                ("lived_at", models.DateTimeField()),
                ("worked_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("active", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["kind", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=["kind", "name"], name="heartbeat_one_a_process")
                ],
            },
        ),
    ]
