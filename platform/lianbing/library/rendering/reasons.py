"""Findings put into words, in the reader's language."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from lianbing.library.rules.findings import Finding

Say = Callable[[dict[str, Any]], str]


def _list(values: object) -> str:
    return "、".join(str(value) for value in values) if isinstance(values, list) else str(values)


def _other_words(d: dict[str, Any]) -> str:
    """That an edition is there with other words, and where they first differ if that is known."""
    if "article" not in d:
        return _("《%(law)s》 of %(edition)s is there with other words. Withdraw that edition first.") % d
    none = _("nothing")
    shown = d | {"there": f"“{d['there']}”" if d["there"] else none}
    shown["here"] = f"“{d['here']}”" if d["here"] else none
    return (
        _(
            "《%(law)s》 of %(edition)s is there with other words, first in %(article)s: there %(there)s, "
            "here %(here)s. Withdraw that edition first."
        )
        % shown
    )


WORDS: dict[str, Say] = {
    "readme": lambda d: _("A description of the folder, not a law."),
    "template": lambda d: _("A template to fill in, not a law."),
    "case_report": lambda d: _("A report of a case, not a law."),
    "picture": lambda d: _("A picture, not a law."),
    "spreadsheet": lambda d: _("A spreadsheet, not a law."),
    "slides": lambda d: _("A presentation, not a law."),
    "not_a_text": lambda d: _("A spreadsheet, a presentation or a picture, not a law."),
    "nested_archive": lambda d: _("An archive inside an archive. Unpack it and try again."),
    "old_word": lambda d: _(
        "The old format of Word or WPS (.doc, .wps), or a Word file with a password. Save it as .docx without one."
    ),
    "pdf": lambda d: _("A PDF. Copy its text and paste it, or take the .docx of the same law."),
    "rtf": lambda d: _("A file in RTF. Open it in Word or WPS and save it as .docx."),
    "web_page": lambda d: _("A saved web page. Copy the text of the law and paste it."),
    "line_too_long": lambda d: _("A line is longer than %(most)s characters: no text of a law.") % d,
    "word_damaged": lambda d: _("The Word file is damaged and cannot be opened."),
    "word_password": lambda d: _(
        "The Word file is protected by a password. Save it without one and try again."
    ),
    "word_not_word": lambda d: _("The file is an archive, but no Word document."),
    "word_bomb": lambda d: _("The Word file would take too much memory or time to open, and is refused."),
    "not_found": lambda d: _("There is no such file or folder."),
    "unreadable_file": lambda d: _("The file cannot be opened: %(why)s") % d,
    "no_files": lambda d: _("It holds no text of a law (.md, .txt, .docx)."),
    "too_large": lambda d: _("The file is larger than %(size)s MB.") % d,
    "archive": lambda d: str(d["why"]),
    "not_text": lambda d: _("Not a text in UTF-8 or GB18030."),
    "empty": lambda d: _("The file is empty."),
    "no_title": lambda d: _("There is no title above the first article."),
    "title_too_long": lambda d: _("The title is longer than %(most)s characters.") % d,
    "no_articles": lambda d: _("There is no article (第…条). It can be kept in the library as a document."),
    "bad_number": lambda d: _("The number of an article cannot be read: %(text)s") % d,
    "other_text_of_edition": lambda d: _other_words(d),
    "already_there": lambda d: _("The same words stand there already as the edition %(edition)s.") % d,
    "effective_before_published": lambda d: _("It comes into force before it is published."),
    "saved_meanwhile": lambda d: _("Somebody else saved this law at the same moment. Try again."),
    "impossible_date": lambda d: _("There is no such date: %(text)s") % d,
    "no_date": lambda d: _("No date of publication is stated."),
    "date_in_file_name_only": lambda d: _("The date %(date)s stands in the file name only.") % d,
    "file_name_date_differs": lambda d: (
        _("The file name says %(file_name)s, the last event of the history is of %(header)s.") % d
    ),
    "file_name_title_differs": lambda d: _("The file name names another law: %(file_name)s") % d,
    "no_info_end": lambda d: _("The line <!-- INFO END --> under the history is missing."),
    "plain_heading": lambda d: _("%(count)s lines without a mark were taken for headings.") % d,
    "no_space_after_number": lambda d: _("There is no blank after %(count)s article numbers.") % d,
    "article_inside": lambda d: _("%(count)s articles start inside a paragraph and were cut off there.") % d,
    "article_like": lambda d: (
        _("%(count)s lines begin like an article that does not come next, and were taken for text.") % d
    ),
    "title_year_differs": lambda d: _("The title says %(mark)s, the history ends on %(date)s.") % d,
    "title_joined": lambda d: _("The title was put together from several lines."),
    "title_guessed": lambda d: _("It is not certain that this line is the title."),
    "date_in_signature_only": lambda d: _("The day stands only under the text: %(text)s") % d,
    "impossible_file_date": lambda d: _("There is no such date as the file name states: %(text)s") % d,
    "contents_differ": lambda d: (
        _("%(count)s entries of the contents list have no such heading in the text.") % d
    ),
    "left_out_by_choice": lambda d: _("Left out when it was imported."),
    "left_out": lambda d: _("%(count)s lines were taken for page numbers or running heads and left out.") % d,
    "lines_joined": lambda d: _("%(count)s lines that were broken at the edge of a page were joined.") % d,
    "slug_taken": lambda d: (
        _("Another law has the address %(slug)s already; this one gets a number behind it.") % d
    ),
    "several_laws": lambda d: (
        _("Several laws could be meant: %(list)s. Join them first.") % {"list": _list(d["laws"])}
    ),
    "other_title": lambda d: (
        _("Taken for a further edition of 《%(law)s》, though its title is 《%(title)s》.") % d
    ),
    "same_words": lambda d: _("The articles have the same words as those of the edition %(edition)s.") % d,
    "same_effective_day": lambda d: (
        _("The edition %(edition)s comes into force on the same day, %(date)s.") % d
    ),
    "effective_out_of_order": lambda d: (
        _("It is out of order with the edition %(edition)s, which comes into force on %(date)s.") % d
    ),
    "word_tables": lambda d: _("%(count)s tables, which are kept as plain lines.") % d,
    "word_hidden": lambda d: _("%(count)s hidden pieces of text were left out.") % d,
    "word_boxes": lambda d: (
        _("%(count)s text boxes; their words stand behind the paragraph they hang on.") % d
    ),
    "word_pictures": lambda d: _("%(count)s pictures, which are not kept.") % d,
    "word_embedded": lambda d: _("%(count)s embedded files, which are not kept.") % d,
    "word_notes": lambda d: _("%(count)s footnotes, kept behind the text.") % d,
    "word_changes": lambda d: (
        _("Tracked changes: %(inserted)s insertions were taken, %(deleted)s deletions left out.") % d
    ),
    "word_numbered": lambda d: _("%(count)s numbers were made by Word and written out.") % d,
    "repeals": lambda d: (
        _("This text repeals: %(list)s") % {"list": "、".join(f"《{name}》" for name in d["laws"])}
        if d["laws"]
        else _("This text repeals others without naming them.")
    ),
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
    """One sentence for a finding, with the lines it stands in. An unknown code (a newer version's) is shown
    as it is."""
    words = WORDS.get(found.code)
    try:
        said = words(found.details) if words else found.code
    except KeyError:  # stored by an older version, with other details
        said = found.code
    return said + _lines(found)


def _lines(found: Finding) -> str:
    numbers = [str(number) for number, _quote in lines_of(found) if number]
    return _(" (line %(numbers)s)") % {"numbers": "、".join(dict.fromkeys(numbers))} if numbers else ""


def lines_of(found: Finding) -> list[tuple[int, str]]:
    """The lines a finding stands in: their numbers in the file, and how they begin."""
    rows = found.details.get("lines", [])
    return [(int(row[0]), str(row[1])) for row in rows if isinstance(row, list | tuple) and len(row) == 2]


def say_all(findings: list[Finding] | tuple[Finding, ...]) -> str:
    """All findings in one line."""
    return " ".join(say(found) for found in findings)
