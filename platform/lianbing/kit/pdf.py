"""PDF files, and pictures of their first page, from a typst template and data.

The data goes in as a JSON file beside the template and is read there with `json("data.json")`, so
that a name such as `张三 #eval("...")` is text and can never become typst code. Only the glyphs used
are embedded. Nothing is read from the machine but the Chinese fonts, and nothing from the network.
"""

import datetime
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from lianbing.kit import fonts


class PdfError(RuntimeError):
    """The template does not fit its data; the message is typst's own."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folders = sorted({str(path.parent) for path in fonts.required()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def render(
    template: str | Path,
    data: Mapping[str, Any],
    *,
    files: Mapping[str, bytes] | None = None,
    at: datetime.datetime | None = None,
) -> bytes:
    """The PDF that `template` (typst source, or the path of a `.typ` file) makes of `data`.

    `data` must be JSON data; the keys `serif` and `sans` are added: font families for `#set text(font:)`.
    `files` are more files the template may read by name, text alone (a QR as SVG). `at` becomes the date of the
    document: same template, data and `at` give the same bytes. Raises PdfError and NoChineseFont.
    """
    return bytes(_compiled(template, data, files, at, {}))


def picture(
    template: str | Path,
    data: Mapping[str, Any],
    *,
    files: Mapping[str, bytes] | None = None,
    dots_per_inch: int = 96,
) -> bytes:
    """The first page of what `render` would make, as a PNG: for previews. Raises PdfError and NoChineseFont."""
    made = _compiled(template, data, files, None, {"format": "png", "ppi": float(dots_per_inch)})
    return bytes(made[0] if isinstance(made, list) else made)


def _compiled(
    template: str | Path,
    data: Mapping[str, Any],
    files: Mapping[str, bytes] | None,
    at: datetime.datetime | None,
    how: Mapping[str, Any],
) -> Any:
    source = template.read_text(encoding="utf-8") if isinstance(template, Path) else template
    families = {"serif": [*fonts.SERIF, *fonts.SANS], "sans": [*fonts.SANS, *fonts.SERIF]}
    available = set(_fonts().families())
    known = {kind: [name for name in names if name in available] for kind, names in families.items()}
    # typst takes a folder as a mapping of names to contents; its type hints know single files only.
    parts: Any = {
        **(files or {}),
        "main.typ": source.encode(),
        "data.json": json.dumps({**data, **known}, ensure_ascii=False).encode(),
    }
    try:
        return typst.compile(
            parts, font_paths=_fonts(), timestamp=int(at.timestamp()) if at is not None else None, **how
        )
    except typst.TypstError as error:
        raise PdfError(str(error)) from error
