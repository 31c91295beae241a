"""Tables that the database itself refuses to rewrite.

`@append_only` marks a model whose rows may be inserted and read, never changed or deleted.
`@frozen_once(column)` marks a model whose rows may not be changed or deleted once `column` is set.
The triggers are taken away before a migration changes anything on SQLite, where altering a table renames
it under the triggers of others and fails; they are installed after every migration. A system check looks
for them, because rebuilding a table on SQLite silently drops its own.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.db.models import Model

M = TypeVar("M", bound=type[Model])


@dataclass(frozen=True)
class Guard:
    """What is guarded: a model's table, and the column that freezes a row ("" = from the start).

    `through` (a foreign key column, the parent's table, the parent's freezing column) freezes a row
    with its parent.
    """

    model: str
    table: str
    frozen_column: str = ""
    through: tuple[str, str, str] | None = None


_guards: dict[str, Guard] = {}


def append_only(model: M) -> M:
    """Class decorator: rows are never updated or deleted."""
    _guards[model._meta.db_table] = Guard(model._meta.label, model._meta.db_table)
    return model


def frozen_once(column: str) -> Callable[[M], M]:
    """Class decorator: a row whose `column` is not null is never updated or deleted."""

    def mark(model: M) -> M:
        _guards[model._meta.db_table] = Guard(model._meta.label, model._meta.db_table, column)
        return model

    return mark


def frozen_with(foreign_key: str, column: str) -> Callable[[M], M]:
    """Class decorator: a row is frozen when `column` of the row `foreign_key` points at is not null."""

    def mark(model: M) -> M:
        field: Any = model._meta.get_field(foreign_key)
        parent = field.remote_field.model._meta.db_table
        _guards[model._meta.db_table] = Guard(
            model._meta.label, model._meta.db_table, through=(field.column, parent, column)
        )
        return model

    return mark


def guards() -> list[Guard]:
    """Every guarded table, in the order of their names."""
    return [_guards[name] for name in sorted(_guards)]


def _condition(guard: Guard) -> str:
    if guard.through:
        key, parent, column = guard.through
        return f'EXISTS (SELECT 1 FROM "{parent}" p WHERE p.id = OLD."{key}" AND p."{column}" IS NOT NULL)'
    return f'OLD."{guard.frozen_column}" IS NOT NULL' if guard.frozen_column else ""


def trigger_names(guard: Guard) -> tuple[str, str]:
    """The names of the two triggers of a table, against change and against deletion."""
    return f"{guard.table}_no_update", f"{guard.table}_no_delete"


def _statements(guard: Guard, vendor: str) -> list[str]:
    condition = _condition(guard)
    made = []
    for name, verb in zip(trigger_names(guard), ("UPDATE", "DELETE"), strict=True):
        message = f"{guard.table}: rows are official and may not be changed ({verb})"
        if vendor == "sqlite":
            when = f"WHEN {condition} " if condition else ""
            made += [
                f'DROP TRIGGER IF EXISTS "{name}"',
                (
                    f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{guard.table}" {when}'
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
                ),
            ]
        else:
            test = f"IF {condition} THEN" if condition else "IF TRUE THEN"
            made += [
                (
                    f'CREATE OR REPLACE FUNCTION "{name}_f"() RETURNS trigger AS $guard$ BEGIN '
                    f"{test} RAISE EXCEPTION '{message}'; END IF; "
                    f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $guard$ LANGUAGE plpgsql"
                ),
                f'DROP TRIGGER IF EXISTS "{name}" ON "{guard.table}"',
                (
                    f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{guard.table}" '
                    f'FOR EACH ROW EXECUTE FUNCTION "{name}_f"()'
                ),
            ]
    return made


def install(using: str = "default") -> None:
    """Put every trigger in place. Tables that do not exist yet are passed over."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards():
            if guard.table in present:
                for statement in _statements(guard, connection.vendor):
                    cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """Labels of guarded models whose table exists without its triggers."""
    connection = connections[using]
    source = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(source)
        found = {row[0] for row in cursor.fetchall()}
    present = set(connection.introspection.table_names())
    return [g.model for g in guards() if g.table in present and not set(trigger_names(g)) <= found]


@register(Tags.database)
def check_guards(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """System check: a guarded table without its guard is an error."""
    del app_configs, kwargs
    problems: list[CheckMessage] = []
    for alias in databases or []:
        try:
            unguarded = missing(alias)
        except DatabaseError:
            continue
        problems += [
            Error(f"{label} has lost its append-only guard.", hint="Run manage.py migrate.", id="kit.E001")
            for label in unguarded
        ]
    return problems


def remove(using: str = "default") -> None:
    """Take every trigger away. Tables that do not exist yet are passed over."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards():
            if guard.table in present:
                on_table = "" if connection.vendor == "sqlite" else f' ON "{guard.table}"'
                for name in trigger_names(guard):
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def remove_before_migrate(using: str, plan: Sequence[object] = (), **kwargs: object) -> None:
    """Receiver of pre_migrate: only where a migration is about to run, and only on SQLite."""
    del kwargs
    if plan and connections[using].vendor == "sqlite":
        remove(using)


def install_after_migrate(using: str, **kwargs: object) -> None:
    """Receiver of post_migrate, connected once by the kit's AppConfig."""
    del kwargs
    if apps.ready:
        install(using)


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Take every guard away and put it back: for flushing a test database and for an audited purge.

    Must run inside a transaction when anything but a test calls it, so that a failure leaves the guards.
    """
    remove(using)
    try:
        yield
    finally:
        install(using)
