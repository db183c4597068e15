from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0006_operations"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportjob",
            name="terms",
            field=models.JSONField(
                blank=True, db_default=models.Value({}, models.JSONField()), default=dict
            ),
        ),
    ]
