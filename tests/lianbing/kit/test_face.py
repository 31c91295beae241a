"""The tags of every template, and that no template asks for a look the stylesheet does not have."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory

from lianbing.kit.messages_sources import FOLDERS
from lianbing.kit.templatetags.face import percent_of

KIT = settings.ROOT / "platform" / "lianbing" / "kit"
TEMPLATES = sorted(
    path for folder in FOLDERS for path in (settings.ROOT / folder).glob("**/templates/**/*.html")
)
STYLES = sorted(path for folder in FOLDERS for path in (settings.ROOT / folder).glob("**/static/**/*.css"))
# Classes that only name what a script or a test looks for.
# What scripts hold on to, and the classes of the editor that Wagtail draws.
HOOKS = {f"drill-{one}" for one in ("blank", "form", "card", "feedback", "due", "keep", "go", "home")} | {
    "grid-panel",
    "row-errors",
    "help-block",
    "help-info",
    "help-warning",
    "help-critical",
}
TONES = {"ok", "warn", "bad", "info"}


def render(source, **context):
    request = RequestFactory().get("/", {"q": "一"})
    return Template(source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("done", "total", "expected"),
    [(1, 3, 33), (3, 3, 100), (5, 3, 100), (0, 0, 0), (None, 3, 0), ("x", 3, 0), (-1, 3, 0)],
)
def test_percent_of(done, total, expected):
    assert percent_of(done, total) == expected


def test_an_icon_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in render('{% icon "home" %}')


def test_an_icon_that_says_something_has_a_label():
    assert 'role="img" aria-label="&lt;b&gt;"' in render('{% icon "home" label=words %}', words="<b>")


def test_render_with_adds_the_names_of_a_mapping():
    html = render('{% render_with "components/badge.html" values %}', values={"tone": "ok", "label": "合格"})
    assert html.strip() == '<span class="badge badge-ok">合格</span>'


def test_every_icon_asked_for_is_drawn():
    drawn = set(re.findall(r'id="([\w-]+)"', (KIT / "static/kit/icons.svg").read_text()))
    asked = {name for path in TEMPLATES for name in re.findall(r'\{% icon "([\w-]+)"', path.read_text())}
    assert asked <= drawn


def classes_of(path: Path) -> set[str]:
    plain = re.sub(r"\{[{%#].*?[#%}]\}", "\n", path.read_text())
    values = re.findall(r'class="([^"]*)"', plain)
    return {name for value in values for name in value.split() if not name.endswith("-")}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.ROOT)))
def test_every_class_has_a_look(path):
    styles = "".join(style.read_text() for style in STYLES)
    assert classes_of(path) - set(re.findall(r"\.([a-zA-Z][\w-]*)", styles)) - HOOKS - TONES == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.ROOT)))
def test_no_template_carries_a_style_or_a_script_of_its_own(path):
    source = re.sub(r"{%.*?%}", "", path.read_text())  # {% with one=... %} is no handler
    assert not re.search(
        r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*(src=|type=\"application/json\"))", source
    )


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_the_stylesheet_asks_nobody_else_for_anything(path):
    assert not re.search(r"@import|url\(|https?:", path.read_text())


@pytest.mark.parametrize("new", [":has(", "color-mix(", "@container", "@layer", "dvh", "&:"])
def test_the_stylesheet_keeps_to_old_browsers(new):
    assert all(new not in re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.S) for style in STYLES)
