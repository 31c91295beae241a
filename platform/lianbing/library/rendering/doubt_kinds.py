"""The kinds of doubt by a short name, for filters."""

from django.utils.translation import gettext_lazy as _

from lianbing.kit.audit_words import Text

NAMES: dict[str, Text] = {
    "no_date": _("No date of publication"),
    "date_in_file_name_only": _("Date in the file name only"),
    "date_in_signature_only": _("Date in the signature only"),
    "file_name_date_differs": _("File name states another date"),
    "file_name_title_differs": _("File name states another title"),
    "title_year_differs": _("Title states another year"),
    "impossible_date": _("Impossible date"),
    "impossible_file_date": _("Impossible date in the file name"),
    "effective_before_published": _("In force before it was published"),
    "not_from_one": _("Does not begin with article 1"),
    "not_consecutive": _("Gaps in the numbering"),
    "repeated": _("Numbers used twice"),
    "contents_differ": _("Contents list differs from the text"),
    "private_use": _("Characters without a font"),
    "lost_characters": _("Lost characters"),
    "table": _("Table"),
    "empty_articles": _("Empty articles"),
    "no_info_end": _("No end mark under the header"),
    "plain_heading": _("Heading without a mark"),
    "no_space_after_number": _("No blank after the number"),
    "article_inside": _("Article inside a paragraph"),
    "title_joined": _("Title in several lines"),
    "left_out": _("Lines left out"),
    "lines_joined": _("Lines joined"),
    "word_tables": _("Tables in the file"),
    "article_like": _("Line that looks like an article"),
}


def name(code: str) -> Text:
    """The short name of a kind of doubt; an unknown code is shown as it is."""
    return NAMES.get(code, code)
