"""The product's own source files, for tests that read them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("platform/lianbing", "courses", "question_bank", "exams", "certificates")
OURS_ALONE = {".git", ".venv", "var", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"}


def tracked() -> list[Path]:
    """Every file of the checkout that git tracks, or everything outside var/ where there is no git."""
    found = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    if found.returncode == 0:
        return [ROOT / name for name in found.stdout.split("\0") if (ROOT / name).is_file()]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not OURS_ALONE & {*path.relative_to(ROOT).parts}
    ]


def python_files(*, migrations: bool = False) -> list[Path]:
    """Python files of the product (not of the tests)."""
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in found if migrations or "migrations" not in path.parts]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
