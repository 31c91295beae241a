"""What the state of the system is: for /readyz and for the page of the system administrator."""

import datetime
import shutil
import time
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from lianbing.kit import fonts, local_https, ticker
from lianbing.kit.models import BackupRecord, Lease

STALE_BACKUP = datetime.timedelta(hours=24)
LITTLE_DISK = 2 * 1024**3
CACHE_SECONDS = 5.0
_cached: dict[str, tuple[float, bool]] = {}


def ready(at: datetime.datetime) -> dict[str, bool]:
    """Whether the database takes writes, every migration is applied and the ticker runs.

    Asked by strangers too, so what costs is asked at most every five seconds.
    """
    return {
        "database": _cache("database", database_takes_writes),
        "migrations": _cache("migrations", migrations_applied),
        "ticker": _cache("ticker", lambda: ticker.is_alive(at)),
    }


def _cache(name: str, ask: Any) -> bool:
    moment, answer = _cached.get(name, (-CACHE_SECONDS, False))
    if not answer or time.monotonic() - moment > CACHE_SECONDS:
        try:
            answer = bool(ask())
        except DatabaseError:
            answer = False
        _cached[name] = (time.monotonic(), answer)
    return answer


def database_takes_writes() -> bool:
    """Write a row and take it back."""
    with transaction.atomic():
        Lease.objects.create(
            name="readyz", holder="", expires_at=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
        )
        transaction.set_rollback(True)
    return True


def migrations_applied() -> bool:
    """Whether the database's tables are those the code expects."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def last_backup() -> BackupRecord | None:
    """The newest verified backup."""
    return BackupRecord.objects.order_by("-made_at").first()


def backup_is_stale(record: BackupRecord | None, at: datetime.datetime) -> bool:
    """Whether there is no backup, or the last is more than a day old."""
    return record is None or at - record.made_at > STALE_BACKUP


def system(at: datetime.datetime, *, secure: bool) -> dict[str, Any]:
    """Everything the page of the system administrator says."""
    record, disk = last_backup(), shutil.disk_usage(settings.DATA_DIR)
    state = ready(at)
    return {
        "backup": record,
        "backup_stale": backup_is_stale(record, at),
        "backups": BackupRecord.objects.order_by("-made_at")[:10],
        "database": connection.vendor,
        "database_bytes": _database_bytes(),
        "disk_free": disk.free,
        "disk_low": disk.free < LITTLE_DISK,
        "font": fonts.chinese(),
        "ready": state,
        "secure": secure,
        "https_address": local_https.address(),
    }


def _database_bytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
