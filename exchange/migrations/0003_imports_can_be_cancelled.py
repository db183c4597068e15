from django.db import migrations, models

STATES = [
    ("queued", "waiting"),
    ("running", "running"),
    ("done", "done"),
    ("failed", "failed"),
    ("cancelled", "cancelled"),
]


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_releases")]

    operations = [
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(
                choices=STATES, db_default="queued", default="queued", max_length=10
            ),
        ),
    ]
