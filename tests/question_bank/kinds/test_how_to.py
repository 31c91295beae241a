"""The how-to for adding a kind is followed to the letter, in a scratch copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "how-to" / "add-a-question-kind.md"
COPIED = [
    "question_bank",
    "courses",
    "exams",
    "certificates",
    "platform",
    "tests",
    "locale",
    "pyproject.toml",
    "manage.py",
]
LEFT_OUT = shutil.ignore_patterns("__pycache__", "journeys", "proof", "*.png")


@pytest.fixture
def scratch(tmp_path):
    """A copy of what the steps touch and the tests need."""
    for name in COPIED:
        source, target = ROOT / name, tmp_path / "project" / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=LEFT_OUT)
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copy(source, target)
    return tmp_path / "project"


def steps():
    return re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def follow(step, folder):
    """Run one block of the text with this Python; every file it changes in place must really change."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "LIANBING_DATA_DIR": str(folder.parent / "data"),
    }
    for line in step.strip().splitlines():
        command = line if "pytest" not in line else f"{line} -m 'not browser' -p no:cacheprovider"
        named = [
            folder / word for word in line.split() if line.startswith("sed") and (folder / word).is_file()
        ]
        before = [path.read_bytes() for path in named]
        done = subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        assert [path.read_bytes() for path in named] != before or not named, line


def test_a_kind_added_by_the_text_passes_every_test_over_all_kinds(scratch):
    migrations = scratch / "question_bank" / "migrations"
    before = set(migrations.glob("0*.py"))
    for step in steps():
        follow(step, scratch)
    [made] = set(migrations.glob("0*.py")) - before
    assert "urgent_choice" in made.read_text(encoding="utf-8")


def test_the_files_the_text_names_are_there():
    named = re.findall(r"`((?:question_bank|exams|tests)/[\w./]+)`", GUIDE.read_text(encoding="utf-8"))
    missing = [
        name for name in named if "urgent" not in name and "NAME" not in name and not (ROOT / name).exists()
    ]
    assert named
    assert missing == []
