"""Documents on their pages: the list, one document, its file and film, a file kept from an import."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document

from lianbing.kit import clock
from lianbing.library.models import LibraryDocument, SearchEntry
from lianbing.library.services import ensure_documents
from lianbing.people.rules import Role
from tests.factories import documents, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(people.officer().user)
    return client


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ensure_documents()


def kept(name, data=b"0123456789"):
    return Document.objects.create(title=name, file=ContentFile(data, name=name))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(reader, count, django_assert_max_num_queries):
    for number in range(count):
        documents.document(f"关于第{number}号事项的通知")
    reader.get(reverse("library:documents"))
    with django_assert_max_num_queries(12):
        page = reader.get(reverse("library:documents"))
    assert len(page.context["rows"]) == count


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ({"category": "film"}, ["警示片"]),
        ({"year": 2025}, ["旧通知"]),
        ({"status": "superseded"}, ["旧通知"]),
        ({"status": "in_force"}, ["十严禁", "警示片"]),
        ({"q": "严禁"}, ["十严禁"]),
        ({"year": "x", "category": "none"}, ["十严禁", "警示片", "旧通知"]),
    ],
)
def test_the_list_is_narrowed_and_the_latest_stands_first(reader, wanted, titles):
    film = documents.document("警示片", category="film", dated=datetime.date(2026, 9, 1))
    documents.document("十严禁")
    documents.document("旧通知", category="notice", dated=datetime.date(2025, 1, 2), superseded_by=film)
    rows = reader.get(reverse("library:documents"), wanted).context["rows"]
    assert [document.title for document, _chip in rows] == titles


def test_an_empty_library_says_who_writes_documents(reader):
    assert "撰写" in reader.get(reverse("library:documents")).content.decode()


def test_every_rule_has_an_address_and_is_cited_by_its_number(reader, django_assert_max_num_queries):
    made = documents.document("城管执法人员十严禁")
    with django_assert_max_num_queries(15):
        text = reader.get(made.get_absolute_url()).content.decode()
    assert 'id="rule-3"' in text
    assert "《城管执法人员十严禁》第三项" in text


def test_rules_are_numbered_through_the_whole_text(reader):
    body = [("rules", ["一", "二"]), ("heading", "另"), ("rules", ["三"])]
    page = reader.get(documents.document(body=body).get_absolute_url())
    numbers = [rule.number for piece in page.context["pieces"] for rule in piece.get("rules", ())]
    assert numbers == [1, 2, 3]


def test_what_somebody_wrote_into_a_rule_stays_text(reader):
    made = documents.document(body=[("rules", ["<script>alert(1)</script>"])])
    assert "<script>alert" not in reader.get(made.get_absolute_url()).content.decode()


def test_a_draft_is_nobodys_to_read(reader):
    made = documents.document(publish=False)
    assert reader.get(made.get_absolute_url()).status_code == 404


def test_a_document_that_holds_no_more_says_so_and_is_not_circulated(client):
    client.force_login(people.staff(Role.LEGAL))
    made = documents.document(effective_to=datetime.date(2026, 10, 5), repealed_by="《清理决定》")
    text = client.get(made.get_absolute_url()).content.decode()
    assert "《清理决定》" in text
    assert reverse("library:circulate", args=[made.slug]) not in text


def test_the_search_finds_a_document_while_it_is_published():
    made = documents.document("关于规范着装的通报")
    assert SearchEntry.objects.get(source="documents").title == "关于规范着装的通报"
    made.unpublish()
    assert not SearchEntry.objects.filter(source="documents").exists()


def test_a_file_is_a_download_and_nothing_else(reader, media):
    made = documents.document(file=kept("十严禁.pdf"))
    response = reader.get(reverse("library:document_file", args=[made.slug, "file"]))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert reader.get(reverse("library:document_file", args=[made.slug, "film"])).status_code == 404
    assert reader.get(reverse("library:document_file", args=[made.slug, "body"])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "data"),
    [
        ("", 200, b"0123456789"),
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-2", 206, b"89"),
        ("bytes=0-99999", 206, b"0123456789"),
        ("bytes=10-", 416, b""),
        ("bytes=5-2", 416, b""),
        ("bytes=-", 200, b"0123456789"),
        ("bytes=" + "9" * 30 + "-", 200, b"0123456789"),
    ],
)
def test_a_film_is_played_from_any_point(reader, media, asked, status, data):
    made = documents.document(film=kept("警示.mp4"))
    address = reverse("library:document_file", args=[made.slug, "film"])
    response = reader.get(address, headers={"range": asked} if asked else {})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert (response.status_code, body) == (status, data)
    assert response["Content-Type"] == "video/mp4"


def test_a_film_whose_file_is_gone_is_not_found(reader, media):
    film = kept("警示.mp4")
    made = documents.document(film=film)
    film.file.storage.delete(film.file.name)
    assert reader.get(reverse("library:document_file", args=[made.slug, "film"])).status_code == 404


@pytest.fixture
def legal(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


def test_an_editor_opens_documents_and_files_in_the_editor(legal, media):
    made, file = documents.document(), kept("附件.pdf")
    for address in (
        f"/cms/pages/{made.pk}/edit/",
        f"/cms/pages/add/library/librarydocument/{made.get_parent().pk}/",
        "/cms/documents/",
        f"/cms/files/{file.pk}/{file.filename}",
    ):
        assert legal.get(address).status_code == 200, address
    assert legal.get(f"/cms/files/{file.pk}/other.pdf").status_code == 404


def test_what_people_were_given_to_read_is_not_deleted_in_the_editor(legal, media):
    unit = people.unit()
    people.officer(unit)
    made = documents.circulation(unit).document
    assert legal.post(f"/cms/pages/{made.pk}/delete/").status_code == 302
    assert LibraryDocument.objects.filter(pk=made.pk).exists()


def test_a_file_that_a_document_shows_is_not_deleted_in_the_editor(client, media):
    user = people.staff(Role.LEGAL)
    client.force_login(user)
    file = Document.objects.create(
        title="附件", file=ContentFile(b"x", name="附件.pdf"), uploaded_by_user=user
    )
    documents.document(file=file)
    client.get("/cms/")
    assert client.post(f"/cms/documents/delete/{file.pk}/").status_code == 302
    assert Document.objects.filter(pk=file.pk).exists()


def upload(client, text, name="通知.txt"):
    response = client.post(reverse("library:import"), {"text": text, "name": name})
    return response.url


def test_a_text_that_is_no_law_is_kept_as_a_draft_of_a_document(legal, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    review = upload(legal, "# 部署说明\n\n" + "安装步骤见附件。\n" * 3, "README")
    page = legal.get(review)
    token = page.context["token"]
    assert page.context["files"][0]["kind"] == "skipped", page.context["files"]
    response = legal.post(reverse("library:keep_as_document", args=[token]), {"file": "0"})
    made = LibraryDocument.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert (made.title, made.live) == ("部署说明", False)
    assert "安装步骤" in str(made.body)


@pytest.mark.parametrize("place", ["", "x", "9", "²", "9" * 40])
def test_a_file_that_is_not_there_is_not_kept(legal, settings, tmp_path, place):
    settings.DATA_DIR = tmp_path
    token = legal.get(upload(legal, "随便一段话。")).context["token"]
    response = legal.post(reverse("library:keep_as_document", args=[token]), {"file": place})
    assert response.status_code == 404


def test_the_page_of_a_document_tells_who_is_to_read_it(client, at):
    unit = people.unit()
    officer = people.officer(unit)
    made = documents.circulation(unit)
    client.force_login(officer.user)
    with clock.pinned(at):
        page = client.get(made.document.get_absolute_url())
    assert page.context["mine"].circulation == made
