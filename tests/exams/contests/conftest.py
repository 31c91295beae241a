"""One Chromium for the scripts of a module."""

import pytest


@pytest.fixture(scope="module")
def chromium_here():
    """A browser, or the test is skipped."""
    from playwright.sync_api import sync_playwright

    from tests.journeys.site import find_chromium

    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium was found: install Debian's chromium or run `playwright install chromium`")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
