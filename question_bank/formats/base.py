"""The contract of an exchange format. To add one: copy a sibling file.

A module has `NAME`, `recognise(file) -> bool` (by content, never by the file's name) and
`read(file) -> Iterator[Row | Refusal]`. What is wrong with the whole file is a BadFile; what is wrong in
one place is a Refusal, and reading goes on.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lianbing.kit import spreadsheets, unpacking
from lianbing.kit.refusals import file_reason
from question_bank.rules import answers
from question_bank.rules.choices import LETTERS
from question_bank.rules.draft import Draft
from question_bank.rules.text import tidy

TRUE_FALSE = ("正确", "错误")


class BadFile(Exception):
    """Nothing in the file can be used. The text is for the user."""


class BadRow(Exception):
    """One question cannot be read. `field` is what it is about, `kind` its kind when known."""

    def __init__(self, reason: str, field: str = "", kind: str = "") -> None:
        super().__init__(reason)
        self.field, self.kind = field, kind


@dataclass
class File:
    """A file to read, with the name the user knows. Raises BadFile when it cannot be opened."""

    path: Path
    name: str = ""

    def __post_init__(self) -> None:
        self.name = self.name or self.path.name

    @cached_property
    def data(self) -> bytes:
        try:
            if self.path.stat().st_size > unpacking.MAX_PACKED:
                raise BadFile(_("The file is larger than 20 MB."))
            data = self.path.read_bytes()
        except OSError as error:
            raise BadFile(
                _("%(file)s cannot be read: %(reason)s") % {"file": self.name, "reason": file_reason(error)}
            ) from error
        if not data.strip():
            raise BadFile(_("%(file)s is empty.") % {"file": self.name})
        return data

    def looks_like_json(self) -> bool:
        """Whether the first visible character opens a list or an object."""
        return self.data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")

    @cached_property
    def json(self) -> Any:
        """The content as JSON, in UTF-8 or GB18030. Raises BadFile."""
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return json.loads(self.data.decode(encoding))
            except UnicodeDecodeError:
                continue
            except (ValueError, RecursionError) as error:
                raise BadFile(_("%(file)s is not valid JSON.") % {"file": self.name}) from error
        raise BadFile(_("%(file)s is not valid JSON.") % {"file": self.name})

    @cached_property
    def sheets(self) -> list[spreadsheets.Sheet]:
        """The content as sheets. Raises BadFile."""
        try:
            return spreadsheets.read_workbook(self.data, self.name)
        except spreadsheets.SpreadsheetError as error:
            raise BadFile(f"{self.name}: {error}") from error


@dataclass(frozen=True)
class Place:
    """Where a question stands in a file; `columns` names the file's own column for a field of ours."""

    text: str
    columns: Mapping[str, str] = field(default_factory=dict)

    def at(self, field: str = "") -> str:
        """The place in words, with the column of `field` when the file has one."""
        column = self.columns.get(field, "")
        return f"{self.text} · {column}" if column else self.text

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Row:
    """One question as read; `source` is what else the file says about it, `notes` are doubts."""

    place: Place
    draft: Draft
    source: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """What could not be read, where, and why."""

    where: str
    reason: str
    kind: str = ""


def kind_of(text: str) -> str:
    """The kind a file names. Raises BadRow for one nobody knows or the product cannot ask yet."""
    if not text.strip():
        raise BadRow(_("The kind of question is missing."), "kind")
    kind = answers.kind_named(text)
    if kind is None:
        raise BadRow(_("“%(kind)s” is not a kind of question.") % {"kind": text[:30]}, "kind")
    if kind == "case_analysis":
        raise BadRow(_("A case with its sub-questions does not fit into one row."), "kind", kind)
    return kind


def choices_of(kind: str, cells: Sequence[str], answer: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The options without their letters, and the right places. Raises BadRow naming the field.

    Empty cells after the last option are none; an empty one in between stays, for the check to find.
    """
    options = [answers.without_letter(tidy(cell), place) for place, cell in enumerate(cells)]
    written = max((place for place, cell in enumerate(cells) if tidy(cell)), default=-1) + 1
    options = options[:written]
    if kind == "true_false":
        return TRUE_FALSE, _true_false(options, answer)
    right = answers.letters(answer)
    if right is None:
        raise BadRow(
            _("The answer “%(answer)s” cannot be read. Write letters such as A or ABC.")
            % {"answer": answer[:30]},
            "key",
            kind,
        )
    outside = [chr(ord("A") + place) for place in right if place >= len(options)]
    if outside and options:
        raise BadRow(
            _("The answer %(letters)s is not among the options A to %(last)s.")
            % {"letters": "".join(outside), "last": LETTERS[min(len(options), len(LETTERS)) - 1]},
            "key",
            kind,
        )
    return tuple(options), right


def _true_false(options: Sequence[str], answer: str) -> tuple[int, ...]:
    meanings = [answers.true_or_false(option) for option in options]
    if options and sorted(m[0] if m else -1 for m in meanings) != [0, 1]:
        raise BadRow(
            _("The options of a true or false question are 正确 and 错误."), "options.0", "true_false"
        )
    letter = answers.letters(answer)
    if options and letter in {(0,), (1,)}:
        return meanings[letter[0]] or ()
    right = answers.true_or_false(answer)
    if right is None:
        raise BadRow(
            _("The answer “%(answer)s” cannot be read. Write 正确 or 错误.") % {"answer": answer[:30]},
            "key",
            "true_false",
        )
    return right
