"""Reading .xlsx, .xls and .csv without believing them."""

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from defusedxml import ElementTree
from django.utils.translation import gettext as _

from lianbing.kit import unpacking
from lianbing.kit.refusals import file_reason
from lianbing.kit.spreadsheets import confined
from lianbing.kit.spreadsheets.cells import SpreadsheetError
from lianbing.kit.unpacking import UnpackingError

_KEPT = re.compile(r"^(?!.*(?:/media/|vbaProject|/drawings/|/embeddings/)).+\.(?:xml|rels)$", re.IGNORECASE)
_SHEET_XML = re.compile(r"^xl/worksheets/[^/]+\.xml$")
# Every repeat is bounded: over a sheet made of broken tags an open one takes time by the square of its length.
_EMPTY_FORMULA = re.compile(
    rb"""<c\b[^<>]{0,300}?\br="([A-Z]{1,3})(\d{1,9})"[^<>]{0,300}>\s{0,99}<f\b"""
    rb"""(?:[^<>]{0,300}/>|[^<>]{0,300}>[^<]*</f>)\s{0,99}(?:<v\s?/>|<v></v>)?\s{0,99}</c>"""
)
_ERROR_CELL = re.compile(
    rb"""<c\b(?=[^<>]{0,300}\bt="e")[^<>]{0,300}?\br="([A-Z]{1,3})(\d{1,9})"[^<>]{0,300}>"""
)


@dataclass
class Sheet:
    """The values of one sheet; `faults` are cells without a value to read, by (row, column) from 1."""

    name: str
    rows: list[list[Any]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


def read_path(path: Path) -> list[Sheet]:
    """The sheets of a file on disk. Raises SpreadsheetError."""
    try:
        if path.stat().st_size > unpacking.MAX_PACKED:
            raise SpreadsheetError(_("The file is larger than 20 MB."))
        data = path.read_bytes()
    except OSError as error:
        raise SpreadsheetError(
            _("The file cannot be read: %(reason)s") % {"reason": file_reason(error)}
        ) from error
    return read_workbook(data, path.name)


def read_workbook(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a spreadsheet, told by its content and not by its name. Raises SpreadsheetError."""
    try:
        unpacking.check_size(data)
        if data[:4] == b"PK\x03\x04":
            return _read_xlsx(data)
        if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            return _read_xls(data)
    except UnpackingError as error:
        raise SpreadsheetError(str(error)) from error
    suffix = Path(name).suffix.lower()
    if suffix in {".xlsx", ".xls", ".xlsm", ".et", ".ods"}:
        raise SpreadsheetError(
            _("“%(name)s” is not a spreadsheet although its name says so. Save it as .xlsx in Excel or WPS.")
            % {"name": name}
        )
    return [_read_csv(data, name)]


def _sheets(data: bytes, faults: dict[str, dict]) -> list[Sheet]:
    try:
        found = confined.read(data, most_cells=unpacking.MAX_CELLS)
    except confined.Refused as refused:
        raise SpreadsheetError(_refusal(refused)) from refused
    return [Sheet(name, rows, merged, faults.get(name, {})) for name, rows, merged in found]


def _refusal(refused: confined.Refused) -> str:
    if refused.code == "password":
        return _("The file is protected by a password. Save it without one and try again.")
    if refused.code == "large":
        return _("The sheet is too large. Delete the empty rows and columns around the table.")
    if refused.sheet:
        return _("The sheet “%(sheet)s” is damaged and cannot be read.") % {"sheet": refused.sheet}
    return _("The file is damaged and cannot be opened.")


def _read_xlsx(data: bytes) -> list[Sheet]:
    members = unpacking.repacked(data, _KEPT)
    if "xl/workbook.xml" not in members:
        raise SpreadsheetError(_("The file is not a spreadsheet. Save it as .xlsx in Excel or WPS."))
    faults = {}
    for name, xml in members.items():
        if _SHEET_XML.match(name):
            unpacking.check_grid(xml)
            faults[name] = _faults(xml)
    names = _sheet_names(members)
    by_name = {names.get(part, part): found for part, found in faults.items()}
    return _sheets(unpacking.packed_again(members).getvalue(), by_name)


def _sheet_names(members: dict[str, bytes]) -> dict[str, str]:
    """Which part of the package is which sheet; empty when the package does not say so plainly."""
    try:
        relations = ElementTree.fromstring(members["xl/_rels/workbook.xml.rels"])
        targets = {r.get("Id"): "xl/" + str(r.get("Target")).removeprefix("/xl/") for r in relations}
        sheets = ElementTree.fromstring(members["xl/workbook.xml"]).iter()
    except (KeyError, ValueError, ElementTree.ParseError) as error:
        raise SpreadsheetError(_("The file is damaged and cannot be opened.")) from error
    names = {}
    for element in sheets:
        if element.tag.endswith("}sheet"):
            key = next((value for name, value in element.attrib.items() if name.endswith("}id")), None)
            names[targets.get(key, "")] = element.get("name", "")
    return names


def _faults(xml: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for pattern, kind in ((_EMPTY_FORMULA, "formula"), (_ERROR_CELL, "error")):
        for match in pattern.finditer(xml):
            column = 0
            for letter in match[1]:
                column = column * 26 + letter - 64
            found[int(match[2]), column] = kind
    return found


def _read_xls(data: bytes) -> list[Sheet]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise SpreadsheetError(_("The file is protected by a password. Save it without one and try again."))
    return _sheets(data, {})


def _decoded(data: bytes) -> str:
    marked = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise SpreadsheetError(_("The file is neither a spreadsheet nor a text in UTF-8 or GB18030."))


def _read_csv(data: bytes, name: str) -> Sheet:
    text = _decoded(data)
    if not text.strip():
        raise SpreadsheetError(_("The file is empty."))
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = max(",\t;", key=first.count)
    try:
        rows: list[list[Any]] = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise SpreadsheetError(_("The file is not a table of comma-separated values.")) from error
    return Sheet(Path(name).stem or "CSV", rows)
