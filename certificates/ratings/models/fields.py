"""A JSON column that also takes what is JSON text already."""

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Written(str):
    """JSON as text, as it is to stand in the column."""


class WrittenJSONField(models.JSONField):
    """A JSONField to which long values may be given as text: ten thousand of them need no lists in memory."""

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Text goes into SQLite as it is; other databases take it as data."""
        if isinstance(value, Written):
            if connection.vendor == "sqlite":
                return str(value)
            value = json.loads(value)
        return super().get_db_prep_value(value, connection, prepared)
