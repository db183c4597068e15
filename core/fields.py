"""Model fields."""

from typing import Any

from django.db import models


class StoredJSONField(models.JSONField):
    """JSON kept as text, in the order it was written: PostgreSQL `json`, not `jsonb`.

    A stored payload is served byte for byte, so that a list page is a concatenation.
    """

    def db_type(self, connection: Any) -> str:
        return "json"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        # psycopg2 has already decoded `json`; Django leaves only `jsonb` undecoded.
        if isinstance(value, str):
            return super().from_db_value(value, expression, connection)
        return value
