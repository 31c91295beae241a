"""Importing a roster: right, wrong, again, and ten thousand at once."""

import csv
import datetime
import io
import json
import stat

import openpyxl
import pytest
from django.core.management import call_command

from lianbing.kit import spreadsheets
from lianbing.kit.spreadsheets import OutSheet
from lianbing.people.models import Appointment, Officer, PasswordReset, Post, Unit, User
from lianbing.people.queries import appointment_of
from lianbing.people.roster.columns import COLUMNS, template
from tests.factories.people import officer, staff, unit

pytestmark = pytest.mark.django_db
HEADINGS = [c.heading for c in COLUMNS]
KEYS = [c.key for c in COLUMNS]
GOOD = {
    "staff_number": "007",
    "name": "林知远",
    "unit": "市容执法支队/一大队/滨河中队",
    "post": "一线执法岗",
    "category": "执法人员",
    "badge_number": "0001",
    "id_number": "390100199003070033",
    "joined_on": datetime.date(2015, 7, 1),
    "starts_on": "2020年3月1日",
}


def row(**changes):
    return [(GOOD | changes).get(key, "") for key in KEYS]


def save(path, rows, units=(), headings=HEADINGS):
    sheets = [OutSheet("人员", headings, rows)]
    if units:
        sheets.append(OutSheet("单位", ["单位路径"], [[u] for u in units]))
    path.write_bytes(spreadsheets.write_workbook(sheets))
    return path


@pytest.fixture
def run(capsys):
    def run(path, *options):
        code = 0
        try:
            call_command("import_roster", str(path), "--json", *options)
        except SystemExit as error:
            code = error.code
        return json.loads(capsys.readouterr().out), code

    return run


@pytest.fixture
def bureau():
    return unit("滨河中队", unit("一大队", unit("市容执法支队")))


def test_an_empty_bureau_starts_from_the_roster(tmp_path, run):
    report, code = run(save(tmp_path / "r.xlsx", [row()]))
    assert (report, code) == ({"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "errors": []}, 0)
    made = Officer.objects.get(staff_number="007")
    assert Unit.objects.get(name="滨河中队").depth == 3
    assert appointment_of(made, datetime.date(2020, 3, 1)).unit.name == "滨河中队"
    assert made.joined_on == datetime.date(2015, 7, 1)


def test_the_identity_number_is_not_stored(tmp_path, run):
    run(save(tmp_path / "r.xlsx", [row()]))
    made = Officer.objects.get()
    assert made.id_number_masked == "390100**********33"
    assert len(made.id_number_digest) == 64
    assert "390100199003070033" not in str(list(Officer.objects.values()))


def test_the_same_roster_again_changes_nothing(tmp_path, run):
    path = save(tmp_path / "r.xlsx", [row(), row(staff_number="008", id_number="", starts_on="")])
    run(path)
    before = list(Appointment.objects.values())
    report, code = run(path)
    assert (report["created"], report["updated"], report["unchanged"], code) == (0, 0, 2, 0)
    assert list(Appointment.objects.values()) == before


def test_units_listed_are_created_and_others_are_errors(tmp_path, run, bureau):
    good, wrong = (
        row(unit="市容执法支队/二大队"),
        row(staff_number="8", id_number="", unit="市容执法支队/一大对"),
    )
    path = save(tmp_path / "r.xlsx", [good, wrong], units=["市容执法支队/二大队"])
    report, code = run(path)
    assert (code, report["created"], Unit.objects.count()) == (1, 0, 3)
    assert [(e["sheet"], e["row"], e["column"]) for e in report["errors"]] == [("人员", 3, "单位")]
    assert "市容执法支队/一大队" in report["errors"][0]["message"]


def test_the_only_root_may_be_left_out(tmp_path, run):
    unit("一大队", unit("云汐局"))
    report, _code = run(save(tmp_path / "r.xlsx", [row(unit="一大队")]))
    assert report["created"] == 1
    assert Unit.objects.count() == 2


BAD = [
    ("staff_number", "", "工号"),
    ("staff_number", "a b", "工号"),
    ("staff_number", "x" * 33, "工号"),
    ("name", "", "姓名"),
    ("name", "123", "姓名"),
    ("name", "=HYPERLINK()", "姓名"),
    ("unit", "", "单位"),
    ("unit", "没有的支队", "单位"),
    ("post", "", "岗位"),
    ("category", "领导", "人员类别"),
    ("category", "", "人员类别"),
    ("id_number", "390100199003070030", "身份证号"),
    ("id_number", "12345", "身份证号"),
    ("id_number", "390100199013070030", "身份证号"),
    ("id_number", 390100199003070030, "身份证号"),
    ("joined_on", "去年", "入职日期"),
    ("joined_on", "2999-01-01", "入职日期"),
    ("starts_on", "2024-02-30", "任职日期"),
    ("starts_on", "2010-01-01", "任职日期"),
]


@pytest.mark.parametrize(("key", "value", "column"), BAD)
def test_one_bad_cell_is_named_and_nothing_is_saved(tmp_path, run, bureau, key, value, column):
    report, code = run(save(tmp_path / "r.xlsx", [row(staff_number="1", id_number=""), row(**{key: value})]))
    assert code == 1
    assert [(e["sheet"], e["row"], e["column"]) for e in report["errors"]] == [("人员", 3, column)]
    assert report["errors"][0]["message"]
    assert not Officer.objects.exists()


def test_every_error_is_told_at_once(tmp_path, run, bureau):
    rows = [row(), row(), row(staff_number="2"), row(staff_number="", name="", category="?")]
    report, _code = run(save(tmp_path / "r.xlsx", rows))
    found = [(e["row"], e["column"]) for e in report["errors"]]
    assert found == [
        (3, "工号"),
        (3, "身份证号"),
        (4, "身份证号"),
        (5, "工号"),
        (5, "姓名"),
        (5, "人员类别"),
        (5, "身份证号"),
    ]


def test_bad_rows_may_be_skipped(tmp_path, run, bureau):
    path = save(tmp_path / "r.xlsx", [row(), row(staff_number="2", category="?")])
    report, code = run(path, "--skip-bad-rows")
    assert (report["created"], len(report["errors"]), code) == (1, 2, 1)
    assert Officer.objects.count() == 1


def test_a_dry_run_saves_nothing_and_reports_the_same(tmp_path, run):
    path = save(tmp_path / "r.xlsx", [row()])
    dry = run(path, "--dry-run")
    assert not User.objects.exists()
    assert not Unit.objects.exists()
    assert dry == run(path)


def test_passwords_go_to_a_file_of_the_owner_and_work(tmp_path, run, client):
    target = tmp_path / "p.csv"
    path = save(tmp_path / "r.xlsx", [row()])
    run(path, "--passwords-out", str(target))
    (line,) = csv.DictReader(io.StringIO(target.read_text()))
    assert list(line) == ["staff_number", "name", "unit", "password"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert client.post("/sign-in/", {"username": "007", "password": line["password"]}).status_code == 302
    before = target.read_text()
    run(path, "--passwords-out", str(target))
    assert target.read_text() == before


def test_when_the_passwords_cannot_be_kept_nothing_is_saved(tmp_path, run):
    nowhere = tmp_path / "no" / "p.csv"
    report, code = run(save(tmp_path / "r.xlsx", [row()]), "--passwords-out", str(nowhere))
    assert (code, report["created"], len(report["errors"])) == (2, 0, 1)
    assert not User.objects.exists()


def test_changes_are_taken_over_and_blanks_change_nothing(tmp_path, run):
    run(save(tmp_path / "a.xlsx", [row()]))
    changed = row(name="林致远", badge_number="", starts_on="2025-01-01", unit="市容执法支队/一大队")
    report, _code = run(save(tmp_path / "b.xlsx", [changed]))
    made = Officer.objects.select_related("user").get()
    assert (report["updated"], made.user.name, made.badge_number) == (1, "林致远", "0001")
    places = [(a.unit.name, a.starts_on.year) for a in made.appointments.order_by("starts_on")]
    assert places == [("滨河中队", 2020), ("一大队", 2025)]


def test_an_administrator_becomes_an_officer_and_keeps_the_password(tmp_path, run):
    account = staff(staff_number="007")
    User.objects.filter(pk=account.pk).update(password="kept")
    report, _code = run(save(tmp_path / "r.xlsx", [row()]), "--passwords-out", str(tmp_path / "p.csv"))
    assert report["created"] == 1
    assert Officer.objects.get().user.password == "kept"
    assert not PasswordReset.objects.exists()


@pytest.mark.parametrize("field", ["left_on", "merged_into"])
def test_people_who_are_gone_are_errors(tmp_path, run, bureau, field):
    gone = officer(bureau, user__staff_number="007")
    setattr(gone, field, datetime.date(2024, 1, 1) if field == "left_on" else officer(bureau))
    gone.save()
    report, code = run(save(tmp_path / "r.xlsx", [row()]))
    assert (code, report["errors"][0]["column"]) == (1, "工号")


def test_the_template_reads_back_without_its_examples(tmp_path, run):
    path = tmp_path / "t.xlsx"
    call_command("roster_template", "-o", str(path))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["人员", "单位", "填写说明"]
    assert [c.value for c in book["人员"][1]] == HEADINGS
    assert run(path)[1] == 2
    book["人员"].append(row())
    book.save(path)
    report, code = run(path)
    assert (report["rows"], report["created"], code) == (1, 1, 0)


@pytest.mark.parametrize(
    "content", [b"", b"hello", "工号,姓名\n1,甲".encode(), template()[:400], "姓名\n甲".encode("gb18030")]
)
def test_what_is_no_roster_says_so(tmp_path, run, content):
    path = tmp_path / "r.xlsx"
    path.write_bytes(content)
    report, code = run(path)
    assert (code, report["rows"], len(report["errors"])) == (2, 0, 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_does_too(tmp_path, run, bureau, encoding):
    path = tmp_path / "r.csv"
    lines = [HEADINGS, [str(v) for v in row()]]
    path.write_bytes("\r\n".join(",".join(line) for line in lines).encode(encoding))
    assert run(path)[0]["created"] == 1


def test_merged_cells_are_refused(tmp_path, run, bureau):
    path = save(tmp_path / "r.xlsx", [row(), row(staff_number="2", id_number="", unit="")])
    book = openpyxl.load_workbook(path)
    book["人员"].merge_cells("C2:C3")
    book.save(path)
    report, code = run(path)
    assert code == 1
    assert {(e["row"], e["column"]) for e in report["errors"]} >= {(2, "单位")}


def test_ten_thousand_people_in_one_go(tmp_path, run, django_assert_max_num_queries):
    rows = [row(staff_number=f"{n:06}", id_number="", unit=f"支队/大队{n % 30}") for n in range(10_000)]
    path = save(tmp_path / "r.xlsx", rows)
    with django_assert_max_num_queries(1200):
        report, _code = run(path)
    assert report["created"] == 10_000
    with django_assert_max_num_queries(200):
        assert run(path)[0]["unchanged"] == 10_000
    assert Post.objects.count() == 1


@pytest.mark.real_input
def test_real_files_give_words_and_not_a_traceback(real_input, run):
    files = [p for p in (real_input / "people").rglob("*") if p.suffix in {".csv", ".zip"}]
    files += (real_input / "import_templates").rglob("*用户导入模板.xlsx")
    files += (real_input / "import_templates").rglob("user.xlsx")
    assert len(files) > 10
    for path in files:
        report, code = run(path)
        assert code in {1, 2}
        assert all(error["message"] for error in report["errors"])
    assert not User.objects.exists()


def test_a_file_that_cannot_be_opened_is_named_in_chinese(tmp_path, run):
    message = run(tmp_path / "名册.xlsx")[0]["errors"][0]["message"]
    assert message.startswith("名册.xlsx")
    assert "没有这个文件" in message
    assert "文件夹" in run(tmp_path)[0]["errors"][0]["message"]
