"""Backups: one archive with the database, the media and the keys, verified, and put back whole or not at all.

The archive is a gzipped tar: the members, then `manifest.json` with the size and SHA-256 of each. The
database goes in as a copy made while the site serves (SQLite's backup interface, or pg_dump), everything else
in the data folder as it is. `restore` unpacks beside the data folder, checks every sum and the database's own
integrity, and only then changes places; what was there stays as `<name>.before-restore`.
"""

import datetime
import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from lianbing.kit.models import BackupRecord

FORMAT = "lianbing-backup-1"
DATABASE_MEMBER = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
LEFT_OUT = {"demo-logins.json", "static", "logs", "tmp"}
MANIFEST = "manifest.json"
BEFORE = ".before-restore"
BLOCK = 1024 * 1024
# A table that somebody holds is waited for, not for ever: a restore that cannot have it says so and changes nothing.
LOCK_WAIT = "30s"


class BackupFailed(Exception):
    """No usable backup was made; nothing was left behind."""


class RestoreRefused(Exception):
    """The archive cannot be restored; what is there was left untouched."""


@dataclass(frozen=True)
class Report:
    """`files` members without the manifest, `bytes` and `sha256` of the archive itself."""

    files: int
    bytes: int
    sha256: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def backup(target: Path, *, at: datetime.datetime) -> Report:
    """Write a verified archive to `target` (its own name only once it is whole) and record it.

    Raises BackupFailed; then no file is left behind.
    """
    target = target.absolute()
    if not target.parent.is_dir():
        raise BackupFailed(f"{target.parent} is not a folder.")
    beside = target.with_name(f".{target.name}.new")
    try:
        files = _write_archive(beside, target, at)
        verify(beside)
        report = Report(files, beside.stat().st_size, _sha256_of(beside))
        beside.replace(target)
        _sync_folder(target.parent)
    except (OSError, RestoreRefused, sqlite3.Error, subprocess.SubprocessError) as error:
        raise BackupFailed(f"The backup was not made: {error}") from error
    finally:
        beside.unlink(missing_ok=True)
    BackupRecord.objects.create(made_at=at, path=str(target), **report.as_dict())
    return report


def verify(archive: Path) -> dict[str, Any]:
    """Read all of `archive` and check it. Returns the manifest. Raises RestoreRefused."""
    with tempfile.TemporaryDirectory(dir=archive.absolute().parent, prefix=".lianbing-verify-") as scratch:
        return _read(archive, Path(scratch), keep_all=False)


def restore(archive: Path) -> Report:
    """Put back what `archive` holds. Works while the site serves; restart it afterwards for its keys.

    Raises RestoreRefused, and then nothing has changed.
    """
    data = Path(settings.DATA_DIR)
    with tempfile.TemporaryDirectory(dir=data, prefix=".lianbing-restore-") as scratch:
        fresh = Path(scratch)
        manifest = _read(archive, fresh, keep_all=True)
        vendor = connections["default"].vendor
        member = DATABASE_MEMBER[vendor]
        if manifest["database"] != member:
            raise RestoreRefused(
                _("The archive holds %(held)s; this site runs on %(here)s.")
                % {"held": manifest["database"], "here": vendor}
            )
        report = Report(len(manifest["members"]), archive.stat().st_size, _sha256_of(archive))
        moves = _change_places(fresh / "data", data)
        try:
            _restore_sqlite(fresh / member) if vendor == "sqlite" else _restore_postgresql(fresh / member)
        except BaseException:
            _undo(moves)
            raise
    return report


def database_path() -> Path:
    """The file of the SQLite database."""
    return Path(connections["default"].settings_dict["NAME"])


class _Summed:
    """A file that sums what is read from it, up to the size it had when it was opened."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = self._left = os.fstat(file.fileno()).st_size
        self._sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        self._sum.update(data)
        return data

    def hexdigest(self) -> str:
        return self._sum.hexdigest()


def _write_archive(beside: Path, target: Path, at: datetime.datetime) -> int:
    """Pack the database's copy, then the files, then the list of them all; returns how many members."""
    vendor = connections["default"].vendor
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as raw:
        with (
            tempfile.TemporaryDirectory(dir=target.parent, prefix=".lianbing-backup-") as scratch,
            tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar,
        ):
            copy = Path(scratch) / DATABASE_MEMBER[vendor]
            _copy_sqlite(copy) if vendor == "sqlite" else _dump_postgresql(copy)
            members = [_pack(tar, copy.name, copy)]
            members += [_pack(tar, name, path) for name, path in _data_files(target)]
            manifest = {
                "format": FORMAT,
                "made_at": at.isoformat(),
                "database": copy.name,
                "members": members,
            }
            listed = Path(scratch) / MANIFEST
            listed.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
            _pack(tar, MANIFEST, listed)
        raw.flush()
        os.fsync(raw.fileno())
    return len(members)


def _pack(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    """Add one file; returns its line of the manifest."""
    with path.open("rb") as file:
        source = _Summed(file)
        info = _plain(tar.gettarinfo(arcname=name, fileobj=file))
        info.size = source.size
        tar.addfile(info, source)  # type: ignore[arg-type]
    return {"name": name, "bytes": source.size, "sha256": source.hexdigest()}


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    return info


def _data_files(target: Path) -> Iterator[tuple[str, Path]]:
    """Every file of the data folder but the live database, what can be made again, and old restores."""
    data = Path(settings.DATA_DIR)
    database = str(database_path())
    # No backups of backups: neither this one nor those made before.
    ours = {target, target.with_name(f".{target.name}.new")}
    ours |= {Path(path) for path in BackupRecord.objects.values_list("path", flat=True)}
    for path in sorted(data.rglob("*")):
        parts = path.relative_to(data).parts
        top = parts[0]
        if (
            path.is_symlink()
            or not path.is_file()
            or top in LEFT_OUT
            or top.startswith(".lianbing-")
            or BEFORE in top
            or path in ours
            or str(path).startswith(database)
        ):
            continue
        yield "data/" + "/".join(parts), path


def _copy_sqlite(copy: Path) -> None:
    if not database_path().exists():
        raise FileNotFoundError(_("There is no database at %(path)s.") % {"path": database_path()})
    with (
        _closing(sqlite3.connect(database_path())) as source,
        _closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")


class _closing:
    """sqlite3's own `with` commits but does not close."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __enter__(self) -> sqlite3.Connection:
        return self.connection

    def __exit__(self, *error: object) -> None:
        self.connection.close()


def _postgresql_environment() -> tuple[list[str], dict[str, str]]:
    config = connections["default"].settings_dict
    pairs = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {name: str(config[key]) for name, key in pairs.items() if config.get(key)}
    return [f"--dbname={config['NAME']}"], {**settings.PROCESS_ENVIRONMENT, **environment}


def _dump_postgresql(copy: Path) -> None:
    database, environment = _postgresql_environment()
    command = ["pg_dump", "--format=custom", "--no-owner", f"--file={copy}", *database]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def _restore_postgresql(dump: Path) -> None:
    database, environment = _postgresql_environment()
    environment["PGOPTIONS"] = f"-c lock_timeout={LOCK_WAIT}"
    command = [
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        *database,
        str(dump),
    ]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RestoreRefused(
            _("pg_restore failed and changed nothing: %(why)s") % {"why": done.stderr.strip()[-300:]}
        )


def _restore_sqlite(fresh: Path) -> None:
    """Write the copy over the live database as one transaction, after keeping the old one beside it."""
    live = database_path()
    if live.exists():
        kept = live.with_name(live.name + BEFORE)
        kept.unlink(missing_ok=True)
        _copy_sqlite(kept)
        kept.chmod(0o600)
    try:
        with (
            _closing(sqlite3.connect(fresh)) as source,
            _closing(sqlite3.connect(live, timeout=60)) as target,
        ):
            target.execute("PRAGMA journal_mode=WAL")
            source.backup(target)
    except sqlite3.Error as error:
        raise RestoreRefused(_("The database could not be written: %(why)s") % {"why": error}) from error
    connections["default"].close()


def _read(archive: Path, into: Path, *, keep_all: bool) -> dict[str, Any]:
    """Check `archive` against its manifest and the database against itself.

    Unpacks into `into` everything (`keep_all`) or the database alone.
    """
    found, manifest = [], None
    try:
        with gzip.open(archive) as stream, tarfile.open(fileobj=stream, mode="r:") as tar:
            for info in tar:
                _check_name(info)
                source = tar.extractfile(info)
                assert source is not None
                if info.name == MANIFEST:
                    manifest = json.loads(source.read())
                    continue
                keep = keep_all or info.name in DATABASE_MEMBER.values()
                total = _extract(source, info, into if keep else None)
                found.append({"name": info.name, "bytes": info.size, "sha256": total})
            while stream.read(BLOCK):  # to the very end, where gzip keeps its own sum
                pass
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError) as error:
        raise RestoreRefused(
            _("%(file)s is not a whole backup archive: %(why)s") % {"file": archive.name, "why": error}
        ) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise RestoreRefused(
            _("%(file)s is not a backup of this product, or not a whole one.") % {"file": archive.name}
        )
    if manifest["members"] != found:
        raise RestoreRefused(
            _("%(file)s is damaged: its contents are not what its list says.") % {"file": archive.name}
        )
    _check_database(into / manifest["database"])
    return manifest


def _check_name(info: tarfile.TarInfo) -> None:
    """Refuse anything but plain files with plain names in the two places an archive has."""
    name = PurePosixPath(info.name)
    known = info.name in {MANIFEST, *DATABASE_MEMBER.values()} or name.parts[:1] == ("data",)
    if not info.isreg() or name.is_absolute() or ".." in name.parts or not known:
        raise RestoreRefused(
            _("The archive holds something that does not belong there: %(name)s") % {"name": repr(info.name)}
        )


def _extract(source: IO[bytes], info: tarfile.TarInfo, into: Path | None) -> str:
    """Read one member, into its file or nowhere; returns its SHA-256."""
    if into is None:
        return _copy_with_sum(source, None)
    path = into.joinpath(*PurePosixPath(info.name).parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as target:
        path.chmod(info.mode & 0o777)
        return _copy_with_sum(source, target)


def _copy_with_sum(source: IO[bytes], target: IO[bytes] | None) -> str:
    total = hashlib.sha256()
    while block := source.read(BLOCK):
        total.update(block)
        if target is not None:
            target.write(block)
    return total.hexdigest()


def _check_database(path: Path) -> None:
    """Refuse a copy that is no database of this product or is damaged inside."""
    if path.name != DATABASE_MEMBER["sqlite"]:
        return
    try:
        with _closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            copy.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except sqlite3.Error as error:
        raise RestoreRefused(
            _("The database in the archive cannot be read: %(why)s") % {"why": error}
        ) from error
    if verdict != "ok":
        raise RestoreRefused(_("The database in the archive is damaged: %(why)s") % {"why": verdict})


def _change_places(fresh: Path, data: Path) -> list[tuple[Path, Path]]:
    """Move each top-level thing from `fresh` into the data folder, keeping what was there beside it.

    Returns the moves made (from, to), to be undone if the database cannot follow.
    """
    moves: list[tuple[Path, Path]] = []
    try:
        for new in sorted(fresh.iterdir()) if fresh.is_dir() else []:
            old, kept = data / new.name, data / (new.name + BEFORE)
            if old.exists():
                shutil.rmtree(kept) if kept.is_dir() else kept.unlink(missing_ok=True)
                old.rename(kept)
                moves.append((old, kept))
            new.rename(old)
            moves.append((new, old))
    except OSError as error:
        _undo(moves)
        raise RestoreRefused(_("The files could not change places: %(why)s") % {"why": error}) from error
    _sync_folder(data)
    return moves


def _undo(moves: list[tuple[Path, Path]]) -> None:
    for source, target in reversed(moves):
        target.rename(source)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
