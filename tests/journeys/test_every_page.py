"""Every kind of page, as every role: opens, stays on the site, fits a phone, and axe finds nothing serious."""

import html
import json
import re
import urllib.parse

import pytest

pytestmark = pytest.mark.browser
axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

PASSED_OVER = re.compile(
    r"sign-out|export|\.(?:xlsx|pdf|csv|crt|pem|svg|json|ics|txt)$|/static/|/media/|/cms/|/pdf/?$|files/[^/]+/$",
    re.I,
)

HREF = re.compile(r"<a\s[^>]*?href=\"([^\"]+)\"")


def kind_of(path):
    """The address with the ids and names of single objects folded."""
    path = urllib.parse.unquote(path.split("?")[0])
    return re.sub(r"/(?:[0-9a-f]{8}-?[0-9a-f-]{20,}|\d[\w-]*|[^/]*[\u4e00-\u9fff][^/]*)", "/*", path)


def _sign_in(page, address, login):
    page.goto(f"{address}/sign-in/")
    page.fill("input[name=username]", login["username"])
    page.fill("input[name=password]", login["password"])
    page.click("form:has(input[name=password]) [type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def _links(found, address):
    """Where these addresses lead within the site."""
    paths = [h[len(address) :].split("#")[0] for h in found if h.startswith(f"{address}/")]
    return [path for path in paths if not PASSED_OVER.search(path.split("?")[0])]


def _faults(page, response, trouble):
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    faults = [*trouble]
    if response.status >= 400:
        faults.append(f"status {response.status}")
    if page.evaluate(wide) > 1:
        faults.append("scrolls sideways at 360 px")
    violations = axe_module.Axe().run(page).response["violations"]
    faults += [f"axe {v['id']}" for v in violations if v["impact"] in ("serious", "critical")]
    page.set_viewport_size({"width": 1440, "height": 900})
    if page.evaluate(wide) > 1:
        faults.append("scrolls sideways at 1440 px")
    page.set_viewport_size({"width": 360, "height": 740})
    return faults


def _look(page, address, path, trouble):
    """Open a page in the browser: its links, and what is wrong with it."""
    response = page.goto(address + path, wait_until="load")
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    return _links(found, address), _faults(page, response, trouble)


def _fetch(page, address, path):
    """Another role's view of a kind of page already looked at: it must answer; its links are followed."""
    response = page.context.request.get(address + path)
    found = [
        urllib.parse.urljoin(address + path, html.unescape(one)) for one in HREF.findall(response.text())
    ]
    return _links(found, address), [f"status {response.status}"] if response.status >= 400 else []


def _walk(page, address, seen):
    trouble, faults, waiting, done = [], {}, ["/"], set()
    page.on("pageerror", lambda error: trouble.append(f"script: {error}"))
    page.on("console", lambda m: trouble.append(f"console: {m.text}") if m.type == "error" else None)
    page.on(
        "request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else trouble.append(r.url)
    )
    while waiting and len(done) < 60:
        path = waiting.pop(0)
        if (kind := kind_of(path)) in done:
            continue
        done.add(kind)
        trouble.clear()
        links, found = _fetch(page, address, path) if kind in seen else _look(page, address, path, trouble)
        waiting += [link for link in links if kind_of(link) not in done]
        if found:
            faults[path] = found
        seen.add(kind)
    return faults, done


def test_every_page_of_every_role(demo_site, chromium):
    address = demo_site.url
    logins = json.loads((demo_site.data_dir / "demo-logins.json").read_text(encoding="utf-8"))
    seen, faults, opened = set(), {}, {}
    for login in [None, *logins]:
        context = chromium.new_context(locale="zh-CN", viewport={"width": 360, "height": 740})
        page = context.new_page()
        if login:
            _sign_in(page, address, login)
        role = login["role"] if login else "stranger"
        found, opened[role] = _walk(page, address, seen)
        faults |= {f"{role} {path}": wrong for path, wrong in found.items()}
        context.close()
    assert faults == {}
    assert len(seen) >= 25, f"few pages were reached: {sorted(seen)}"
    assert all(opened.values())
