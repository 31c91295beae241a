"""Journeys: a real server process and a real browser. Fixtures: site, chromium, phone, desk.

`site` is one migrated, empty site per module (`site.exam(...)` puts an exam there); `phone` and `desk`
make browser contexts of 360 and 1440 pixels; `sign_in(context, session)` signs a person in.
"""

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.prepared import prepared
from tests.journeys.site import Site, find_chromium

# A busy machine is no fault of the page; what must be quick is measured elsewhere.
expect.set_options(timeout=15_000)
# Playwright's loop runs in this thread; tests that also use the ORM here know what they do.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# A service worker would hide requests from the routes with which tests break the network.
COMMON = {"locale": "zh-CN", "service_workers": "block"}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, **COMMON}
DESK = {"viewport": {"width": 1440, "height": 900}, **COMMON}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A running site with an empty, migrated database."""
    made = Site(prepared(tmp_path_factory, "site"))
    yield made.start()
    made.stop()


@pytest.fixture(scope="module")
def demo_site(tmp_path_factory):
    """A running site with the whole demo bureau; its logins lie in `data_dir / "demo-logins.json"`."""
    made = Site(prepared(tmp_path_factory, "demo"))
    yield made.start()
    made.stop()


@pytest.fixture(scope="module")
def playwright_here():
    """Playwright for one module; its event loop ends with it."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def launch(playwright_here):
    """Start one more Chromium: `launch()`; with a folder as argument, one that keeps its storage there."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium was found: install Debian's chromium or run `playwright install chromium`")
    kept = {"executable_path": path, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}

    def start(folder=None, **options):
        if folder is None:
            return playwright_here.chromium.launch(**kept)
        return playwright_here.chromium.launch_persistent_context(str(folder), **kept, **options)

    return start


@pytest.fixture(scope="module")
def chromium(launch):
    """One browser for a module."""
    browser = launch()
    yield browser
    browser.close()


@pytest.fixture
def contexts(chromium):
    """Make browser contexts; they are closed after the test."""
    made = []

    def make(**options):
        made.append(chromium.new_context(**options))
        made[-1].set_default_timeout(30000)
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def phone(contexts):
    """A phone, 360 pixels wide."""
    return contexts(**PHONE)


@pytest.fixture
def desk(contexts):
    """A desktop, 1440 pixels wide."""
    return contexts(**DESK)


@pytest.fixture
def sign_in(site):
    """Put a signed-in session into a context: `sign_in(context, exam["session"])`."""

    def put(context, session):
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])

    return put
