"""Reading the files inside a .zip, .tar, .tar.gz or .tar.xz without believing what it says of itself.

A packed tar is first unpacked as a stream into a temporary file with a cap, so that a bomb ends at the cap
and never in memory; only then is its directory read. A path that leads out of the archive, a link or a
device refuses the whole archive: whoever packed it meant no good.
"""

import bz2
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from django.utils.translation import gettext as _

from lianbing.kit.unpacking import MAX_PACKED, MAX_UNPACKED, UnpackingError

CHUNK = 1024 * 1024
XZ_MEMORY = 128 * 1024 * 1024
SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2")


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold. Bytes; `ratio` counts once more than `ratio_from` bytes came out."""

    packed: int = MAX_PACKED
    unpacked: int = MAX_UNPACKED
    members: int = 2_000
    ratio: int = 200
    ratio_from: int = 20 * 1024 * 1024


@dataclass(frozen=True)
class Member:
    """A regular file in an archive: its path with forward slashes, its size, and a way to read it."""

    name: str
    size: int
    read: Callable[[], bytes]


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


def is_archive(name: str) -> bool:
    """Whether the ending of a file name is that of an archive."""
    return name.lower().endswith(SUFFIXES)


@contextmanager
def opened(path: Path, limits: Limits | None = None) -> Iterator[list[Member]]:
    """The regular files in the archive at `path`, readable inside the block.

    Raises UnpackingError (with a text for the user) over a limit, for a damaged or protected archive,
    and for a member that is a link, a device or outside the archive.
    """
    limits = limits or Limits()
    if path.stat().st_size > limits.packed:
        raise UnpackingError(_("The file is larger than %(size)s MB.") % {"size": limits.packed // 1024**2})
    try:
        if path.name.lower().endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                yield _zip_members(archive, path.stat().st_size, limits)
        else:
            with tempfile.TemporaryFile() as plain:
                _unpack(path, plain, limits)
                plain.seek(0)
                with tarfile.open(fileobj=plain, mode="r:") as tar:
                    yield _tar_members(tar, limits)
    except (
        tarfile.TarError,
        zipfile.BadZipFile,
        lzma.LZMAError,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise UnpackingError(_("The file is damaged and cannot be opened.")) from error


def _safe_name(name: str) -> str:
    """A path that stays inside, with forward slashes. Raises UnpackingError."""
    plain = name.replace("\\", "/")
    parts = PurePosixPath(plain).parts
    if plain.startswith("/") or ".." in parts or ":" in plain.split("/", 1)[0] or "\x00" in plain:
        raise UnpackingError(
            _("The archive holds a path that leads out of it: %(name)s") % {"name": name[:80]}
        )
    return plain


def _check_totals(count: int, size: int, packed: int, limits: Limits) -> None:
    if count > limits.members:
        raise UnpackingError(_("The archive holds more than %(count)s files.") % {"count": limits.members})
    _check_unpacked(size, packed, limits)


def _check_unpacked(size: int, packed: int, limits: Limits) -> None:
    if size > limits.unpacked or (size > limits.ratio_from and size > packed * limits.ratio):
        raise UnpackingError(
            _("The archive would unpack to more than %(size)s MB or is packed suspiciously tight.")
            % {"size": limits.unpacked // 1024**2}
        )


def _zip_members(archive: zipfile.ZipFile, packed: int, limits: Limits) -> list[Member]:
    infos = archive.infolist()
    _check_totals(len(infos), sum(info.file_size for info in infos), packed, limits)
    members = []
    for info in infos:
        name = _safe_name(_zip_name(info))
        if info.flag_bits & 0x1:
            raise UnpackingError(_("The file is protected by a password. Save it without one and try again."))
        kind = info.external_attr >> 16 & 0o170000
        if kind not in {0, 0o100000, 0o040000}:
            raise UnpackingError(_("The archive holds a link or a device: %(name)s") % {"name": name[:80]})
        if not info.is_dir():
            members.append(Member(name, info.file_size, lambda info=info: _read_zip(archive, info)))  # type: ignore[misc]  # the default binds the loop's value
    return members


def _read_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as file:
        data = file.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise UnpackingError(_("The file is damaged and cannot be opened."))
    return data


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Windows in China packs names in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _tar_members(tar: tarfile.TarFile, limits: Limits) -> list[Member]:
    members, count = [], 0
    for info in tar:
        count += 1
        _check_totals(count, 0, 1, limits)
        name = _safe_name(info.name)
        if info.isdir():
            continue
        if not info.isreg():
            raise UnpackingError(_("The archive holds a link or a device: %(name)s") % {"name": name[:80]})
        members.append(Member(name, info.size, lambda info=info: _read_tar(tar, info)))  # type: ignore[misc]  # the default binds the loop's value
    return members


def _read_tar(tar: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(info)
    if file is None:
        raise UnpackingError(_("The file is damaged and cannot be opened."))
    return file.read()


def _decompressor(start: bytes) -> Callable[[], _Decompressor] | None:
    """By the first bytes of the file, not by its name. None = a tar that is not packed."""
    if start.startswith(b"\xfd7zXZ\x00"):
        return lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)
    if start.startswith(b"BZh"):
        return bz2.BZ2Decompressor
    if start.startswith(b"\x1f\x8b"):
        return _Gzip
    return None


class _Gzip:
    """zlib's reader of gzip, with the interface of the other two."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _unpack(path: Path, target: IO[bytes], limits: Limits) -> None:
    """Write the plain tar to `target`, piece by piece, up to the limits."""
    packed, written = path.stat().st_size, 0
    with path.open("rb") as source:
        start = source.read(8)
        source.seek(0)
        make = _decompressor(start)
        if make is None:
            while chunk := source.read(CHUNK):
                target.write(chunk)
            return
        for piece in _pieces(source, make):
            written += len(piece)
            _check_unpacked(written, packed, limits)
            target.write(piece)


def _pieces(source: IO[bytes], make: Callable[[], _Decompressor]) -> Iterator[bytes]:
    """What a packed stream unpacks to, at most CHUNK bytes at a time; several streams may follow each other.

    Raises EOFError when the last stream is cut short.
    """
    machine, data = make(), source.read(CHUNK)
    while True:
        piece = machine.decompress(data, CHUNK)
        yield piece
        data = b""
        if machine.eof:
            data = machine.unused_data or source.read(CHUNK)
            if not data.strip(b"\x00"):
                return
            machine = make()
        elif len(piece) < CHUNK:
            data = source.read(CHUNK)
            if not data and not piece:
                raise EOFError
