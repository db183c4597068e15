"""Index deaths as lists order them: unknown below zero, so that the order is total."""

import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0002_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="publishedincident",
            name="record_by_killed",
        ),
        migrations.AddIndex(
            model_name="publishedincident",
            index=models.Index(
                models.OrderBy(
                    django.db.models.functions.comparison.Coalesce(
                        models.F("killed_best"), models.Value(-1)
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("public_id"), descending=True),
                condition=models.Q(("is_listed", True), ("valid_to__isnull", True)),
                name="record_by_killed",
            ),
        ),
    ]
