"""Cards from Excel in the browser: checked, shown, confirmed; nothing half-saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lianbing.kit.spreadsheets import read_workbook
from lianbing.library.models import Card
from lianbing.people.rules import Role
from tests.factories import cards as made
from tests.factories import people

pytestmark = pytest.mark.django_db
CHECK, CONFIRM = reverse("library:card_import"), reverse("library:card_import_confirm")


@pytest.fixture
def trainer(client):
    client.force_login(people.staff(Role.TRAINER))
    return client


def check(client, *rows, content=None, **told):
    data = made.workbook(*rows) if content is None else content
    return client.post(CHECK, {"file": SimpleUploadedFile("事项.xlsx", data), **told})


def test_a_file_is_checked_then_imported(trainer):
    page = check(trainer, {}, {"code": "SR-02"})
    assert (page.context["report"].created, Card.objects.count()) == (2, 0)
    assert trainer.post(CONFIRM).url == reverse("library:card_desk")
    assert list(Card.objects.values_list("code", "state")) == [("SR-01", "in_review"), ("SR-02", "in_review")]


def test_the_same_person_imports_a_better_file(trainer):
    for name in ("甲", "乙"):
        check(trainer, {"name": name})
        trainer.post(CONFIRM)
    assert (made.card().latest.name, made.card().latest.number) == ("乙", 1)


def test_errors_are_shown_and_nothing_can_be_confirmed(trainer):
    page = check(trainer, {"grades": "一般 | 甲 | 50-501元"})
    assert "裁量等级" in page.content.decode()
    assert not page.context["usable"]
    trainer.post(CONFIRM)
    assert not Card.objects.exists()


@pytest.mark.parametrize("content", [b"x", b"PK\x03\x04", b""])
def test_a_broken_file_is_refused_in_words(trainer, content):
    assert check(trainer, content=content).context["form"].errors["file"]


def test_what_was_not_checked_is_not_imported(trainer):
    assert trainer.post(CONFIRM).url == CHECK


def test_the_template_comes_as_a_workbook(trainer):
    answer = trainer.get(reverse("library:card_template"))
    assert [sheet.name for sheet in read_workbook(answer.content, "t.xlsx")][:3] == [
        "执法事项",
        "裁量等级",
        "办理步骤",
    ]


def test_officers_import_nothing(client):
    client.force_login(people.officer().user)
    assert client.get(CHECK).status_code == 403
