"""Reading workbooks in a process of its own.

A file names the place of each cell, and the reader lays out the whole grid between them: one false cell of
an .xls asks for 137 GB, which ends the process that asked. So another process asks, with a cap on its
memory and time. This file is also the program of that process; it imports nothing of the product.
"""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

MEMORY, SECONDS = 1536 * 1024**2, 60
Found = list[tuple[str, list[list[Any]], list[tuple[int, int, int, int]]]]


class Refused(Exception):
    """The file was not read. `code`: password, large or damaged; `sheet` names the damaged one, if one."""

    def __init__(self, code: str, sheet: str = "") -> None:
        super().__init__(code)
        self.code, self.sheet = code, sheet


def read(data: bytes, *, most_cells: int) -> Found:
    """The sheets of a workbook: name, rows, merged ranges. Raises Refused."""
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(most_cells)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Refused("large") from error
    if done.returncode != 0:  # cut off by its cap, or brought down by the file
        raise Refused("damaged")
    # Written by this very file in the process started above.
    refusal, found = pickle.loads(done.stdout)
    if refusal:
        raise Refused(*refusal)
    answer: Found = found
    return answer


def _answer(data: bytes, most_cells: int) -> tuple[tuple[str, str] | None, Found]:
    """In the other process: a refusal (code, sheet) or None, and the sheets."""
    import io

    import python_calamine as calamine

    found: Found = []
    name = ""
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


def _main() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = _answer(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.buffer.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    _main()
