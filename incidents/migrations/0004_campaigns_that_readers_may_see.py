"""Campaigns say whether readers may know of them; those that readers know already, do."""

from typing import Any

from django.db import migrations, models


def as_before(apps: Any, schema_editor: Any) -> None:
    """Until now every campaign was public at once."""
    apps.get_model("incidents", "Campaign").objects.update(is_public=True)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0003_desk_editing_and_review")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="is_public",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(as_before, migrations.RunPython.noop),
    ]
