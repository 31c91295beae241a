"""Every kind in every view, through its own templates."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from question_bank import rendering
from question_bank.kinds import Problem
from question_bank.templatetags.questions import key_lines
from tests.factories.kinds import EVERY, of, wild_case

ALL = [*map(of, EVERY), wild_case()]


def view(one, name):
    version = SimpleNamespace(kind=one.kind.name, content=one.content, key=one.key)
    page = Template("{% load questions %}{% question_view version view %}")
    return page.render(Context({"version": version, "view": name}))


@pytest.mark.parametrize("one", ALL)
@pytest.mark.parametrize("name", ["asked", "print"])
def test_what_is_asked_and_printed_gives_nothing_away(one, name):
    page = view(one, name)
    assert "KEY-" not in page
    assert "is-right" not in page
    assert "question-stem" in page


@pytest.mark.parametrize("one", ALL)
def test_the_answered_view_tells_what_is_right(one):
    shown = one.kind.show(one.content, key=one.key, response=one.right)
    page = render_to_string(shown.page("answered"), shown.context)
    assert "is-right" in page or "KEY-REFERENCE" in page
    assert "is-wrong" not in page
    assert "{{" not in page


@pytest.mark.parametrize("one", ALL)
def test_the_key_of_a_printed_bank_is_short_lines(one):
    lines = key_lines(SimpleNamespace(kind=one.kind.name, content=one.content, key=one.key))
    assert lines


def test_answers_are_text_and_never_markup():
    one = of("fill_blank")
    shown = one.kind.show(one.content, key=one.key, response={"k3": "<b>2</b>"})
    assert "<b>2" not in render_to_string(shown.page("answered"), shown.context)


@pytest.mark.parametrize("one", ALL)
def test_every_problem_of_a_spoilt_question_has_words(one):
    spoilt = {"stem": "{{7}}", "options": [], "blanks": [], "parts": [{}], "limit": 0, "asks_reason": 1}
    found = [*one.kind.check(spoilt, {}), *one.kind.check(one.content, {"reference": 1, "blanks": {"?": 1}})]
    assert found
    assert not [problem for problem in found if rendering.problem_text(problem) == problem.code]


def test_the_problem_of_a_part_names_the_part():
    words = rendering.problem_text(Problem("option_empty", "parts.2.options.1"))
    assert "3" in words
    assert "B" in words
