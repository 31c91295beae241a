"""Archives are read within limits and never trusted."""

import gzip
import io
import lzma
import tarfile
import time
import zipfile

import pytest

from lianbing.kit.archives import Limits, is_archive, opened
from lianbing.kit.unpacking import UnpackingError


def _tar(path, members, mode="w:xz"):
    with tarfile.open(path, mode) as tar:
        for info, data in members:
            tar.addfile(info, io.BytesIO(data))
    return path


def _file(name, data=b"x"):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    return info, data


def _refused(path, limits=None):
    with pytest.raises(UnpackingError) as caught, opened(path, limits):
        pass
    return str(caught.value)


@pytest.mark.parametrize(("ending", "mode"), [("xz", "w:xz"), ("gz", "w:gz"), ("bz2", "w:bz2")])
def test_a_packed_tar_gives_its_files(tmp_path, ending, mode):
    path = _tar(tmp_path / f"laws.tar.{ending}", [_file("法/一.md", "甲".encode()), _file("b.md", b"")], mode)
    with opened(path) as members:
        assert [(m.name, m.read().decode()) for m in members] == [("法/一.md", "甲"), ("b.md", "")]


def test_a_zip_gives_its_files(tmp_path):
    path = tmp_path / "laws.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("市容.md", "甲")
    assert is_archive(path.name)
    with opened(path) as members:
        assert [(m.name, m.read().decode()) for m in members] == [("市容.md", "甲")]


def test_names_packed_on_a_chinese_windows_are_read(tmp_path):
    path = tmp_path / "laws.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("市容", "甲")
    unflagged = path.read_bytes().replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")
    path.write_bytes(unflagged.replace("市容".encode(), "条例法".encode("gb18030")))
    with opened(path) as members:
        assert [m.name for m in members] == ["条例法"]


@pytest.mark.parametrize("name", ["../evil.md", "/etc/passwd", "a/../../b.md", "C:\\evil.md", "a\\..\\..\\b"])
def test_a_path_that_leads_out_refuses_the_archive(tmp_path, name):
    assert _refused(_tar(tmp_path / "a.tar.xz", [_file(name)]))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, "x")
    assert _refused(tmp_path / "a.zip")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_links_and_devices_refuse_the_archive(tmp_path, kind):
    info = tarfile.TarInfo("link.md")
    info.type, info.linkname = kind, "/etc/passwd"
    assert _refused(_tar(tmp_path / "a.tar.gz", [(info, b"")], "w:gz"))


def test_a_link_in_a_zip_refuses_the_archive(tmp_path):
    info = zipfile.ZipInfo("link.md")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert _refused(tmp_path / "a.zip")


@pytest.mark.parametrize("pack", [lzma, gzip])
def test_a_bomb_is_refused_within_five_seconds(tmp_path, pack):
    path = tmp_path / "bomb.tar.xz"
    with pack.open(path, "wb") as target:
        for _ in range(300):
            target.write(bytes(1024 * 1024))
    began = time.monotonic()
    assert _refused(path)
    assert time.monotonic() - began < 5


def test_too_many_members_are_refused(tmp_path):
    path = _tar(tmp_path / "a.tar.xz", [_file(f"{n}.md") for n in range(6)])
    assert _refused(path, Limits(members=5))


def test_an_archive_over_the_packed_limit_is_not_opened(tmp_path):
    path = _tar(tmp_path / "a.tar.xz", [_file("a.md")])
    assert _refused(path, Limits(packed=10))


@pytest.mark.parametrize("name", ["cut.tar.xz", "cut.tar.gz", "cut.zip", "cut.tar"])
def test_what_is_cut_short_or_no_archive_is_refused(tmp_path, name):
    whole = _tar(tmp_path / "whole.tar.xz", [_file("a.md", bytes(range(256)) * 99)]).read_bytes()
    for data in (whole[: len(whole) // 2], b"not an archive at all"):
        (tmp_path / name).write_bytes(data)
        assert _refused(tmp_path / name)
