"""A draft can be given up: its status is a word more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0006_words_of_what_is_published")]

    operations = [
        migrations.AlterField(
            model_name="incident",
            name="editorial_status",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("in_review", "in review"),
                    ("verified", "verified"),
                    ("published", "published"),
                    ("corrected", "corrected"),
                    ("withdrawn", "withdrawn"),
                    ("merged", "merged"),
                    ("discarded", "discarded"),
                ],
                db_default="draft",
                default="draft",
                max_length=10,
            ),
        ),
    ]
