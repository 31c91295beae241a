"""Findings put into words, in the reader's language."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from lianbing.library.rules.findings import Finding

Say = Callable[[dict[str, Any]], str]


def _list(values: object) -> str:
    return "、".join(str(value) for value in values) if isinstance(values, list) else str(values)


WORDS: dict[str, Say] = {
    "readme": lambda d: _("A description of the folder, not a law."),
    "template": lambda d: _("A template to fill in, not a law."),
    "case_report": lambda d: _("A report of a case, not a law."),
    "not_markdown": lambda d: _("Not a Markdown file (.md)."),
    "not_found": lambda d: _("There is no such file or folder."),
    "unreadable_file": lambda d: _("The file cannot be opened: %(why)s") % d,
    "no_files": lambda d: _("It holds no Markdown file (.md)."),
    "too_large": lambda d: _("The file is larger than %(size)s MB.") % d,
    "archive": lambda d: str(d["why"]),
    "not_text": lambda d: _("Not a text in UTF-8 or GB18030."),
    "empty": lambda d: _("The file is empty."),
    "no_title": lambda d: _("There is no title (a line that starts with #)."),
    "title_too_long": lambda d: _("The title is longer than %(most)s characters.") % d,
    "no_articles": lambda d: _("There is no article (a line that starts with 第…条)."),
    "bad_number": lambda d: _("The number of an article cannot be read: %(text)s") % d,
    "other_text_of_edition": lambda d: (
        _("《%(law)s》 of %(edition)s is there with other words. Withdraw that edition first.") % d
    ),
    "saved_meanwhile": lambda d: _("Somebody else saved this law at the same moment. Try again."),
    "impossible_date": lambda d: _("There is no such date: %(text)s") % d,
    "no_date": lambda d: _("No date of publication is stated."),
    "date_in_file_name_only": lambda d: _("The date %(date)s stands in the file name only.") % d,
    "file_name_date_differs": lambda d: (
        _("The file name says %(file_name)s, the last event of the history is of %(header)s.") % d
    ),
    "file_name_title_differs": lambda d: _("The file name names another law: %(file_name)s") % d,
    "no_info_end": lambda d: _("The line <!-- INFO END --> under the history is missing."),
    "plain_heading": lambda d: _("A heading without # was taken for one: %(text)s") % d,
    "no_space_after_number": lambda d: _("%(article)s: there is no blank after the number.") % d,
    "not_from_one": lambda d: _("The first article is %(article)s.") % d,
    "not_consecutive": lambda d: (
        _("The numbers do not follow each other in %(count)s places: %(list)s")
        % {"count": d["count"], "list": _list(d["places"])}
    ),
    "repeated": lambda d: (
        _("%(count)s numbers are used more than once: %(list)s")
        % {"count": d["count"], "list": _list(d["articles"])}
    ),
    "private_use": lambda d: (
        _("%(count)s characters exist in no standard font: %(list)s")
        % {"count": d["count"], "list": _list(d["characters"])}
    ),
    "lost_characters": lambda d: _("%(count)s characters were lost before the file came here.") % d,
    "table": lambda d: _("It holds a table, which is kept as plain lines."),
    "empty_articles": lambda d: (
        _("%(count)s articles are empty: %(list)s") % {"count": d["count"], "list": _list(d["articles"])}
    ),
}


def say(found: Finding) -> str:
    """One sentence for a finding. An unknown code (a newer version's) is shown as it is."""
    words = WORDS.get(found.code)
    return words(found.details) if words else found.code


def say_all(findings: list[Finding] | tuple[Finding, ...]) -> str:
    """All findings in one line."""
    return " ".join(say(found) for found in findings)
