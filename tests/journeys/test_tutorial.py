"""The tutorial, followed to the letter: its commands are run, its pages are walked, its labels exist."""

import datetime
import json
import re
import shlex

import pytest
from playwright.sync_api import expect

from tests.journeys.candidate import Candidate
from tests.journeys.site import ROOT

pytestmark = pytest.mark.browser
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```sh\n(.+?)\n```", TUTORIAL, re.S)


@pytest.fixture(scope="module")
def walker(demo_site, chromium, tmp_path_factory):
    return Walker(demo_site, chromium, tmp_path_factory.mktemp("written"))


class Walker:
    """Somebody who follows the tutorial: signs in as this role or that, types its commands."""

    def __init__(self, site, chromium, folder):
        self.site, self.chromium, self.folder = site, chromium, folder
        self.logins = {
            one["role"]: one for one in json.loads((site.data_dir / "demo-logins.json").read_text("utf-8"))
        }
        self.pages = {}

    def type(self, number):
        """Run one command of the tutorial; what it writes goes to a folder of the test."""
        words = shlex.split(COMMANDS[number])
        assert words[:2] == [".venv/bin/python", "manage.py"]
        arguments = [str(self.folder / w) if words[i + 1] == "-o" else w for i, w in enumerate(words[2:])]
        return self.site.manage(*arguments)

    def as_(self, role, width=1440):
        """A page where `role` is signed in, the same one every time."""
        if role not in self.pages:
            page = self.chromium.new_context(
                viewport={"width": width, "height": 800}, locale="zh-CN"
            ).new_page()
            page.set_default_timeout(15000)
            page.goto(f"{self.site.url}/sign-in/")
            page.fill("[name=username]", self.logins[role]["username"])
            page.fill("[name=password]", self.logins[role]["password"])
            page.click("form:has([name=password]) [type=submit]")
            page.wait_for_url(lambda url: "/sign-in/" not in url)
            self.pages[role] = page
        return self.pages[role]

    def go(self, role, path, **options):
        page = self.as_(role, **options)
        page.goto(self.site.url + path)
        return page


def _choose(page, select, text):
    """Choose the option of a select box whose words contain `text`."""
    options = page.locator(f"select[name={select}] option", has_text=text)
    page.select_option(f"select[name={select}]", options.first.get_attribute("value"))


def _save(page):
    page.locator(
        "main form[method=post] button.btn-primary, main form[method=post] button.btn-danger"
    ).first.click()
    page.wait_for_load_state()


def test_1_and_2_a_statute_and_its_questions(walker):
    assert "laws_created: 1" in (said := walker.type(0))
    assert "articles_created: 8" in said
    assert "created: 6" in walker.type(1)
    assert "unchanged: 6" in walker.type(1)
    page = walker.go("legal", "/library/云汐市共享单车停放管理办法/2025-03-06/#art-7")
    expect(page.locator("#art-7")).to_contain_text("一千元以上五千元以下")
    page = walker.go("trainer", "/bank/bikes/")
    page.locator("main a", has_text="两小时").or_(page.locator("main a", has_text="清运")).first.click()
    expect(page.locator("a[href*='#art-']").first).to_be_visible()


def _fill_line(page, number, kind, count, marks):
    _choose(page, f"sections-{number}-lines-0-kind", kind)
    page.fill(f"[name=sections-{number}-lines-0-count]", str(count))
    page.fill(f"[name=sections-{number}-lines-0-marks]", str(marks))


def test_3_an_exam(walker):
    page = walker.go("exam_administrator", "/exams/blueprints/new/")
    page.fill("[name=title]", "共享单车测验")
    _choose(page, "bank", "bikes")
    _fill_line(page, 0, "单选题", 3, 20)
    _fill_line(page, 1, "多选题", 2, 20)
    _save(page)
    page = walker.go("exam_administrator", "/exams/sittings/new/")
    page.fill("[name=title]", "共享单车专项考试")
    _choose(page, "blueprint", "共享单车测验")
    page.select_option("select[name=unit]", index=1)
    page.locator("label", has_text=_squad(walker)).last.locator("input[name=units]").check()
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
    page.fill("[name=opens_at]", f"{now - datetime.timedelta(minutes=5):%Y-%m-%dT%H:%M}")
    page.fill("[name=closes_at]", f"{now + datetime.timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.fill("[name=duration_minutes]", "30")
    page.fill("[name=pass_mark]", "60")
    _save(page)
    page.locator("a[href$='/freeze/']").first.click()
    _save(page)
    expect(page.locator("a[href$='/board/']").first).to_be_visible()


def _squad(walker):
    """The name of the unit where the demo officer serves."""
    return walker.site.rows(
        "SELECT u.name FROM people_appointment a JOIN people_officer o ON o.id = a.officer_id"
        " JOIN people_unit u ON u.id = a.unit_id WHERE o.staff_number = ? AND a.ends_on IS NULL",
        walker.logins["officer"]["username"],
    )[0][0]


def test_4_what_a_pass_is_worth(walker):
    page = walker.go("hr", "/certificates/rules/new/")
    _choose(page, "blueprint", "共享单车测验")
    page.fill("[name=title]", "共享单车执法培训合格证书")
    page.fill("[name=valid_months]", "24")
    page.check("[name=categories][value=officer]")
    page.fill("[name=number_prefix]", "DC")
    _save(page)
    expect(page.locator("main")).to_contain_text("共享单车执法培训合格证书")


def _keys(walker):
    """The key of every version, straight from the database: the officer of this journey knows the law."""
    return {
        row[0]: set(json.loads(row[1])["options"])
        for row in walker.site.rows(
            "SELECT json_extract(content, '$.stem'), v.key FROM question_bank_questionversion v"
            " JOIN question_bank_question q ON q.id = v.question_id"
            " JOIN question_bank_questionbank b ON b.id = q.bank_id WHERE b.slug = 'bikes'"
        )
    }


def test_5_take_it_on_a_phone(walker):
    page = walker.go("officer", "/exams/", width=360)
    page.locator("a[href$='/rules/']", has_text="").first.wait_for()
    sitting = walker.site.rows("SELECT uid FROM exams_sitting WHERE title = '共享单车专项考试'")[0][0]
    link = next(
        h
        for h in page.eval_on_selector_all("a[href$='/rules/']", "a => a.map(x => x.href)")
        if sitting in h.replace("-", "")
    )
    page.goto(link)
    page.locator("form[action$='/start'] button").click()
    page.wait_for_url("**/exams/attempts/**")
    candidate, keys = (
        Candidate(walker.site, {"attempt": page.url.rstrip("/").split("/")[-1]}, page).ready(),
        _keys(walker),
    )
    assert not any(
        text in page.content() for text in ("拒不改正的，处一千元以上五千元以下罚款。", "explanation")
    )
    for number in range(5):
        key = next(k for stem, k in keys.items() if stem in page.inner_text("#question"))
        for box in page.locator("#question input").all():
            if box.get_attribute("value") in key:
                box.locator("xpath=..").click()
        if number < 4:
            candidate.next()
    candidate.expect_saved()
    assert re.match(r"\d{4}-\d+", candidate.hand_in())


def test_6_release_the_result(walker):
    sitting = walker.site.rows("SELECT id FROM exams_sitting WHERE title = '共享单车专项考试'")
    page = walker.go("exam_administrator", "/exams/sittings/")
    page.locator("main a", has_text="共享单车专项考试").first.click()
    page.locator("a[href$='/close/']").click()
    page.locator("[name=reason]").fill("教程到此为止")
    _save(page)
    page = walker.go("exam_administrator", "/exams/sittings/")
    page.locator("main a", has_text="共享单车专项考试").first.click()
    page.locator("a[href$='/release/']").first.click()
    _save(page)
    assert walker.site.rows(
        "SELECT count(*) FROM exams_sitting WHERE id = ? AND released_at IS NOT NULL", sitting[0][0]
    ) == [(1,)]
    page = walker.go("officer", "/exams/")
    page.locator("a[href$='/result/']").first.click()
    expect(page.locator("main")).to_contain_text("100")
    expect(page.locator("a[href*='#art-']").first).to_be_visible()


def test_7_the_certificate_and_a_stranger(walker):
    walker.site.manage("run_due")
    number, uid = walker.site.rows(
        "SELECT number, uid FROM certificates_certificate WHERE number LIKE 'DC%'"
    )[0]
    page = walker.go("officer", "/certificates/")
    expect(page.locator("main")).to_contain_text(number)
    stranger = walker.chromium.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
    stranger.goto(f"{walker.site.url}/verify/{uid}/")
    expect(stranger.locator("main")).to_contain_text(number)
    name = walker.logins["officer"]["name"]
    assert name not in stranger.content()
    assert name[0] + "*" in stranger.content()


def test_8_and_9_what_hr_sees_and_a_backup(walker):
    page = walker.go("hr", "/certificates/overview/?q=" + walker.logins["officer"]["username"])
    expect(page.locator("main")).to_contain_text(walker.logins["officer"]["name"])
    walker.type(2)
    assert (walker.folder / "certified.xlsx").stat().st_size > 4000
    walker.type(3)
    assert (walker.folder / "lianbing-backup.tar").stat().st_size > 100_000


def test_every_label_of_the_tutorial_exists():
    catalogue = (ROOT / "locale/zh_Hans/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    labels = re.findall(r"\*\*([^*]*[\u4e00-\u9fff][^*]*)\*\*", TUTORIAL)
    assert [label for label in labels if f'msgstr "{label}"' not in catalogue] == []
    assert len(labels) > 10
