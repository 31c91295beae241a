"""Points of drills never enter certification: what attests imports nothing of drills, and asks none of its tables."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
# Two files may read drills, and no points there either: a rating counts what somebody masters and certifies nothing;
# a failed test of a change of law is the ground on which a person may suspend.
DRILLS = {
    ROOT / "certificates" / "ratings" / "evidence" / "drills.py",
    ROOT / "certificates" / "queries" / "change_exams.py",
}
FILES = sorted((ROOT / "certificates").rglob("*.py"))
TABLES = {"PointDay", "PointEntry", "MasteryProof", "pointday", "pointentry", "masteryproof"}


def imported(tree):
    """The full names a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_certification_knows_nothing_of_drills(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = list(imported(tree))
    assert path in DRILLS or not [name for name in names if name.startswith("courses.drills")]
    assert not [name for name in names if name.split(".")[-1] in TABLES]
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert not {text for text in texts if isinstance(text, str) and text.split(".")[-1] in TABLES}


def test_no_table_outside_drills_points_at_points():
    points = {apps.get_model("drills", name) for name in ("PointDay", "PointEntry", "MasteryProof")}
    pointing = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model in points
    ]
    assert {field.model._meta.app_label for field in pointing} <= {"drills"}
