"""Upload, report, confirm."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lianbing.people.rules import Role
from question_bank.formats import excel
from question_bank.models import Question
from question_bank.services import holding
from tests.factories.people import staff
from tests.factories.question_bank import BankFactory

pytestmark = pytest.mark.django_db
CSV = "题型,题干,选项A,选项B,答案\n单选题,题一,甲,乙,A\n案例分析题,题二,,,\n".encode()


@pytest.fixture
def trainer(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    BankFactory(slug="b")
    client.force_login(staff(Role.TRAINER))
    return client


def upload(client, data=CSV, name="题库.csv", **fields):
    sent = {"file": SimpleUploadedFile(name, data), "format": "auto", **fields}
    return client.post("/bank/b/import/", sent)


def test_the_report_comes_first_and_saves_nothing(trainer):
    response = upload(trainer)
    report = trainer.get(response.url)
    assert (report.context["report"].created, len(report.context["report"].refused)) == (1, 1)
    assert "第 3 行 · 题型" in report.content.decode()
    assert not Question.objects.exists()


def test_confirming_saves(trainer):
    address = upload(trainer, publish="on").url
    done = trainer.post(address)
    assert done.context["done"]
    assert Question.objects.get().state == "published"
    assert trainer.get(address).status_code == 404


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.xlsx"),
        (b"text", "text.xlsx"),
        (b"PK\x03\x04", "broken.xlsx"),
        (b"{}", "a.json"),
        (b"a,b\n1,2", "a.csv"),
    ],
)
def test_an_unusable_file_is_explained_at_the_field(trainer, data, name):
    response = upload(trainer, data, name)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not list((holding._folder()).iterdir())


def test_somebody_elses_upload_is_not_found(trainer, client):
    address = upload(trainer).url
    client.force_login(staff(Role.TRAINER))
    assert client.get(address).status_code == 404


def test_a_swept_file_is_asked_for_again(trainer):
    address = upload(trainer).url
    for file in holding._folder().iterdir():
        file.unlink()
    assert trainer.post(address).url == "/bank/b/import/"


def test_the_template_download(trainer):
    response = trainer.get(reverse("question_bank:template"))
    assert response.content[:2] == excel.template()[:2] == b"PK"
    assert "attachment" in response["Content-Disposition"]


def test_old_uploads_are_swept(trainer, at):
    token = holding.hold([b"x"], at=at)
    much_later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30)
    other = holding.hold([b"y"], at=much_later)
    assert holding.held(token) is None
    assert holding.held(other).read_bytes() == b"y"
