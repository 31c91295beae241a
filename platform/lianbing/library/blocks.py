"""Pieces of which handbook entries and documents are made."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ArticleReferenceBlock(blocks.StructBlock):
    """A citation as people write it; the page shows the article in force on the day of reading."""

    citation = blocks.CharBlock(
        label=_("Citation"), max_length=200, help_text=_("For example 《行政处罚法》第六十三条第一款")
    )
    note = blocks.CharBlock(label=_("Note"), max_length=300, required=False)

    class Meta:
        icon = "doc-full"
        label = _("Article of a law")


class HandbookBlocks(blocks.StreamBlock):
    """What may stand in an entry."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=100, icon="title")
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "ol", "ul"])
    article = ArticleReferenceBlock()
    warning = blocks.TextBlock(label=_("Warning"), max_length=500, icon="warning", rows=3)


class DocumentBlocks(blocks.StreamBlock):
    """What may stand in a document. Rules are numbered through the whole text and have an address each."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=100, icon="title")
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "ol", "ul"])
    rules = blocks.ListBlock(
        blocks.TextBlock(label=_("Rule"), max_length=1000, rows=2), label=_("Numbered rules"), icon="list-ol"
    )
    warning = blocks.TextBlock(label=_("Warning"), max_length=500, icon="warning", rows=3)
