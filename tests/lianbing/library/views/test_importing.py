"""Importing from the browser: upload, preview, confirm in steps."""

import io
import uuid
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianbing.library.models import LawEdition
from lianbing.people.rules import Role
from tests.factories import people
from tests.factories.library import edition, law_source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def legal(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


def upload(client, data, name="law.md"):
    return client.post("/library/import/", {"file": SimpleUploadedFile(name, data)})


def test_one_law_is_shown_before_it_is_saved(legal):
    response = upload(legal, law_source(history=()).encode())
    text = legal.get(response.url).content.decode()
    assert "第一章 总则" in text
    assert "alert-warn" in text
    assert not LawEdition.objects.exists()
    legal.post(response.url)
    assert LawEdition.objects.get().article_count == 3
    assert legal.get(response.url).status_code == 200
    assert legal.post(response.url).status_code == 302


def test_an_archive_goes_in_step_by_step(legal, monkeypatch):
    monkeypatch.setattr("lianbing.library.services.uploads.STEP", 2)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.md", law_source(f"条例{number}"))
    address = upload(legal, packed.getvalue(), "laws.zip").url
    seen = []
    for _step in range(5):
        text = legal.get(address).content.decode()
        seen.append(("data-continue" in text, LawEdition.objects.count()))
        legal.post(address)
    # looked through in two steps, ready, imported in two steps, done
    assert seen == [(True, 0), (False, 0), (True, 2), (False, 3), (False, 3)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.md", b"# x"),
        ("x.zip", b"PK\x03\x04"),
        ("x.exe", b"MZ"),
        ("state.json", b"{}"),
        ("planned.jsonl", b"{}"),
        ("journal.jsonl", b"{}"),
        (f"{'长' * 200}.{'尾' * 200}", b"x"),
        ("..%2f.", b"x"),
        ("x.md", b"\xff\x00"),
    ],
)
def test_what_is_useless_says_so_and_saves_nothing(legal, name, data):
    response = upload(legal, data, name)
    if response.status_code == 302:
        assert "alert-bad" in legal.get(response.url).content.decode()
        legal.post(response.url)
    assert not LawEdition.objects.exists()


def test_an_upload_over_the_limit_is_refused(legal, monkeypatch):
    monkeypatch.setattr("lianbing.library.formats.held.MAX_PACKED", 10)
    assert "field-error" in upload(legal, law_source().encode()).content.decode()


def test_an_upload_belongs_to_who_sent_it(legal):
    address = upload(legal, law_source().encode()).url
    legal.force_login(people.staff(Role.LEGAL))
    assert legal.get(address).status_code == 404
    assert legal.post(address).status_code == 404
    assert legal.get(f"/library/import/{uuid.uuid4()}/").status_code == 404


def test_only_the_legal_section_imports(client):
    client.force_login(people.staff(Role.TRAINER))
    assert client.get("/library/import/").status_code == 403
    assert upload(client, law_source().encode()).status_code == 403
    assert client.put("/library/import/").status_code == 403


def test_other_methods_are_refused(legal):
    assert legal.put("/library/import/").status_code == 405


def packed(*laws):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number, source in enumerate(laws):
            archive.writestr(f"{number}.md", source)
    return target.getvalue()


def test_a_pasted_text_is_a_third_way(legal):
    text = "云汐市公园办法\r\n（2020年1月2日通过）\r\n第一条　甲。\r\n第二条　乙。"
    address = legal.post("/library/import/", {"text": text, "name": ""}).url
    assert "云汐市公园办法" in legal.get(address).content.decode()
    legal.post(address)
    assert LawEdition.objects.get().article_count == 2


@pytest.mark.parametrize("text", ["", " ", "x" * 600_001])
def test_an_empty_or_endless_paste_is_refused(legal, text):
    assert "field-error" in legal.post("/library/import/", {"text": text}).content.decode()


def test_every_doubt_stands_with_its_line(legal):
    source = law_source(body=["第一条 甲。", "第三条 有\ue000字。"])
    page = legal.get(upload(legal, source.encode()).url).content.decode()
    assert '<span class="num">9</span><q>第三条' in page
    assert page.count("import-lines") == 2


def test_what_is_new_and_what_is_a_further_edition_is_said(legal):
    edition(title="甲条例")
    later = law_source("甲条例", history=("2024年1月2日 修订",), articles=2)
    address = upload(legal, packed(law_source("甲条例"), later, law_source("乙条例"), "# x"), "a.zip").url
    rows = [row["kind"] for row in legal.get(address).context["files"]]
    assert rows == ["unchanged", "new_edition", "new_law", "skipped"]


def test_a_file_can_be_left_out_and_taken_in_again(legal):
    address = upload(legal, packed(law_source("甲"), law_source("乙", history=())), "a.zip").url
    legal.post(address, {"choice": "leave", "file": "0"})
    legal.post(address, {"choice": "leave_doubtful"})
    assert "alert-bad" in legal.get(address).content.decode()
    legal.post(address, {"choice": "take", "file": "0"})
    for bad in ("-1", "99999", "x", ""):
        assert legal.post(address, {"choice": "leave", "file": bad}).status_code == 302
    legal.post(address)
    assert [one.law.title for one in LawEdition.objects.all()] == ["甲"]
    assert legal.get(f"{address}?show=skipped").context["files"][0]["reason"]


def test_the_report_can_be_downloaded_before_and_after(legal):
    address = upload(legal, packed(law_source("甲"), "# x"), "a.zip").url
    for _when in ("before", "after"):
        book = openpyxl.load_workbook(io.BytesIO(legal.get(f"{address}report/").content))
        rows = [[cell.value for cell in row[:3]] for row in book.active.iter_rows(min_row=2)]
        assert [row[2] or row[0] for row in rows] == ["甲", "1.md"]
        legal.post(address)


def test_the_preview_is_paged_and_filtered(legal, monkeypatch):
    monkeypatch.setattr("lianbing.library.views.importing.PAGE", 2)
    laws = [
        law_source(f"条例{number}", history=() if number % 2 else ("2020年1月2日 通过",))
        for number in range(5)
    ]
    address = upload(legal, packed(*laws), "a.zip").url
    assert len(legal.get(address).context["files"]) == 2
    assert [row["file"] for row in legal.get(f"{address}?page=3").context["files"]] == ["4.md"]
    assert [row["file"] for row in legal.get(f"{address}?show=doubtful").context["files"]] == ["1.md", "3.md"]
    assert legal.get(f"{address}?show=rubbish&page=rubbish").status_code == 200


@pytest.mark.parametrize("laws", [1, 3])
def test_the_preview_costs_the_same_however_many(legal, laws, django_assert_max_num_queries):
    address = upload(legal, packed(*(law_source(f"条例{n}") for n in range(laws))), "a.zip").url
    with django_assert_max_num_queries(15):
        legal.get(address)
