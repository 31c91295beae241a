"""Importing from the browser: upload, preview, confirm in steps."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianbing.library.models import LawEdition
from lianbing.people.rules import Role
from tests.factories import people
from tests.factories.library import law_source

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
    legal.post(address)
    assert "data-continue" in legal.get(address).content.decode()
    legal.post(address)
    assert "data-continue" not in legal.get(address).content.decode()
    assert LawEdition.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.md", b"# x"),
        ("x.zip", b"PK\x03\x04"),
        ("x.exe", b"MZ"),
        ("state.json", b"{}"),
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
