"""Take the pictures of the README and the documentation: `make screenshots`.

Makes a demo bureau in a folder of its own, serves it, and photographs the pages as their people see
them. Writes docs/pictures/*.png. Needs the development requirements and a Chromium.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import contest_pictures
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
CHROMIUM = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if os.path.exists(p)), None)
# picture, role (None = a stranger), size, address
PAGES: list[tuple[str, str | None, dict[str, int], str]] = [
    ("front-phone", "officer", PHONE, "/"),
    ("exams-phone", "officer", PHONE, "/exams/"),
    ("library-desktop", "officer", DESK, "/library/云汐市市容环境管理条例/2024-03-28/"),
    ("bank-desktop", "trainer", DESK, "/bank/yunxi/"),
    ("sittings-desktop", "exam_administrator", DESK, "/exams/sittings/"),
    ("overview-desktop", "hr", DESK, "/certificates/overview/"),
    ("register-desktop", "hr", DESK, "/certificates/enforcement/"),
    ("desk-desktop", "hr", DESK, "/ratings/desk/"),
    ("leader-phone", "leader", PHONE, "/ratings/leader/"),
    ("stars-phone", "officer", PHONE, "/ratings/"),
]


@contextmanager
def _site() -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    with tempfile.TemporaryDirectory() as data, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        env = {**os.environ, "LIANBING_DATA_DIR": data, "PORT": str(port)}
        for command in (["migrate", "-v0"], ["seed_demo"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
        with subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None
            next(line for line in server.stdout if line.startswith("Ready: "))
            logins = json.loads((Path(data) / "demo-logins.json").read_text(encoding="utf-8"))
            try:
                yield f"http://127.0.0.1:{port}", {login["role"]: login for login in logins}
            finally:
                server.terminate()


def _page(browser: Browser, address: str, size: dict[str, int], login: dict[str, str] | None) -> Page:
    settings: Any = {"viewport": size, "locale": "zh-CN", "device_scale_factor": 2 if size is PHONE else 1}
    page = browser.new_context(**settings).new_page()
    if login:
        page.goto(f"{address}/sign-in/")
        page.fill("input[name=username]", login["username"])
        page.fill("input[name=password]", login["password"])
        page.click("form:has(input[name=password]) [type=submit]")
        page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page


def _take_exam(browser: Browser, address: str, login: dict[str, str]) -> None:
    """The officer starts the sitting that is open now and answers the first question."""
    page = _page(browser, address, PHONE, login)
    page.goto(f"{address}/exams/")
    page.locator("a[href$='/rules/']").first.click()
    page.click("form[action$='/start'] button")
    page.wait_for_url("**/exams/attempts/**")
    page.locator("fieldset label").nth(1).click()
    page.wait_for_timeout(1500)
    page.screenshot(path=str(PICTURES / "taking-phone.png"))


def _verify(browser: Browser, address: str, login: dict[str, str]) -> None:
    """A stranger opens the address that the QR code of an officer's certificate carries."""
    officer = _page(browser, address, PHONE, login)
    officer.goto(f"{address}/certificates/")
    link = officer.locator("a[href*='/verify/']").first
    if link.count() == 0:
        officer.locator("main a[href*='/certificates/']").first.click()
        officer.wait_for_load_state()
    target = officer.locator("a[href*='/verify/']").first.get_attribute("href") or "/verify/"
    stranger = _page(browser, address, PHONE, None)
    stranger.goto(target if target.startswith("http") else address + target)
    stranger.screenshot(path=str(PICTURES / "verify-phone.png"))


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with _site() as (address, logins), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, role, size, path in PAGES:
            page = _page(browser, address, size, logins[role] if role else None)
            page.goto(address + path)
            page.screenshot(path=str(PICTURES / f"{name}.png"))
        _take_exam(browser, address, logins["officer"])
        _verify(browser, address, logins["officer"])
        contest_pictures.take(
            browser,
            address,
            lambda size, role: _page(browser, address, size, logins[role] if role else None),
            PICTURES,
        )
        browser.close()
    print(*sorted(p.name for p in PICTURES.glob("*.png")))


if __name__ == "__main__":
    main()
