"""Walk over files, folders and archives and hand out one law text after the other."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType

from lianbing.kit import archives
from lianbing.kit.refusals import file_reason
from lianbing.kit.unpacking import UnpackingError
from lianbing.library.rules.findings import Finding, finding

# Read: law texts. Named: what people keep beside laws and might take for one. All else in a folder is passed over.
TEXTS = (".md", ".markdown", ".txt", ".text", ".docx")
NAMED = (".doc", ".wps", ".wpt", ".docm", ".dotx", ".rtf", ".pdf", ".ofd", ".ceb", ".htm", ".html", ".mht")
OTHERS = (
    ".xls",
    ".xlsx",
    ".et",
    ".ppt",
    ".pptx",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".webp",
)
LARGEST_FILE = 20 * 1024 * 1024
ARCHIVE_LIMITS = archives.Limits(members=5_000)


@dataclass(frozen=True)
class Source:
    """One file: its name for the report, and its bytes or the finding that says why there are none: a
    `problem` refuses it, with `skip` it is something else than a law."""

    name: str
    data: bytes = b""
    problem: Finding | None = None
    skip: Finding | None = None


def _is_wanted(name: str) -> bool:
    """Whether a file in a folder or archive is read or named. What systems leave behind is neither."""
    last = PurePosixPath(name.replace("\\", "/")).name
    if last.startswith((".", "~$")) or "__MACOSX/" in name:
        return False
    return last.lower().endswith((*TEXTS, *NAMED, *OTHERS)) or archives.is_archive(last)


class Sources:
    """The law texts under the given paths. A context manager: archives stay open inside the block.

    `total` is known on entering; iterating reads one file at a time. A folder and an archive give their
    files in the order of their names. What a file is, its bytes decide and not its name.
    """

    def __init__(self, paths: list[Path]) -> None:
        self._paths = paths
        self._stack = ExitStack()
        self._entries: list[Source | Path | archives.Member] = []

    def __enter__(self) -> "Sources":
        for path in self._paths:
            self._entries += self._under(path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def total(self) -> int:
        return len(self._entries)

    def name(self, place: int) -> str:
        """The name of the file at a place, counted from 0."""
        entry = self._entries[place]
        return str(entry) if isinstance(entry, Path) else entry.name

    def __iter__(self) -> Iterator[Source]:
        return self.since(0)

    def since(self, place: int) -> Iterator[Source]:
        """The files from a place on, counted from 0."""
        for entry in self._entries[place:]:
            yield entry if isinstance(entry, Source) else _read(entry)

    def _under(self, path: Path) -> list[Source | Path | archives.Member]:
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and _is_wanted(str(p.relative_to(path))))
            found = [self._packed(p) if archives.is_archive(p.name) else [p] for p in files]
            return [entry for part in found for entry in part] or [
                Source(str(path), problem=finding("no_files"))
            ]
        if not path.is_file():
            return [Source(str(path), problem=finding("not_found"))]
        if archives.is_archive(path.name):
            return self._packed(path)
        return [path]

    def _packed(self, path: Path) -> list[Source | Path | archives.Member]:
        try:
            members = self._stack.enter_context(archives.opened(path, ARCHIVE_LIMITS))
        except UnpackingError as error:
            return [Source(path.name, problem=finding("archive", why=str(error)))]
        except OSError as error:
            return [Source(path.name, problem=finding("unreadable_file", why=file_reason(error)))]
        files = sorted((m for m in members if _is_wanted(m.name)), key=lambda m: m.name)
        return [*files] or [Source(path.name, problem=finding("no_files"))]


def _read(entry: Path | archives.Member) -> Source:
    name = str(entry) if isinstance(entry, Path) else entry.name
    if name.lower().endswith(OTHERS):
        return Source(name, skip=finding("not_a_text"))
    if archives.is_archive(name):
        return Source(name, problem=finding("nested_archive"))
    try:
        size = entry.stat().st_size if isinstance(entry, Path) else entry.size
        if size > LARGEST_FILE:
            return Source(name, problem=finding("too_large", size=LARGEST_FILE // 1024**2))
        return Source(name, entry.read_bytes() if isinstance(entry, Path) else entry.read())
    except UnpackingError as error:
        return Source(name, problem=finding("archive", why=str(error)))
    except OSError as error:
        return Source(name, problem=finding("unreadable_file", why=file_reason(error)))
