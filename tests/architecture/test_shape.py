"""The tree keeps its shape: sizes, the shelf, one clock, one reader of the environment."""

import ast
import re

import pytest

from tests.architecture import source

MOST_LINES, MOST_FUNCTION_LINES = 500, 60
CLOCK_CALLS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("timezone", "now"),
    ("timezone", "localdate"),
}


def test_the_shelf_holds_one_package_and_no_init():
    shelf = source.ROOT / "platform"
    assert not (shelf / "__init__.py").exists()
    assert {p.name for p in shelf.iterdir() if p.name != "__pycache__"} == {"README.md", "lianbing"}


def test_no_test_folder_hides_the_standard_library():
    assert not (source.ROOT / "tests" / "platform").exists()


@pytest.mark.parametrize("path", source.python_files(), ids=source.name)
def test_files_and_functions_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    long = [
        f.name for f in source.functions(path) if (f.end_lineno or 0) - f.lineno + 1 > MOST_FUNCTION_LINES
    ]
    assert long == []


def _clock_calls(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            last = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            converts = node.func.attr == "localdate" and node.args
            if (last, node.func.attr) in CLOCK_CALLS and not converts:
                found.append(f"{last}.{node.func.attr} at line {node.lineno}")
    return found


def test_only_the_clock_reads_the_time():
    readers = {
        source.name(path): _clock_calls(source.tree(path))
        for path in source.python_files()
        if path.name != "clock.py" and _clock_calls(source.tree(path))
    }
    assert readers == {}


def test_only_settings_read_the_environment():
    pattern = re.compile(r"os\.environ(?!\.setdefault)|os\.getenv|environ\.get")
    readers = [
        source.name(path)
        for path in source.python_files()
        if path.name != "settings.py" and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert readers == []


def test_every_exception_to_a_check_carries_a_reason():
    bare = re.compile(r"#\s*(noqa|type:\s*ignore)(?!.*(?:--| {2}#|\w{4,}\])).*$|#\s*noqa\s*$")
    lines = [
        f"{source.name(path)}:{number}"
        for path in source.python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert lines == []
