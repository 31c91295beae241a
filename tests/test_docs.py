"""The documentation says what is: variables, commands, links, and both READMEs alike."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
OWN_APPS = ("lianbing.", "question_bank", "courses", "exams", "certificates")
PAGES = [ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))


def _read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_variable_is_documented():
    read = set(re.findall(r'_(?:text|list)\("([A-Z_]+)"', _read("platform/lianbing/settings.py")))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", _read("docs/reference/environment.md"), re.M))
    assert read == documented


def test_every_command_is_documented():
    own = {name for name, app in get_commands().items() if str(app).startswith(OWN_APPS)}
    documented = set(re.findall(r"^\| `(?!make )([a-z_]+)", _read("docs/reference/commands.md"), re.M))
    assert own == documented


def test_every_make_target_is_documented():
    targets = set(re.findall(r"^([a-z][a-z-]*):", _read("Makefile"), re.M))
    documented = set(re.findall(r"`make ([a-z-]+)`", _read("docs/reference/commands.md")))
    assert targets - documented == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_both_readmes_say_the_same():
    english, chinese = _read("README.md"), _read("README.zh-CN.md")
    assert len(re.findall(r"^#+ ", english, re.M)) == len(re.findall(r"^#+ ", chinese, re.M))
    blocks = re.compile(r"```.*?```", re.S)
    assert [re.sub(r"#.*", "", b) for b in blocks.findall(english)] == [
        re.sub(r"#.*", "", b) for b in blocks.findall(chinese)
    ]
    pictures = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")
    assert pictures.findall(english) == pictures.findall(chinese)


def test_decisions_are_all_listed():
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", _read("docs/decisions/README.md")))
    assert listed == {p.name for p in (ROOT / "docs/decisions").glob("0*.md")}


def test_the_version_is_that_of_the_changelog():
    newest = re.search(r"^## (\d+\.\d+\.\d+)", _read("CHANGELOG.md"), re.M)
    assert newest is not None
    assert f'version = "{newest[1]}"' in _read("pyproject.toml")
