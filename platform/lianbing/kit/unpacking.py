"""Looking into a packed file before anything believes it.

Limits from the product's safety notes: 20 MB packed, 200 MB unpacked, 2,000 members. They are checked on
the directory of the archive first, then enforced while unpacking, because a directory can lie.
"""

import io
import re
import zipfile

from django.utils.translation import gettext as _

MAX_PACKED = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_CELLS = 3_000_000
# Both run in time that grows with the length of the sheet, however broken its tags are.
_CELL = re.compile(rb"<(?:\w{1,20}:)?(?:row|c)\b([^<]*)")
_PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,3})(\d+)""")


class UnpackingError(Exception):
    """The file cannot be opened safely. The text is for the user."""


def check_size(data: bytes) -> None:
    """Raises UnpackingError when the file is empty or over the packed limit."""
    if not data:
        raise UnpackingError(_("The file is empty."))
    if len(data) > MAX_PACKED:
        raise UnpackingError(_("The file is larger than 20 MB."))


def repacked(data: bytes, wanted: re.Pattern[str]) -> dict[str, bytes]:
    """The members of a zip whose names match `wanted`, by name. Raises UnpackingError over a limit.

    Each member is read to its declared size at most, so what is returned is what was checked; whoever
    needs a zip again packs these and not the original.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive)
            return {
                info.filename: archive.read(info)
                for info in archive.infolist()
                if wanted.search(info.filename)
            }
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, RuntimeError) as error:
        raise UnpackingError(_("The file is damaged and cannot be opened.")) from error
    except Exception as error:
        # zlib.error and lzma's have no common parent worth naming
        if type(error).__module__ in {"zlib", "lzma", "_lzma"}:
            raise UnpackingError(_("The file is damaged and cannot be opened.")) from error
        raise


def _check_directory(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise UnpackingError(_("The file holds more than 2,000 parts."))
    if sum(info.file_size for info in members) > MAX_UNPACKED:
        raise UnpackingError(_("The file would be larger than 200 MB when unpacked."))
    if any(info.flag_bits & 0x1 for info in members):
        raise UnpackingError(_("The file is protected by a password. Save it without one and try again."))


def packed_again(members: dict[str, bytes]) -> io.BytesIO:
    """A plain, uncompressed zip of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    target.seek(0)
    return target


def check_grid(xml: bytes) -> None:
    """Refuse a sheet whose cells lie so far apart that the grid between them would fill the memory.

    Every place a tag may name counts, whatever stands around it; an empty tag (`<c r="B9"/>`) is passed
    over, because formatting alone reaches far beyond the table in honest files.
    """
    if b"\x00" in xml[:64]:  # UTF-16, in which nothing below would be found
        raise UnpackingError(_("The file is damaged and cannot be opened."))
    widest = deepest = 0
    for cell in _CELL.finditer(xml):
        inside = cell[1]
        if inside.rstrip().endswith(b"/>") and inside.count(b">") == 1:
            continue
        for place in _PLACE.finditer(inside):
            widest, deepest = max(widest, _column(place[1])), max(deepest, int(place[2][:9]))
    if deepest > 1_048_576 or deepest * max(widest, 1) > MAX_CELLS:
        raise UnpackingError(_("The sheet is too large. Delete the empty rows and columns around the table."))


def _column(letters: bytes) -> int:
    """The number of a column from its letters, "" being 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
