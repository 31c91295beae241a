"""Which texts the product says: English message ids read from Python files and templates.

Django's `makemessages` needs the gettext programs, which a bureau's server does not have; Babel reads
Python by itself, and Django turns a template into something Babel can read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

FOLDERS = ("platform/lianbing", "question_bank", "courses", "exams", "certificates")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_COMMENT = re.compile(r"\{#.*?#\}")


@dataclass(frozen=True, order=True)
class Text:
    """One text: its id, the id of the plural ("" when it has none) and its context ("" when none)."""

    singular: str
    plural: str = ""
    context: str = ""


def _texts(source: bytes) -> Iterator[Text]:
    for _line, function, found, _comments in extract_python(
        BytesIO(source), KEYWORDS, [], {"encoding": "utf-8"}
    ):
        name = str(function)
        parts = [str(part or "") for part in (found if isinstance(found, (tuple, list)) else [found])]
        context = parts.pop(0) if "pgettext" in name else ""
        plural = parts[1] if name.lstrip("p").startswith("n") and len(parts) > 1 else ""
        if parts and parts[0]:
            yield Text(parts[0], plural, context)


def in_python(source: str) -> set[Text]:
    """The texts of a Python file."""
    return set(_texts(source.encode()))


def in_template(source: str) -> set[Text]:
    """The texts of a Django template: translate, blocktranslate (trimmed, plural, context) and `_("...")`."""
    readable = templatize(_COMMENT.sub("", source))
    return set(_texts("\n".join(line.strip() for line in readable.splitlines()).encode()))


def _read(path: Path) -> set[Text]:
    source = path.read_text(encoding="utf-8")
    return in_python(source) if path.suffix == ".py" else in_template(source)


def in_project(root: Path) -> set[Text]:
    """Every text of the product below `root`. A file that cannot be read is a SyntaxError naming it."""
    found: set[Text] = set()
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            is_template = "templates" in path.parts and path.suffix in {".html", ".txt"}
            if (path.suffix == ".py" or is_template) and "migrations" not in path.parts:
                try:
                    found |= _read(path)
                except Exception as error:
                    raise SyntaxError(f"{path.relative_to(root)}: {error}") from error
    return found
