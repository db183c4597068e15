"""The words that the record uses, to which a misspelt word is led (docs/search.md)."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F

# Every published row brings its words; those of short length or with digits are never misspelt
# in a way that likeness could mend.
KEEP_WORDS = pgtrigger.Trigger(
    name="record_words_are_kept",
    level=pgtrigger.Statement,
    operation=pgtrigger.Insert,
    when=pgtrigger.After,
    referencing=pgtrigger.Referencing(new="fresh"),
    func="""
        INSERT INTO incidents_recordword (word)
        SELECT DISTINCT word
          FROM (SELECT DISTINCT string_to_table(search_text, ' ') AS piece FROM fresh) AS pieces,
               regexp_split_to_table(piece, '[^[:alnum:]]+') AS word
         WHERE length(word) BETWEEN 4 AND 40 AND word !~ '[0-9]'
            ON CONFLICT DO NOTHING;
        RETURN NULL;
    """,
)


class RecordWord(models.Model):
    """One word of some published version, folded. It is never shown unless a current row has it."""

    word = models.TextField(primary_key=True)

    class Meta:
        indexes = [GinIndex(OpClass(F("word"), name="gin_trgm_ops"), name="record_word_by_trigram")]

    def __str__(self) -> str:
        return self.word
