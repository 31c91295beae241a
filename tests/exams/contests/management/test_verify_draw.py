"""manage.py verify_draw does a published draw again."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from exams.contests.rendering.quiz import CHECKS, draw_document
from exams.contests.rules import lottery
from tests.factories import quizzes


@pytest.fixture
def told():
    entries = [lottery.Entry(f"A{n}", "小**") for n in range(9)]
    seed = "ab" * 32
    return lottery.document(
        title="答题",
        closed_at=quizzes.CLOSES,
        committed=lottery.commitment(seed),
        seed=seed,
        entries=entries,
        order=lottery.drawn_order(seed, entries),
        prizes=[("一等奖", 2)],
        drawn_at=quizzes.AFTER,
    )


def _run(path, *options):
    """What the command reports, and its exit code."""
    out = io.StringIO()
    try:
        call_command("verify_draw", str(path), "--json", *options, stdout=out)
    except SystemExit as ended:
        return json.loads(out.getvalue()), ended.code
    return json.loads(out.getvalue()), 0


def _file(tmp_path, told):
    path = tmp_path / "draw.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return path


def test_a_true_draw_is_valid(tmp_path, told):
    report, code = _run(_file(tmp_path, told), "--commitment", told["commitment"].upper())
    assert (report["valid"], report["reason"], code) == (True, "", 0)
    assert report["kind"] == "prize_draw"
    assert all(one["ok"] for one in report["checked"])


def test_every_check_has_its_words(told):
    codes = {one.what for one in lottery.check(told, told["commitment"]).checked}
    assert codes <= set(CHECKS)


def test_a_changed_winner_is_found(tmp_path, told):
    told["winners"][0]["number"] = "A8" if told["winners"][0]["number"] != "A8" else "A7"
    report, code = _run(_file(tmp_path, told))
    assert (report["valid"], code) == (False, 1)
    assert report["reason"]


def test_another_commitment_than_the_noted_one_is_found(tmp_path, told):
    report, code = _run(_file(tmp_path, told), "--commitment", "00" * 32)
    assert (report["valid"], code) == (False, 1)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "{", "7", '{"kind": "other"}', '{"kind": [1]}', '{"kind": "prize_draw"}']
)
def test_what_is_no_draw_is_refused_with_words(tmp_path, text):
    report, code = _run(_file(tmp_path, text))
    assert (report["valid"], code) == (False, 2)
    assert report["reason"]


def test_a_file_that_is_not_there_is_said_plainly(tmp_path):
    with pytest.raises(CommandError):
        _run(tmp_path / "nowhere.json")


def test_without_json_it_says_every_step(tmp_path, told):
    out = io.StringIO()
    call_command("verify_draw", str(_file(tmp_path, told)), stdout=out)
    assert out.getvalue().count("✓") == 6


@pytest.mark.django_db
def test_what_the_public_page_gives_is_valid(tmp_path):
    drawn = quizzes.drawn()
    path = _file(tmp_path, draw_document(drawn.quiz, drawn.quiz.eligible, drawn.draw))
    assert _run(path, "--commitment", drawn.quiz.commitment)[0]["valid"]
