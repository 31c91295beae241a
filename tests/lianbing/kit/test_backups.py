"""Backups are whole or not made; restores are whole or change nothing."""

import io
import json
import sqlite3
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from lianbing.kit import backups
from lianbing.kit.models import BackupRecord

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="these backups are of an SQLite file made for the test"
    ),
]


@pytest.fixture(autouse=True)
def _in_english():
    """Reasons are compared by their message ids; that they are all translated is checked elsewhere."""
    with translation.override("en"):
        yield


@pytest.fixture
def site(tmp_path, settings, monkeypatch):
    """A data folder with a database in WAL mode, a picture, a key, and what can be made again."""
    data = tmp_path / "var"
    for folder in ("media", "static", "tls"):
        (data / folder).mkdir(parents=True)
    (data / "media" / "图.png").write_bytes(b"picture")
    (data / "static" / "a.css").write_text("x")
    (data / "secret-key").write_text("old key")
    (data / "secret-key").chmod(0o600)
    (data / "demo-logins.json").write_text("[]")
    settings.DATA_DIR = data
    monkeypatch.setattr(backups, "database_path", lambda: data / "lianbing.sqlite3")
    with sqlite3.connect(data / "lianbing.sqlite3") as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE django_migrations (name TEXT)")
        connection.execute("CREATE TABLE answers (text TEXT)")
        connection.execute("INSERT INTO answers VALUES ('kept')")
    connection.close()
    return data


@pytest.fixture
def archive(site, tmp_path, at):
    path = tmp_path / "backup.tar.gz"
    backups.backup(path, at=at)
    return path


def answers(site):
    connection = sqlite3.connect(site / "lianbing.sqlite3")
    found = [row[0] for row in connection.execute("SELECT text FROM answers")]
    connection.close()
    return found


def change(site):
    connection = sqlite3.connect(site / "lianbing.sqlite3")
    connection.execute("INSERT INTO answers VALUES ('new')")
    connection.commit()
    connection.close()
    (site / "media" / "图.png").write_bytes(b"changed")
    (site / "secret-key").write_text("new key")


def rewritten(archive, change):
    """The archive again, each member passed through `change(name, data)` -> (name, data) or None."""
    target = archive.with_name("rewritten.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(target, "w:gz") as made:
        for info in source:
            result = change(info.name, source.extractfile(info).read())
            if result:
                info.name, info.size = result[0], len(result[1])
                made.addfile(info, io.BytesIO(result[1]))
    return target


def test_an_archive_holds_database_media_and_keys_and_nothing_else(archive):
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert names == ["database.sqlite3", "data/media/图.png", "data/secret-key", "manifest.json"]
    assert archive.stat().st_mode & 0o777 == 0o600


def test_a_backup_is_recorded(archive, at):
    record = BackupRecord.objects.get()
    assert (record.made_at, record.files, record.bytes) == (at, 3, archive.stat().st_size)


def test_a_backup_inside_the_data_folder_does_not_swallow_the_others(site, at):
    backups.backup(site / "one.tar.gz", at=at)
    report = backups.backup(site / "two.tar.gz", at=at)
    assert report.files == 3


def test_what_is_being_written_is_in_the_backup_up_to_the_last_commit(site, tmp_path, at):
    writer = sqlite3.connect(site / "lianbing.sqlite3")
    writer.execute("INSERT INTO answers VALUES ('committed')")
    writer.commit()
    writer.execute("INSERT INTO answers VALUES ('not yet')")
    backups.backup(tmp_path / "b.tar.gz", at=at)
    writer.close()
    backups.restore(tmp_path / "b.tar.gz")
    assert answers(site) == ["kept", "committed"]


def test_restore_puts_everything_back_and_keeps_what_was_there(site, archive):
    change(site)
    backups.restore(archive)
    assert answers(site) == ["kept"]
    assert (site / "media" / "图.png").read_bytes() == b"picture"
    assert (site / "secret-key").read_text() == "old key"
    assert (site / "secret-key").stat().st_mode & 0o777 == 0o600
    assert (site / "secret-key.before-restore").read_text() == "new key"
    assert (site / "media.before-restore" / "图.png").read_bytes() == b"changed"
    assert (site / "lianbing.sqlite3.before-restore").exists()
    assert not list(site.glob(".lianbing-*"))


def test_restoring_twice_works(site, archive):
    backups.restore(archive)
    change(site)
    backups.restore(archive)
    assert answers(site) == ["kept"]


def test_restore_works_while_others_read(site, archive):
    change(site)
    reader = sqlite3.connect(site / "lianbing.sqlite3")
    assert reader.execute("SELECT count(*) FROM answers").fetchone() == (2,)
    backups.restore(archive)
    assert reader.execute("SELECT count(*) FROM answers").fetchone() == (1,)
    assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    reader.close()


def test_restore_fills_an_empty_data_folder(site, archive, settings, monkeypatch, tmp_path):
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    settings.DATA_DIR = fresh
    monkeypatch.setattr(backups, "database_path", lambda: fresh / "lianbing.sqlite3")
    backups.restore(archive)
    assert answers(fresh) == ["kept"]
    assert (fresh / "secret-key").read_text() == "old key"


def refused(site, archive):
    change(site)
    with pytest.raises(backups.RestoreRefused) as caught:
        backups.restore(archive)
    assert answers(site) == ["kept", "new"]
    assert (site / "secret-key").read_text() == "new key"
    assert not list(site.glob("*.before-restore"))
    return str(caught.value)


@pytest.mark.parametrize("cut", [10, 200, -20, -1])
def test_a_truncated_archive_is_refused(site, archive, cut):
    archive.write_bytes(archive.read_bytes()[:cut])
    assert "whole" in refused(site, archive)


def test_a_flipped_byte_is_refused(site, archive):
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 0xFF
    archive.write_bytes(data)
    refused(site, archive)


def test_a_changed_member_is_refused(site, archive):
    changed = rewritten(archive, lambda n, d: (n, b"forged!") if n.endswith("secret-key") else (n, d))
    assert "damaged" in refused(site, changed)


def test_a_missing_member_is_refused(site, archive):
    changed = rewritten(archive, lambda n, d: None if n.endswith("secret-key") else (n, d))
    assert "damaged" in refused(site, changed)


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "data/../../escaped", "elsewhere"])
def test_a_member_that_wants_out_is_refused(site, archive, name):
    changed = rewritten(archive, lambda n, d: (name, d) if n.endswith("secret-key") else (n, d))
    assert "belong" in refused(site, changed)


def test_a_link_is_refused(site, archive, tmp_path):
    with tarfile.open(tmp_path / "link.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("data/link")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    assert "belong" in refused(site, tmp_path / "link.tar.gz")


def test_another_file_is_refused(site, archive, tmp_path):
    (tmp_path / "foreign").write_text("not an archive")
    assert "whole backup" in refused(site, tmp_path / "foreign")


def test_a_file_that_is_not_there_is_refused(site, tmp_path):
    assert "nothing.tar.gz" in refused(site, tmp_path / "nothing.tar.gz")


def test_when_the_database_cannot_be_written_the_files_go_back(site, archive, monkeypatch):
    def fail(fresh):
        raise backups.RestoreRefused("disk full")

    monkeypatch.setattr(backups, "_restore_sqlite", fail)
    assert refused(site, archive) == "disk full"


def test_a_backup_that_fails_leaves_no_file(site, tmp_path, at):
    (site / "lianbing.sqlite3").write_bytes(b"no database at all, only words" * 50)
    with pytest.raises(backups.BackupFailed):
        backups.backup(tmp_path / "b.tar.gz", at=at)
    assert [p.name for p in tmp_path.iterdir()] == ["var"]
    assert not BackupRecord.objects.exists()


def test_the_commands_report(site, tmp_path, capsys):
    path = str(tmp_path / "b.tar.gz")
    call_command("backup", "-o", path, "--json")
    made = json.loads(capsys.readouterr().out)
    call_command("restore", path, "--json")
    assert json.loads(capsys.readouterr().out) == made
    assert set(made) == {"files", "bytes", "sha256"}


def test_the_commands_say_what_is_wrong(site, tmp_path):
    with pytest.raises(CommandError, match="nothing was changed") as caught:
        call_command("restore", str(tmp_path / "none"))
    assert caught.value.returncode == 2
    with pytest.raises(CommandError, match="not a folder"):
        call_command("backup", "-o", str(tmp_path / "no" / "b"))


def test_what_is_refused_still_leaves_one_object_on_stdout(site, tmp_path, capsys):
    for command, where in (
        ("restore", [str(tmp_path / "no")]),
        ("backup", ["-o", str(tmp_path / "no" / "b")]),
    ):
        with pytest.raises(CommandError) as told:
            call_command(command, *where, "--json")
        assert told.value.returncode == 2
        assert json.loads(capsys.readouterr().out) == {"files": 0, "bytes": 0, "sha256": ""}
