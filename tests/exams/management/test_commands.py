"""The road by command: create, freeze, release; one JSON object, honest exit codes."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from exams.management.commands.rehearse_exam import KEYS
from exams.models import Blueprint, Paper, Sitting
from lianbing.kit import clock
from tests.factories import exams, people
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with clock.pinned(NOON):
        yield


@pytest.fixture
def plan(tmp_path):
    bureau = people.unit("某局")
    squad = people.unit("一中队", bureau)
    people.officer(squad)
    about = exams.point("行政处罚")
    for _ in range(3):
        exams.question(exams.bank("pool"), about=about)

    def write(**changes):
        path = tmp_path / "plan.json"
        data = {
            "title": "上岗考试",
            "blueprint": {
                "title": "上岗",
                "bank": "pool",
                "lines": [{"point": "行政处罚", "kind": "single_choice", "count": 3, "marks": "2"}],
            },
            "unit": "某局",
            "units": ["某局/一中队"],
            "opens_at": "2026-11-20T12:00:00+08:00",
            "closes_at": "2026-11-20T14:00:00+08:00",
            "duration_minutes": 60,
            "pass_mark": "4",
            **changes,
        }
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    return write


def run(name, *args, **options):
    out = io.StringIO()
    code = 0
    try:
        call_command(name, *args, json=True, stdout=out, **options)
    except SystemExit as left:
        code = left.code
    return code, json.loads(out.getvalue())


def test_create_freeze_and_release(plan):
    code, report = run("create_sitting", plan())
    assert (code, report["errors"], report["short"]) == (0, [], [])
    code, frozen = run("freeze_papers", report["sitting"])
    assert (code, frozen["papers"]) == (0, 1)
    assert len(Paper.objects.get().items) == 3
    assert run("release_results", report["sitting"])[0] == 1
    with clock.pinned(NOON + 180 * MINUTE):
        code, released = run("release_results", report["sitting"])
    assert (code, released["released"], released["absent"]) == (0, 0, 1)


def test_all_at_once(plan):
    assert run("create_sitting", plan(), freeze=True)[1]["papers"] == 1


def test_a_dry_run_saves_nothing(plan):
    assert run("create_sitting", plan(), dry_run=True, freeze=True)[1]["papers"] == 1
    assert not Sitting.objects.exists()
    assert not Blueprint.objects.exists()


def test_the_shortfall_is_told_and_nothing_is_saved(plan):
    lines = [{"point": "行政处罚", "kind": "single_choice", "count": 5, "marks": "2"}]
    code, report = run(
        "create_sitting", plan(blueprint={"title": "多", "bank": "pool", "lines": lines}), freeze=True
    )
    assert code == 1
    assert report["short"] == [
        {"point": "行政处罚", "kind": "single_choice", "wanted": 5, "available": 3, "missing": 2}
    ]
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("units", {"units": ["无此单位"]}),
        ("posts", {"posts": ["无此岗位"]}),
        ("blueprint", {"blueprint": "no-uid"}),
        ("blueprint.bank", {"blueprint": {"title": "x", "bank": "none", "lines": [{}]}}),
        ("lines.1.kind", {"blueprint": {"title": "x", "bank": "pool", "lines": [{"kind": "poem"}]}}),
        ("closes_at", {"closes_at": "2026-11-20T11:00:00+08:00"}),
        ("pass_mark", {"pass_mark": "7"}),
        ("opens_at", {"opens_at": "noon"}),
    ],
)
def test_what_is_wrong_is_named_and_nothing_saved(plan, field, change):
    code, report = run("create_sitting", plan(**change))
    assert (code, report["errors"][0]["field"]) == (2, field)
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("content", [b"", b"[1]", b"\xff\xfe", b"{"])
def test_a_file_that_is_no_plan_is_refused(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    assert run("create_sitting", path)[0] == 2


@pytest.mark.parametrize("name", ["freeze_papers", "release_results"])
@pytest.mark.parametrize("uid", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_sitting_nobody_knows_is_named(name, uid):
    code, report = run(name, uid)
    assert (code, report["errors"][0]["field"]) == (2, "sitting")


def test_what_is_wrong_is_said_in_chinese(plan, tmp_path):
    lines = [{"point": "无此点"}]
    said = [
        run("create_sitting", plan(units=["无此单位"])),
        run("create_sitting", plan(blueprint={"title": "x", "bank": "pool", "lines": lines})),
        run("create_sitting", tmp_path / "none.json"),
        run("release_results", "x"),
    ]
    assert [report["errors"][0]["message"].isascii() for _, report in said] == [False] * 4


@pytest.mark.parametrize("options", [{"candidates": 0}, {"url": "http://127.0.0.1:9"}])
def test_a_rehearsal_that_cannot_begin_reports_too(options):
    out = io.StringIO()
    with pytest.raises(CommandError) as told:
        call_command("rehearse_exam", **{"url": "http://127.0.0.1:9", "json": True, "stdout": out} | options)
    assert told.value.returncode == 2
    assert list(json.loads(out.getvalue())) == KEYS


SECTIONS = [
    {
        "title": "单项选择题",
        "rule": "negative",
        "settings": {"penalty": 1},
        "floor": 0,
        "lines": [{"kind": "single_choice", "count": 2, "marks": "2"}],
    }
]


def test_a_file_may_divide_the_paper_into_sections(plan):
    code, report = run(
        "create_sitting", plan(blueprint={"title": "x", "bank": "pool", "sections": SECTIONS}, pass_mark="1")
    )
    assert (code, report["errors"]) == (0, [])
    [section] = Sitting.objects.get(uid=report["sitting"]).blueprint.sections.all()
    assert (section.rule, section.settings, section.floor) == ("negative", {"penalty": "1"}, 0)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("sections.1.penalty", {"settings": {}}),
        ("sections.1.penalty", {"settings": {"penalty": "NaN"}}),
        ("sections.1.settings", {"settings": {"speed": "1"}}),
        ("sections.1.settings", {"settings": [1]}),
        ("sections.1.rule", {"rule": "per_blank"}),
        ("sections.1.rule", {"rule": ["x"]}),
        ("sections.1.section_floor", {"floor": 3}),
        ("sections.1.lines.1.count", {"lines": [{"kind": "single_choice", "marks": "2"}]}),
    ],
)
def test_a_section_that_cannot_be_used_is_named(plan, field, change):
    sections = [SECTIONS[0] | change]
    code, report = run("create_sitting", plan(blueprint={"title": "x", "bank": "pool", "sections": sections}))
    assert (code, report["errors"][0]["field"]) == (2, field)
    assert not Sitting.objects.exists()
