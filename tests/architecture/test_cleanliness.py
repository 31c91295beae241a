"""What must never be in the tree: other hosts, inline code in templates, secrets, foreign paths."""

import re

from tests.architecture import source

TEXT = {".py", ".html", ".js", ".css", ".md", ".toml", ".txt", ".svg", ".json", ".sh", ""}
HOSTS = re.compile(
    "|".join(
        ["pythonhosted" + r"\.org", r"pypi\.org/simple", r"registry\.npm" + "js", r"deb\.debian" + r"\.org"]
    )
)
INLINE = re.compile(
    r"\son[a-z]+\s*=\s*[\"']|\sstyle\s*=\s*[\"']|<style[\s>]|<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>",
    re.I,
)
FOREIGN = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.I)


def _read(path):
    return path.read_text(encoding="utf-8", errors="replace")


def _files(*suffixes):
    return [p for p in source.tracked() if p.suffix in (suffixes or TEXT) and "tests" not in p.parts]


def test_no_registry_address():
    assert [source.name(p) for p in _files() if HOSTS.search(_read(p))] == []


def test_no_path_of_a_machine():
    paths = re.compile(r"/(?:wo" + r"rk|ro" + r"ot)/[a-z]")
    assert [source.name(p) for p in _files() if paths.search(_read(p))] == []


def test_templates_hold_no_inline_code():
    """The content policy forbids it, and a page that needs it would break silently."""
    assert [source.name(p) for p in _files(".html") if INLINE.search(_read(p))] == []


def test_pages_load_nothing_from_elsewhere():
    assert [source.name(p) for p in _files(".html", ".css") if FOREIGN.search(_read(p))] == []


def test_real_input_is_not_shipped():
    ours = "云汐市"  # the city of the demo, which no atlas knows
    names = {p.name for p in source.tracked() if not p.name.startswith(ours)}
    assert not names & {"questions_hrss.json", "lawrefbook_md", "db.sqlite3"}
    assert [n for n in names if re.search(r"\(\d{4}-\d{2}-\d{2}\)\.md$", n)] == []
