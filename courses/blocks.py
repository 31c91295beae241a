"""Pieces of which lessons are made. What a piece names elsewhere (articles, questions, files) stands by reference."""

from functools import cached_property

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.coreutils import resolve_model_string
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from lianbing.library.blocks import ArticleReferenceBlock

FEATURES = ["bold", "italic", "ol", "ul", "h3", "h4"]
TITLE, LONGEST_MINUTES, MOST_QUESTIONS, MOST_PAGES = 100, 600, 30, 120


class QuestionWidget(BaseChooser):
    """Picks one published question of the bank by searching."""

    choose_one_text = _("Choose a question")
    choose_another_text = _("Choose another question")
    link_to_chosen_text = _("Look at this question")
    icon = "help"
    show_edit_link = False
    chooser_modal_url_name = "course_questions:choose"

    @cached_property
    def model_class(self) -> type[Model]:
        model: type[Model] = resolve_model_string("question_bank.Question")
        return model


class CheckQuestionWidget(QuestionWidget):
    """Picks a question that a check can ask: none that waits for a marker."""

    chooser_modal_url_name = "course_check_questions:choose"


class QuestionChooserBlock(blocks.ChooserBlock):
    """A question by reference. Its words come from the version published when the course is published."""

    @cached_property
    def target_model(self) -> type[Model]:
        model: type[Model] = resolve_model_string("question_bank.Question")
        return model

    @cached_property
    def widget(self) -> QuestionWidget:
        return QuestionWidget()

    class Meta:
        icon = "help"
        label = _("Question")


class CheckQuestionBlock(QuestionChooserBlock):
    """A question of the check at the end of a lesson."""

    @cached_property
    def widget(self) -> QuestionWidget:
        return CheckQuestionWidget()


class VideoBlock(blocks.StructBlock):
    """A film kept on this server."""

    title = blocks.CharBlock(label=_("Title"), max_length=TITLE, required=False)
    film = DocumentChooserBlock(
        label=_("Film"), help_text=_("An .mp4 file. It is played from this server alone.")
    )

    class Meta:
        icon = "media"
        label = _("Video")


class SlidesBlock(blocks.StructBlock):
    """Slides: their pages as pictures, in order, or the whole as one PDF."""

    title = blocks.CharBlock(label=_("Title"), max_length=TITLE, required=False)
    pages = blocks.ListBlock(
        ImageChooserBlock(label=_("Page")), label=_("Pages"), min_num=0, max_num=MOST_PAGES, default=[]
    )
    file = DocumentChooserBlock(label=_("Or as a PDF"), required=False)

    class Meta:
        icon = "image"
        label = _("Slides")


class PdfBlock(blocks.StructBlock):
    """A PDF to read beside the lesson."""

    title = blocks.CharBlock(label=_("Title"), max_length=TITLE, required=False)
    file = DocumentChooserBlock(label=_("PDF"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("PDF")


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")


class TableBlock(blocks.StructBlock):
    """A table written as lines: a row a line, its cells parted by |; the first row is its heading."""

    title = blocks.CharBlock(label=_("Title"), max_length=TITLE, required=False)
    rows = blocks.TextBlock(
        label=_("Rows"),
        max_length=20_000,
        rows=5,
        help_text=_("A row a line, its cells parted by |. The first row is the heading."),
    )

    class Meta:
        icon = "table"
        label = _("Table")


class CaseBlock(blocks.StructBlock):
    """A case: what happened, what to think about, and the commentary that the learner opens afterwards."""

    title = blocks.CharBlock(label=_("Title"), max_length=TITLE)
    facts = blocks.RichTextBlock(label=_("What happened"), features=["bold", "ol", "ul"])
    question = blocks.TextBlock(label=_("To think about"), max_length=500, rows=2, required=False)
    comment = blocks.RichTextBlock(label=_("Commentary"), features=["bold", "ol", "ul"], required=False)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Case")


class LessonBlocks(blocks.StreamBlock):
    """What may stand in a lesson."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=TITLE, icon="title")
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES)
    article = ArticleReferenceBlock()
    video = VideoBlock()
    picture = PictureBlock()
    table = TableBlock()
    slides = SlidesBlock()
    pdf = PdfBlock()
    case = CaseBlock()
    questions = blocks.ListBlock(
        QuestionChooserBlock(), label=_("Questions to practise"), icon="help", max_num=MOST_QUESTIONS
    )
    warning = blocks.TextBlock(label=_("Warning"), max_length=500, icon="warning", rows=3)


class LessonBlock(blocks.StructBlock):
    """One lesson: how long it takes at least, what stands in it, and the check at its end."""

    title = blocks.CharBlock(label=_("Title of the lesson"), max_length=TITLE)
    minimum_minutes = blocks.IntegerBlock(
        label=_("At least so many minutes"), min_value=0, max_value=LONGEST_MINUTES, default=5
    )
    body = LessonBlocks(label=_("Content"), required=False)
    check = blocks.ListBlock(
        CheckQuestionBlock(), label=_("Check at the end"), min_num=0, max_num=MOST_QUESTIONS, default=[]
    )
    check_needed = blocks.IntegerBlock(
        label=_("Right answers needed"),
        required=False,
        min_value=1,
        max_value=MOST_QUESTIONS,
        help_text=_("Empty: all of them."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Lesson")


class CourseBlocks(blocks.StreamBlock):
    """The lessons of a course, in order. The id of each is its stable key through all editions."""

    lesson = LessonBlock()

    class Meta:
        required = False
