"""The front pages of trainers and of the legal section."""

import pytest

from lianbing.people.rules import Role
from question_bank import panels, services
from question_bank.queries import citations_in
from tests.factories.people import actor, staff
from tests.factories.question_bank import BankFactory, published, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return actor(staff(Role.TRAINER))


@pytest.fixture
def waiting(trainer, at):
    made = question(BankFactory(people_needed=2), by=trainer, stem="等待审核的题")
    services.submit_for_review(question=made, by=trainer, at=at)
    return made


def test_the_legal_section_sees_what_waits(waiting, at):
    panel = panels.questions_to_review(actor(staff(Role.LEGAL)), at)
    assert (panel.context["count"], panel.urgent) == (1, True)


def test_nobody_is_asked_to_approve_their_own(waiting, trainer, at):
    assert panels.questions_to_review(trainer, at) is None


def test_a_trainer_sees_their_own_drafts_only(trainer, at):
    question(by=trainer)
    question(by=actor(staff(Role.TRAINER)))
    assert panels.my_drafts(trainer, at).context["count"] == 1


def test_without_anything_there_is_no_panel(trainer, at):
    assert panels.questions_to_review(trainer, at) is None
    assert panels.my_drafts(trainer, at) is None


def test_both_stand_on_the_front_page(client, waiting):
    client.force_login(staff(Role.LEGAL))
    assert "等待审核的题" in client.get("/").content.decode()


def test_the_library_asks_who_cites_an_edition():
    published(citations=("《没有的条例》第三条",))
    assert citations_in(1) == 0
