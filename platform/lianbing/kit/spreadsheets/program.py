"""The program that reads a workbook in a process of its own (see confined.py). It imports nothing of the product."""

import io
from typing import Any

import python_calamine as calamine

Found = list[tuple[str, list[list[Any]], list[tuple[int, int, int, int]]]]


def answer(data: bytes, most: str) -> tuple[tuple[str, str] | None, Found]:
    """A refusal (code, sheet) or None, and the sheets. `most` is how many cells there may be."""
    found: Found = []
    name, most_cells = "", int(most)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in workbook.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            name = meta.name
            sheet = workbook.get_sheet_by_name(name)
            most_cells -= sheet.total_height * sheet.total_width
            if most_cells < 0:
                return ("large", ""), []
            merged = [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or []]
            found.append((name, sheet.to_python(skip_empty_area=False), merged))
    except calamine.PasswordError:
        return ("password", ""), []
    except (calamine.CalamineError, OSError, ValueError):
        return ("damaged", name), []
    return None, found
