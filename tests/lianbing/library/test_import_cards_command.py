"""manage.py import_cards: the keys of the roster's report, all or nothing, errors with sheet, row and column."""

import json

import pytest
from django.core.management import call_command

from lianbing.kit.models import AuditRecord
from lianbing.library.models import Card, CardVersion
from lianbing.people.models import Post
from tests.factories import cards as made

pytestmark = pytest.mark.django_db
KEYS = ["rows", "created", "updated", "unchanged", "errors"]


@pytest.fixture
def run(capsys, tmp_path):
    def call(*rows, file=None, content=None, grades=(), steps=(), **options):
        path = tmp_path / (file or "事项.xlsx")
        path.write_bytes(made.workbook(*rows, grades=grades, steps=steps) if content is None else content)
        code = 0
        try:
            call_command("import_cards", str(path), json=True, **options)
        except SystemExit as stop:
            code = stop.code
        return code, json.loads(capsys.readouterr().out)

    return call


def counts(report):
    return [report[key] for key in KEYS[:4]]


def test_cards_come_in_for_the_legal_section(run):
    code, report = run({}, {"code": "SR-02", "procedure": "简易程序", "evidence": "照片\n 笔录 "})
    assert (code, list(report), counts(report)) == (0, KEYS, [2, 2, 0, 0])
    card = made.card("SR-02")
    assert (card.state, card.current) == ("in_review", None)
    assert (card.latest.procedure, card.latest.evidence) == ("simple", "照片\n笔录")
    assert AuditRecord.objects.filter(action="import_cards").count() == 1


def test_the_same_file_again_changes_nothing(run):
    run({}, {"code": "SR-02"})
    assert counts(run({}, {"code": "SR-02"})[1]) == [2, 0, 0, 2]
    assert CardVersion.objects.count() == 2


def test_a_changed_row_changes_the_draft_or_begins_the_next_version(run):
    first = made.approved("SR-01")
    run({"code": "SR-02"})
    code, report = run({"name": "甲"}, {"code": "SR-02", "name": "乙"})
    assert (code, counts(report)) == (0, [2, 0, 2, 0])
    assert (made.card().current, made.card().latest.number) == (first, 2)
    assert [made.card("SR-02").latest.number, made.card("SR-02").latest.name] == [1, "乙"]


def test_a_dry_run_says_the_same_and_saves_nothing(run):
    code, report = run({}, dry_run=True)
    assert (code, counts(report)) == (0, [1, 1, 0, 0])
    assert not Card.objects.exists()


def test_one_bad_row_keeps_all_out_unless_it_is_skipped(run):
    rows = ({}, {"code": "SR-02", "grades": "一般 | 甲 | 50-501元"})
    code, report = run(*rows)
    assert (code, counts(report)) == (1, [2, 0, 0, 0])
    assert [(one["sheet"], one["row"], one["column"]) for one in report["errors"]] == [
        ("执法事项", 3, "裁量等级")
    ]
    assert not Card.objects.exists()
    code, report = run(*rows, skip_bad_rows=True)
    assert (code, counts(report)) == (1, [2, 1, 0, 0])
    assert Card.objects.get().code == "SR-01"


def test_a_card_that_somebody_is_writing_on_is_left_to_them(run):
    made.draft("SR-01")
    code, report = run({"name": "甲"})
    assert (code, report["errors"][0]["column"]) == (1, "事项编码")
    assert made.card().latest.name == made.TEXT.name


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("无.xlsx", b""),
        ("坏.xlsx", b"PK\x03\x04 nothing"),
        ("文.csv", "姓名,工号\n甲,1\n".encode()),
        ("文.txt", b"x"),
    ],
)
def test_a_file_that_holds_no_cards_is_said_to(run, file, content):
    code, report = run(file=file, content=content)
    assert (code, counts(report)) == (2, [0, 0, 0, 0])
    assert report["errors"][0]["message"].startswith(file)


def test_posts_are_those_the_system_knows(run):
    Post.objects.create(name="一线执法岗")
    code, report = run({"posts": "一线执法岗，没有的岗"})
    assert (code, "没有的岗" in report["errors"][0]["message"]) == (1, True)
    run({"posts": "一线执法岗"})
    assert [str(row) for row in made.card().latest.posts.all()] == ["一线执法岗"]


def test_the_template_is_a_file_that_imports_nothing(capsys, tmp_path):
    path = tmp_path / "模板.xlsx"
    call_command("card_template", "-o", str(path))
    with pytest.raises(SystemExit) as stop:
        call_command("import_cards", str(path), json=True)
    report = json.loads(capsys.readouterr().out)
    assert (stop.value.code, counts(report)) == (2, [0, 0, 0, 0])


def test_a_list_of_real_size_comes_in_with_few_statements_a_card(run, django_assert_max_num_queries):
    """A city's list of matters: the statements grow with the cards by a few each, not by the library."""
    rows = [{"code": f"SR-{number:04}"} for number in range(40)]
    with django_assert_max_num_queries(40 * 45):
        code, report = run(*rows)
    assert (code, counts(report)) == (0, [40, 40, 0, 0])
