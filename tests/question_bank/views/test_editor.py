"""Writing a question of any kind in the browser, with a preview."""

import pytest
from django.urls import reverse

from lianbing.people.rules import Role
from question_bank.models import Question
from tests.factories.people import staff
from tests.factories.question_bank import BankFactory
from tests.question_bank.forms.test_bodies import SENT

pytestmark = pytest.mark.django_db
REST = {"difficulty": "3", "point": "执法程序", "citations": "《云汐市测试条例》第一条"}


@pytest.fixture
def trainer(client):
    BankFactory(slug="b")
    client.force_login(staff(Role.TRAINER))
    return client


@pytest.mark.parametrize("kind", sorted(SENT))
def test_every_kind_is_written_and_edited(trainer, kind):
    address = reverse("question_bank:question_new", args=["b", kind])
    assert trainer.get(address).status_code == 200
    trainer.post(address, SENT[kind] | REST)
    made = Question.objects.get()
    assert made.latest.kind == kind
    assert trainer.get(made.get_absolute_url()).status_code == 200
    page = trainer.get(reverse("question_bank:question_edit", args=[made.uid]))
    assert SENT[kind]["stem"].split("_")[0] in page.content.decode()


@pytest.mark.parametrize("kind", sorted(SENT))
def test_the_preview_shows_what_a_candidate_sees_and_saves_nothing(trainer, kind):
    address = reverse("question_bank:preview", args=["b", kind])
    page = trainer.post(address, SENT[kind]).content.decode()
    assert SENT[kind]["stem"][:2] in page
    assert "见条文" not in page
    assert "要点" not in page
    assert not Question.objects.exists()


@pytest.mark.parametrize("kind", sorted(SENT))
def test_an_empty_form_has_a_preview_without_a_question(trainer, kind):
    assert trainer.post(reverse("question_bank:preview", args=["b", kind]), {}).status_code == 200


def test_a_button_of_a_case_shows_the_form_again_with_what_was_written(trainer):
    address = reverse("question_bank:question_new", args=["b", "case_analysis"])
    page = trainer.post(address, {"stem": "写了一半的案情", "parts": "0", "act": "add:single_choice"})
    assert "写了一半的案情" in page.content.decode()
    assert [part["kind"] for part in page.context["form"].rows()["parts"]] == ["single_choice"]
    assert not Question.objects.exists()


@pytest.mark.parametrize("kind", ["matching", "x"])
def test_there_is_no_preview_of_a_kind_nobody_knows(trainer, kind):
    assert trainer.post(f"/bank/b/preview/{kind}/", {}).status_code == 404


def test_the_legal_section_does_not_write(client):
    BankFactory(slug="b")
    client.force_login(staff(Role.LEGAL))
    assert client.post("/bank/b/preview/single_choice/", {}).status_code == 403


def test_a_picture_that_is_not_there_is_said_at_the_form(trainer):
    new = reverse("question_bank:question_new", args=["b", "true_false"])
    sent = SENT["true_false"] | REST
    trainer.post(new, sent)
    sent["stem"] += f"\n![图](picture:{'a' * 32})"
    for address in (new, reverse("question_bank:question_edit", args=[Question.objects.get().uid])):
        page = trainer.post(address, sent | {"seen": "1"})
        assert page.status_code == 200
        assert "图片" in page.content.decode()
    assert Question.objects.count() == 1


def test_a_button_that_names_no_place_changes_nothing(trainer):
    address = reverse("question_bank:question_new", args=["b", "case_analysis"])
    page = trainer.post(address, {"stem": "案情", "parts": "0", "act": "drop:²"})
    assert page.context["form"].rows()["parts"] == []
