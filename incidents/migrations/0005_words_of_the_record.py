"""A table of the words that the record uses, instead of a trigram index over all its text."""

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0004_campaigns_that_readers_may_see")]

    operations = [
        migrations.CreateModel(
            name="RecordWord",
            fields=[("word", models.TextField(primary_key=True, serialize=False))],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.F("word"), name="gin_trgm_ops"
                        ),
                        name="record_word_by_trigram",
                    )
                ],
            },
        ),
        migrations.RemoveIndex(model_name="publishedincident", name="record_by_words"),
        migrations.RemoveIndex(model_name="publishedincident", name="record_by_trigram"),
        migrations.AddIndex(
            model_name="publishedincident",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], gin_pending_list_limit=1024, name="record_by_words"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publishedincident",
            trigger=pgtrigger.compiler.Trigger(
                name="record_words_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO incidents_recordword (word)\n        SELECT DISTINCT word\n          FROM (SELECT DISTINCT string_to_table(search_text, ' ') AS piece FROM fresh) AS pieces,\n               regexp_split_to_table(piece, '[^[:alnum:]]+') AS word\n         WHERE length(word) BETWEEN 4 AND 40 AND word !~ '[0-9]'\n            ON CONFLICT DO NOTHING;\n        RETURN NULL;\n    ",
                    hash="53f3fb01d3cc3c2c60249df766545ef15ed77dba",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_record_words_are_kept_4b8a5",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="incidents_publishedincident",
                    when="AFTER",
                ),
            ),
        ),
    ]
