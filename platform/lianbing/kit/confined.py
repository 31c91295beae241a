"""Running a reader of hostile files in a process of its own, with a cap on its memory and time.

A file can be made so that whoever opens it needs all memory or all time there is; then another process
needs it, and ends. The reader is a file with a function `answer(data, *arguments)`, which gives a refusal
or None, and what it found. This file is also the program of that process: it imports nothing of the product.
"""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

MEMORY, SECONDS = 512 * 1024**2, 60


class Ended(Exception):
    """The process was brought down by the file: `code` is large (its time was over) or damaged."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def call(
    program: Path, data: bytes, *arguments: str, memory: int = MEMORY, seconds: float = SECONDS
) -> tuple[Any, Any]:
    """The answer of the reader at `program`: its refusal or None, and what it found. Raises Ended."""
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(memory), str(program), *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise Ended("large") from error
    if done.returncode != 0:  # cut off by its cap, or brought down by the file
        raise Ended("damaged")
    # Written by this very file in the process started above.
    answer: tuple[Any, Any] = pickle.loads(done.stdout)
    return answer


def _main() -> None:
    import resource
    import runpy

    memory, program, *arguments = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = runpy.run_path(program)["answer"](sys.stdin.buffer.read(), *arguments)
    sys.stdout.buffer.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    _main()
