"""The record's tactics as a column that may be asked for, beside its targets and weapons."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0007_drafts_that_are_discarded")]

    operations = [
        migrations.AddField(
            model_name="publishedincident",
            name="tactics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        migrations.RemoveIndex(model_name="publishedincident", name="record_by_means"),
        migrations.AddIndex(
            model_name="publishedincident",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("is_listed", True), ("valid_to__isnull", True)),
                fields=["targets", "weapons", "tactics"],
                gin_pending_list_limit=1024,
                name="record_by_means",
            ),
        ),
    ]
