"""Reading workbooks in a process of its own.

A file names the place of each cell, and the reader lays out the whole grid between them: one false cell of
an .xls asks for 137 GB, which ends the process that asked. So another process asks, with a cap on its
memory and time: the program beside this file.
"""

from pathlib import Path
from typing import Any

from lianbing.kit import confined

MEMORY, SECONDS = 1536 * 1024**2, 60
PROGRAM = Path(__file__).resolve().with_name("program.py")
Found = list[tuple[str, list[list[Any]], list[tuple[int, int, int, int]]]]


class Refused(Exception):
    """The file was not read. `code`: password, large or damaged; `sheet` names the damaged one, if one."""

    def __init__(self, code: str, sheet: str = "") -> None:
        super().__init__(code)
        self.code, self.sheet = code, sheet


def read(data: bytes, *, most_cells: int) -> Found:
    """The sheets of a workbook: name, rows, merged ranges. Raises Refused."""
    try:
        refusal, found = confined.call(PROGRAM, data, str(most_cells), memory=MEMORY, seconds=SECONDS)
    except confined.Ended as ended:
        raise Refused(ended.code) from ended
    if refusal:
        raise Refused(*refusal)
    answer: Found = found
    return answer
