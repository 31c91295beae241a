"""A Word or PowerPoint file becomes a draft; hostile ones end in a sentence."""

import io
import zipfile

import docx
import pptx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow
from pptx.util import Inches
from wagtail.images.models import Image

from courses.formats import office
from courses.models import CoursePage
from courses.queries.lessons import prepare
from courses.services.uploading import course_from_file
from lianbing.people.rules import SYSTEM, Role
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture(size=(40, 30), kind="PNG") -> io.BytesIO:
    out = io.BytesIO()
    Pillow.new("RGB", size, "navy").save(out, kind)
    out.seek(0)
    return out


def word() -> bytes:
    document = docx.Document()
    document.add_heading("执法取证培训", 0)
    document.add_heading("现场检查", 1)
    document.add_paragraph("先出示证件。").add_run("不得少于两人").bold = True
    document.add_paragraph("拍照", style="List Bullet")
    document.add_paragraph("录像", style="List Bullet")
    document.add_heading("注意 <b>事项</b>", 2)
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = ("证据", "要求", "照片", "原件")[number]
    document.add_heading("询问笔录", 1)
    document.add_picture(picture())
    return saved(document)


def made(data, at, name="教案.docx", **facts) -> CoursePage:
    return course_from_file(data=data, file_name=name, by=SYSTEM, at=at, **facts)


def test_headings_of_a_word_file_begin_lessons(at):
    page = made(word(), at)
    assert page.title == "执法取证培训"
    lessons = [child.value for child in page.lessons]
    assert [one["title"] for one in lessons] == ["现场检查", "询问笔录"]
    assert [child.block_type for child in lessons[0]["body"]] == ["text", "heading", "table"]
    text = lessons[0]["body"][0].value.source
    assert "<b>不得少于两人</b>" in text
    assert "<ul><li>拍照</li><li>录像</li></ul>" in text
    assert lessons[0]["body"][2].value["rows"] == "证据 | 要求\n照片 | 原件"


def test_pictures_become_pictures_of_the_editor(at):
    page = made(word(), at)
    assert page.lessons[1].value["body"][0].value["picture"] == Image.objects.get()
    assert [one.code for one in prepare(page, at).troubles] == ["no_category"]


def test_markup_in_a_file_is_only_text(at):
    document = docx.Document()
    document.add_paragraph("<script>alert(1)</script>")
    assert "&lt;script&gt;" in made(saved(document), at).lessons[0].value["body"][0].value.source


def test_numbered_lines_stand_in_for_missing_styles(at):
    document = docx.Document()
    for line in (
        "第一讲 总则",
        "这一讲说明目的。",
        "一、目的",
        "为了规范执法行为。",
        "第二讲 程序",
        "程序如下。",
    ):
        document.add_paragraph(line)
    page = made(saved(document), at)
    assert page.title == "教案"
    assert [one.value["title"] for one in page.lessons] == ["第一讲 总则", "第二讲 程序"]


def test_slides_become_one_lesson_and_what_is_lost_is_named(client, at):
    deck = pptx.Presentation()
    for title in ("亮证", "告知"):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "要点一\n要点二"
        slide.notes_slide.notes_text_frame.text = "慢慢讲"
    deck.slides[0].shapes.add_picture(picture(), Inches(1), Inches(5))
    deck.slides[1].shapes.add_picture(picture(kind="TIFF"), Inches(1), Inches(5))
    page = made(saved(deck), at, name="课件.pptx")
    kinds = [child.block_type for child in page.lessons[0].value["body"]]
    assert kinds == ["heading", "text", "picture", "heading", "text"]
    client.force_login(staff(Role.TRAINER))
    told = client.get(reverse("courses:uploaded", args=[page.pk]))
    assert len(told.context["lost"]) == 2


def packed(**members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


BOMB = {"word__document_dot_xml": b"<w>" + b" " * (70 * 1024 * 1024)}
HOSTILE = [
    (b"", "empty"),
    (b"%PDF-1.7 hello", "not_office"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    (b"PK\x03\x04 and then nothing", "damaged"),
    (packed(readme="x"), "not_office"),
    (packed(word__document_dot_xml="<w", word__vbaProject_dot_bin="x"), "macros"),
    (packed(word__document_dot_xml="<w"), "damaged"),
    (packed(**BOMB), "bomb"),
]


@pytest.mark.parametrize(("data", "code"), HOSTILE, ids=[code for _data, code in HOSTILE])
def test_a_hostile_file_ends_in_a_code(at, data, code):
    with pytest.raises(office.Unreadable) as problem:
        made(data, at)
    assert problem.value.code == code
    assert not CoursePage.objects.exists()


def test_a_file_that_expands_entities_is_not_followed(at):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(office.Unreadable):
        made(packed(word__document_dot_xml=bomb), at)


def test_the_form_says_it_in_words_and_keeps_nothing(client):
    client.force_login(staff(Role.TRAINER))
    told = client.post(reverse("courses:upload"), {"file": SimpleUploadedFile("坏.docx", b"PK\x03\x04xx")})
    assert told.status_code == 200
    assert "坏.docx" in str(told.context["form"].errors["file"])
    assert not CoursePage.objects.exists()


def test_the_form_leads_to_what_was_taken_over(client):
    client.force_login(staff(Role.TRAINER))
    told = client.post(
        reverse("courses:upload"), {"file": SimpleUploadedFile("教案.docx", word())}, follow=True
    )
    assert told.context["lessons"] == ["现场检查", "询问笔录"]
    assert client.get(reverse("courses:upload")).status_code == 200


def test_what_follows_a_wide_cell_keeps_its_column(at):
    document = docx.Document()
    table = document.add_table(2, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(number)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "证据"
    (shown,) = [
        one for one in made(saved(document), at).lessons[0].value["body"] if one.block_type == "table"
    ]
    assert shown.value["rows"] == "证据 |  | 2\n3 | 4 | 5"


def test_of_a_heading_too_long_for_a_title_nothing_is_lost(at):
    document = docx.Document()
    document.add_heading("甲" * 150, 1)
    (lesson,) = made(saved(document), at).lessons
    assert lesson.value["title"] == "甲" * 100
    assert "甲" * 150 in lesson.value["body"][0].value.source
