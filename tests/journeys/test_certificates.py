"""HR exports who is certified; a stranger verifies a certificate from its QR on a phone; HR revokes it."""

import io
import json

import openpyxl
import pytest
from PIL import Image

from lianbing.kit import qr
from tests.journeys import qr_reader

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(demo_site):
    """The demo bureau, served."""
    return demo_site


@pytest.fixture(scope="module")
def logins(site):
    """The logins of the demo bureau, by role."""
    found = json.loads((site.data_dir / "demo-logins.json").read_text(encoding="utf-8"))
    return {login["role"]: login for login in found}


@pytest.fixture
def enter(site, logins):
    """A page of somebody signed in with a role."""

    def sign_in(context, role):
        page = context.new_page()
        page.goto(f"{site.url}/sign-in/")
        page.fill("input[name=username]", logins[role]["username"])
        page.fill("input[name=password]", logins[role]["password"])
        page.click("main [type=submit]")
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    return sign_in


def narrow(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(
    "text", ["http://10.1.2.3:8000/verify/" + "a" * 36, "x" * 60, "https://例.cn/" + "b" * 90]
)
def test_the_reader_reads_what_the_kit_draws(text):
    assert qr_reader.read(Image.open(io.BytesIO(qr.png(text, scale=5)))) == text


def test_hr_sees_who_is_certified_and_exports_the_same(site, desk, enter):
    page = enter(desk, "hr")
    page.goto(f"{site.url}/certificates/overview/")
    page.click(".tile-warn >> nth=0")
    shown = int(page.inner_text(".tile[aria-current] .tile-number"))
    assert shown == page.locator("table.table tbody tr").count() > 0
    with page.expect_download() as download:
        page.click("a[href*='export.xlsx']")
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    assert sheet.max_row == shown + 1
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_stranger_verifies_from_the_code_until_hr_revokes(site, phone, desk, contexts, enter):
    holder = enter(phone, "officer")
    holder.goto(f"{site.url}/certificates/")
    holder.click(".diploma .btn-primary")
    assert narrow(holder)
    number = holder.inner_text(".diploma .facts dd >> nth=0")
    code = holder.locator("svg.qr").first  # the second proves it without a network
    code.evaluate("shown => shown.scrollIntoView({block: 'center'})")  # clear of the bar at the foot
    picture = Image.open(io.BytesIO(code.screenshot()))
    address = qr_reader.read(picture)

    stranger = contexts(viewport={"width": 360, "height": 740}).new_page()
    assert stranger.goto(address).status == 200
    assert narrow(stranger)
    assert stranger.locator(".verdict-ok").is_visible()
    assert number in stranger.inner_text("main")
    assert holder.inner_text(".diploma-name") not in stranger.content()

    hr = enter(desk, "hr")
    hr.goto(holder.url)
    hr.click("a[href$='/revoke']")
    hr.fill("textarea[name=reason]", "成绩复核后不合格，收回证书。")
    hr.check("input[name=confirmed]")
    hr.click("main .btn-danger")
    stranger.reload()
    assert stranger.locator(".verdict-bad").is_visible()


def test_a_made_up_code_says_not_found(site, phone):
    page = phone.new_page()
    response = page.goto(f"{site.url}/verify/00000000-0000-4000-8000-000000000000/")
    assert response.status == 404
    assert page.locator(".verdict-bad").is_visible()
