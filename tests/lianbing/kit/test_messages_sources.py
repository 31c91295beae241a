"""Which ids are read from Python and from templates."""

import pytest

from lianbing.kit.messages_sources import Text, in_project, in_python, in_template


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('_("Save")', {Text("Save")}),
        ('gettext_lazy("Save %(name)s")', {Text("Save %(name)s")}),
        ('ngettext("%d row", "%d rows", n)', {Text("%d row", "%d rows")}),
        ('pgettext("month", "May")', {Text("May", "", "month")}),
        ('npgettext("exam", "mark", "marks", n)', {Text("mark", "marks", "exam")}),
        ('_("one " "text")', {Text("one text")}),
        ("_(variable)", set()),
        ('print("no")', set()),
    ],
)
def test_python(source, expected):
    assert in_python(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<p>{% translate "Save" %}</p>', {Text("Save")}),
        ('{% translate "Save" as label %}', {Text("Save")}),
        ('{% include "x.html" with submit=_("Send") %}', {Text("Send")}),
        ('{{ name|default:_("Nobody") }}', {Text("Nobody")}),
        ("{% blocktranslate with a=b %}Hello, {{ a }}{% endblocktranslate %}", {Text("Hello, %(a)s")}),
        ("{% blocktranslate trimmed %}\n  Two\n  lines\n{% endblocktranslate %}", {Text("Two lines")}),
        (
            "{% blocktranslate count n=x %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}",
            {Text("%(n)s row", "%(n)s rows")},
        ),
        ('{% translate "May" context "month" %}', {Text("May", "", "month")}),
        ('{# note #}{% translate "After a comment" %}', {Text("After a comment")}),
        ('<div>\n    <p>\n  {% translate "Indented" %}\n</div>', {Text("Indented")}),
        ("{% translate 'Quoted \"word\"' %} it's", {Text('Quoted "word"')}),
    ],
)
def test_template(source, expected):
    assert in_template(source) == expected


def test_a_broken_template_is_named(tmp_path):
    folder = tmp_path / "exams" / "templates"
    folder.mkdir(parents=True)
    (folder / "x.html").write_text("{% blocktranslate %}{% if a %}{% endblocktranslate %}")
    with pytest.raises(SyntaxError, match=r"exams/templates/x\.html"):
        in_project(tmp_path)
