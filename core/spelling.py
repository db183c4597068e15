"""Names of reference tables, held in memory and found by the trigrams that they share with words.

Only a cache: each time the database is first asked whether its rows are still the same ones. For
tables that grow with the record that question, and reading them anew, would cost too much.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from django.db import connection, models

from core.names import search_key

Named = tuple[Any, list[str]]
# So large a part of a word's trigrams must be in a name for it to be looked at more closely. It
# is what pg_trgm.word_similarity_threshold (settings) asks of the tables that are not held.
SHARED = 0.4
# A row that was written anew has another place or another writer.
STATE = """
SELECT %s, count(*)::text || ' ' || coalesce(sum(hashtidextended(ctid, xmin::text::bigint)), 0)
  FROM {table}
"""


def state_of(tables: Sequence["type[models.Model]"]) -> dict[str, str]:
    """What changes whenever a row of a table does, by the name of the table."""
    names = [model._meta.db_table for model in tables]
    quoted = (connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(STATE.format(table=name) for name in quoted), names)
        return dict(cursor.fetchall())


def trigrams(text: str) -> set[str]:
    """As pg_trgm takes them: three letters of each word, with two spaces before and one after."""
    padded = (f"  {word} " for word in text.split())
    return {word[n : n + 3] for word in padded for n in range(len(word) - 2)}


class Spellings:
    """Rows with their names, by trigram."""

    def __init__(self, rows: Iterable[Named]) -> None:
        self.rows = list(rows)
        places = defaultdict(list)
        for place, (_pk, names) in enumerate(self.rows):
            for trigram in trigrams(search_key(" ".join(names))):
                places[trigram].append(place)
        self._places = {trigram: np.array(found) for trigram, found in places.items()}

    def like(self, words: Iterable[str]) -> list[Named]:
        """Rows of which the names together are spelt much like one of the words."""
        found = np.zeros(len(self.rows), dtype=np.bool_)
        for word in words:
            asked = trigrams(word)
            shared = [self._places[trigram] for trigram in asked if trigram in self._places]
            if shared:
                counts = np.bincount(np.concatenate(shared), minlength=len(self.rows))
                found |= counts >= max(ceil(SHARED * len(asked)), 1)
        return [self.rows[place] for place in np.flatnonzero(found)]


@dataclass
class Held:
    """The names of some tables in memory; `read` reads all of them."""

    tables: Sequence["type[models.Model]"]
    read: Callable[[], Iterable[Named]]
    _known: tuple[tuple[Any, ...], Spellings] | None = None

    def spellings(self, state: dict[str, str]) -> Spellings:
        """All names, read again where the state of the tables is another one."""
        database = (connection.settings_dict[part] for part in ("NAME", "HOST", "PORT"))
        seen = (*database, *(state[model._meta.db_table] for model in self.tables))
        known = self._known
        if known is None or known[0] != seen:
            known = self._known = (seen, Spellings(self.read()))
        return known[1]
