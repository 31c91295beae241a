"""The catalogue: filling keeps what is known, checking names what is missing."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lianbing.kit import messages
from lianbing.kit.messages_sources import Text

SAVE, ROWS = Text("Save"), Text("%(n)s row", "%(n)s rows")


def whats(root, texts):
    return [finding.what for finding in messages.check(root, texts)]


def test_filled_texts_are_complete(tmp_path):
    assert messages.update(tmp_path, {SAVE, ROWS}, {"Save": "保存", "%(n)s row": "%(n)s 行"}) == []
    assert messages.check(tmp_path, {SAVE, ROWS}) == []


def test_without_a_catalogue_everything_is_missing(tmp_path):
    assert whats(tmp_path, {SAVE}) == ["untranslated", "compiled"]


def test_a_second_update_changes_no_byte(tmp_path):
    messages.update(tmp_path, {SAVE, ROWS}, {"Save": "保存"})
    files = sorted((tmp_path / messages.FOLDER).iterdir())
    first = [file.read_bytes() for file in files]
    messages.update(tmp_path, {SAVE, ROWS})
    assert [file.read_bytes() for file in files] == first


def test_a_placeholder_lost_in_translation_is_found(tmp_path):
    messages.update(tmp_path, {ROWS}, {"%(n)s row": "几行"})
    assert whats(tmp_path, {ROWS}) == ["placeholders"]


def test_what_nothing_uses_is_stale_until_the_next_update(tmp_path):
    messages.update(tmp_path, {SAVE}, {"Save": "保存"})
    assert whats(tmp_path, set()) == ["stale"]
    messages.update(tmp_path, set())
    assert whats(tmp_path, set()) == []


def test_a_text_that_returns_brings_its_translation(tmp_path):
    messages.update(tmp_path, {SAVE}, {"Save": "保存"})
    messages.update(tmp_path, set())
    messages.update(tmp_path, {SAVE})
    assert whats(tmp_path, {SAVE}) == []


def test_prune_forgets_it(tmp_path):
    messages.update(tmp_path, {SAVE}, {"Save": "保存"})
    messages.update(tmp_path, set(), prune=True)
    assert "保存" not in (tmp_path / messages.FOLDER / "django.po").read_text()


def test_a_fuzzy_text_is_named(tmp_path):
    messages.update(tmp_path, {SAVE}, {"Save": "保存"})
    path = tmp_path / messages.FOLDER / "django.po"
    path.write_text(path.read_text().replace('msgid "Save"', '#, fuzzy\nmsgid "Save"'))
    assert "fuzzy" in whats(tmp_path, {SAVE})


def test_an_old_compiled_file_is_named(tmp_path):
    messages.update(tmp_path, {SAVE}, {"Save": "保存"})
    (tmp_path / messages.FOLDER / "django.mo").write_bytes(b"")
    assert whats(tmp_path, {SAVE}) == ["compiled"]


def test_a_context_keeps_two_meanings_apart(tmp_path):
    may, month = Text("May"), Text("May", "", "month")
    messages.update(tmp_path, {may, month}, {"May": "可以", "month\x04May": "五月"})
    assert messages.check(tmp_path, {may, month}) == []


def test_ids_used_nowhere_are_reported(tmp_path):
    assert messages.update(tmp_path, {SAVE}, {"Sav": "保存"}) == ["Sav"]


def test_the_command_fills_and_checks(tmp_path, settings, capsys):
    settings.ROOT = tmp_path
    (tmp_path / "exams").mkdir()
    (tmp_path / "exams" / "a.py").write_text('_("Save")\n')
    with pytest.raises(CommandError):
        call_command("messages", "--check")
    Path(tmp_path / "f.json").write_text(json.dumps({"Save": "保存"}))
    call_command("messages", "--fill", str(tmp_path / "f.json"))
    call_command("messages", "--check")
    assert "1 texts, 0 findings" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["not json", "[]", '{"a": 1}'])
def test_a_bad_file_is_refused(tmp_path, settings, content):
    settings.ROOT = tmp_path
    (tmp_path / "f.json").write_text(content)
    with pytest.raises(CommandError) as refusal:
        call_command("messages", "--fill", str(tmp_path / "f.json"))
    assert refusal.value.returncode == 2
