"""The terms of talks have a vocabulary; what is stored stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0009_tactics_of_what_is_published"),
    ]

    operations = [
        migrations.AlterField(
            model_name="negotiationterm",
            name="kind",
            field=models.CharField(
                choices=[
                    ("prisoner_release", "release of prisoners"),
                    ("taxes", "taxes"),
                    ("aspects_of_sharia", "aspects of sharia"),
                    ("disarmament", "disarmament"),
                    ("lift_blockade", "end of the blockade"),
                    ("free_movement", "free movement"),
                ],
                max_length=40,
            ),
        ),
    ]
