"""manage.py import_laws: files, folders and archives; JSON; exit codes; hostile input."""

import io
import json
import tarfile
import zipfile

import pytest
from django.core.management import call_command

from lianbing.library.models import LawEdition
from tests.factories.library import law_source

pytestmark = pytest.mark.django_db
KEYS = [
    "files",
    "laws_created",
    "editions_created",
    "articles_created",
    "unchanged",
    "skipped",
    "refused",
    "doubtful",
]


@pytest.fixture
def run(capsys):
    def call(*paths, **options):
        code = 0
        try:
            call_command("import_laws", *map(str, paths), json=True, **options)
        except SystemExit as stop:
            code = stop.code
        out, err = capsys.readouterr()
        return code, json.loads(out), err

    return call


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "法" / "下").mkdir(parents=True)
    (tmp_path / "法" / "甲(2020-01-02).md").write_text(law_source("甲"), encoding="utf-8")
    (tmp_path / "法" / "下" / "乙.md").write_bytes(law_source("乙").encode("gb18030"))
    (tmp_path / "法" / "README.md").write_text("说明", encoding="utf-8")
    (tmp_path / "法" / "坏.md").write_text("第一条 甲。", encoding="utf-8")
    (tmp_path / "法" / "db.sqlite3").write_bytes(b"\x00")
    return tmp_path / "法"


def test_a_folder_gives_one_object_and_a_progress_bar(run, folder):
    code, report, err = run(folder)
    assert (code, list(report)) == (1, KEYS)
    assert [report[key] for key in KEYS[:5]] == [4, 2, 2, 6, 0]
    assert [row["file"].rpartition("/")[2] for row in report["skipped"] + report["refused"]] == [
        "README.md",
        "坏.md",
    ]
    assert "4/4" in err


def _zip(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def _tar(path, files):
    with tarfile.open(path, "w:xz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data.encode())
            archive.addfile(info, io.BytesIO(data.encode()))


@pytest.mark.parametrize(("name", "pack"), [("a.zip", _zip), ("a.tar.xz", _tar)])
def test_an_archive_is_read_like_a_folder(run, tmp_path, name, pack):
    pack(
        tmp_path / name,
        {"法/甲.md": law_source("甲"), "法/乙.md": law_source("乙"), "x.py": "?", "x.txt": "?"},
    )
    code, report, _err = run(tmp_path / name)
    assert (code, report["files"], report["editions_created"], len(report["skipped"])) == (0, 3, 2, 1)


def test_an_archive_that_leads_out_is_refused_whole(run, tmp_path):
    _zip(tmp_path / "a.zip", {"甲.md": law_source("甲"), "../../乙.md": law_source("乙")})
    code, report, _err = run(tmp_path / "a.zip")
    assert (code, len(report["refused"]), LawEdition.objects.count()) == (2, 1, 0)


@pytest.mark.parametrize("name", ["missing.md", "a.docx", "a.doc", "a.pdf", "bad.zip", "empty.md", "leer"])
def test_nothing_usable_is_exit_two(run, tmp_path, name):
    if name == "leer":
        (tmp_path / name).mkdir()
    elif name != "missing.md":
        starts = {"empty.md": b"", "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.pdf": b"%PDF-1.7"}
        (tmp_path / name).write_bytes(starts.get(name, b"PK\x03\x04rubbish"))
    code, report, _err = run(tmp_path / name)
    assert (code, len(report["refused"])) == (2, 1)
    assert report["refused"][0]["reason"]


def test_a_dry_run_saves_nothing(run, folder):
    code, report, _err = run(folder, dry_run=True)
    assert (code, report["editions_created"], LawEdition.objects.count()) == (1, 2, 0)


def test_a_text_too_large_is_refused(run, tmp_path, monkeypatch):
    monkeypatch.setattr("lianbing.library.formats.sources.LARGEST_FILE", 10)
    (tmp_path / "a.md").write_text(law_source(), encoding="utf-8")
    assert run(tmp_path / "a.md")[0] == 2


def test_without_json_the_report_is_read_by_people(folder, capsys):
    with pytest.raises(SystemExit):
        call_command("import_laws", str(folder))
    assert "refused: 1" in capsys.readouterr().out
