"""The superior's class: places for a unit, somebody nominated and approved, the result back in their file (R83)."""

import io
import json

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOVED = "tests/journeys/moved_clock.py"
CLASS = "省厅执法骨干培训班"


@pytest.fixture(scope="module")
def seeded(site):
    return json.loads(site.run("-m", "tests.journeys.training_seed", "nomination").splitlines()[-1])


def test_a_nominated_officer_brings_the_result_back(site, seeded, contexts, phone, sign_in):
    pages = {}
    for name in ("sharer", "nominator", "office"):
        context = contexts(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        sign_in(context, seeded[name])
        pages[name] = context.new_page()
    sign_in(phone, seeded["officer"])
    officer, address = phone.new_page(), f"{site.url}/training/nominations/{seeded['course']}/"

    share(pages["sharer"], address, seeded)
    nominate(pages["nominator"], address)
    expect(pages["nominator"].locator("main form [name=officer]")).to_have_count(0)
    approve(pages["office"], address)
    officer.goto(f"{site.url}/training/nominations/mine/")
    expect(officer.locator("main .card", has_text=CLASS).locator(".badge-ok")).to_be_visible()
    expect(officer.locator("main a[href*='/external/mine/new/']")).to_have_count(0)

    a_week_later(site)
    bring_back(site, officer)
    accept(site, pages["office"])
    officer.goto(f"{site.url}/training/file/?year={seeded['days'][1][:4]}")
    expect(officer.locator("main tbody tr", has_text=CLASS).locator("td.num").first).not_to_have_text("")
    assert site.rows("SELECT kind, count(*) FROM training_hourentry GROUP BY kind") == [("external", 1)]


def press(page, selector):
    page.locator(f"main {selector}").first.click()


def share(page, address, seeded):
    page.goto(address)
    page.select_option("[name=unit]", str(seeded["squad"]))
    page.fill("[name=places]", "1")
    page.fill("[name=nominate_by]", seeded["days"][0])
    press(page, "form[action$='/places/'] button[type=submit]")
    expect(page.locator("main .card", has_text="滨河中队").first).to_contain_text("0 / 1")


def nominate(page, address):
    page.goto(address)
    page.fill("[name=officer]", "陈小满")
    press(page, "form:has([name=officer]) button[type=submit]")
    expect(page.locator("main tbody tr")).to_contain_text(["陈小满"])
    expect(page.locator("main .card").first).to_contain_text("1 / 1")


def approve(page, address):
    page.goto(address)
    press(page, "a[href$='/decide/']")
    press(page, "button[name=approve]")
    expect(page.locator("main tbody tr .badge-ok")).to_be_visible()


def a_week_later(site):
    """The site was off meanwhile."""
    site.stop()
    site.environment["MOVED_DAYS"] = "7"
    site.command = (MOVED, "serve")
    site.start()


def bring_back(site, page):
    """Two days, with the picture of the certificate."""
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "PNG")
    page.goto(f"{site.url}/training/nominations/mine/")
    press(page, "a[href*='/external/mine/new/']")
    page.fill("[name=organiser]", "省住建厅")
    page.fill("[name=days]", "2")
    page.fill("[name=result]", "合格")
    page.set_input_files(
        "[name=evidence]", {"name": "证书.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    press(page, "form:not([role=search]) button.btn-primary")
    expect(page.locator("h1")).to_have_text(CLASS)


def accept(site, page):
    """The personnel office looks at the certificate and accepts it."""
    page.goto(f"{site.url}/training/external/")
    press(page, f"a:has-text('{CLASS}')")
    press(page, "button[name=accept]")
    expect(page.locator("main button[name=accept]")).to_have_count(0)
