"""Near-duplicates side by side, error reports, and the comparison of versions."""

import pytest
from django.urls import reverse

from lianbing.people.rules import SYSTEM, Role
from question_bank import services
from question_bank.models import ErrorReport, Twin
from tests.factories.people import actor, staff
from tests.factories.question_bank import draft, published, question

pytestmark = pytest.mark.django_db
STEM = "城市管理执法人员在调查取证时应当主动出示执法证件并且不得少于（　）。"
WORDS = ("先行登记保存的证据应当及时处理", "罚款缴纳期限届满后加处罚款", "听证由非本案调查人员主持")


@pytest.fixture
def trainer(client):
    client.force_login(staff(Role.TRAINER))
    return client


def twins(number):
    for text in WORDS[:number]:
        question(stem=f"{STEM}{text * 3}")
        question(stem=f"{STEM}{text * 3}吗")


@pytest.mark.parametrize("number", [1, 3])
def test_the_pairs_take_a_fixed_number_of_statements(trainer, number, django_assert_max_num_queries):
    twins(number)
    with django_assert_max_num_queries(15):
        page = trainer.get(reverse("question_bank:twins"))
    assert len(page.context["page_obj"]) >= number


def test_both_may_stay(trainer):
    twins(1)
    trainer.post(reverse("question_bank:twin_settle", args=[Twin.objects.get().pk]))
    assert Twin.objects.get().settled_at
    assert "Both may stay" not in trainer.get(reverse("question_bank:twins")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_reports_take_a_fixed_number_of_statements(trainer, at, number, django_assert_max_num_queries):
    for n in range(number):
        reporter = actor(staff(Role.MARKER))
        services.report_error(
            version_id=published(stem=f"第{n}题").latest_id, text="答案不对", by=reporter, at=at
        )
    with django_assert_max_num_queries(15):
        page = trainer.get(reverse("question_bank:reports"))
    assert len(page.context["page_obj"]) == number


def test_a_report_is_answered_on_its_page(trainer, at):
    reporter = actor(staff(Role.MARKER))
    made = services.report_error(version_id=published().latest_id, text="答案不对", by=reporter, at=at)
    address = reverse("question_bank:report_answer", args=[made.pk])
    trainer.post(address, {"outcome": "nonsense", "answer": "已核对"})
    assert not ErrorReport.objects.get().answered_at
    trainer.post(address, {"outcome": "right", "answer": "已核对，答案无误"})
    assert ErrorReport.objects.get().answer == "已核对，答案无误"


@pytest.mark.parametrize("name", ["twins", "reports"])
def test_learners_see_neither(client, name):
    client.force_login(staff(Role.MARKER))
    assert client.get(reverse(f"question_bank:{name}")).status_code == 403


def test_a_new_version_shows_what_it_changes(trainer, at):
    made = published()
    services.revise(question=made, draft=draft(stem="执法时不得少于几人？", right=(2,)), by=SYSTEM, at=at)
    fields = [
        change.field for _name, change in trainer.get(made.get_absolute_url()).context["changes"]["fields"]
    ]
    assert fields == ["question"]
    assert b"<ins>" in trainer.get(made.get_absolute_url()).content


def test_the_pool_is_changed_on_the_page(trainer):
    made = published()
    address = reverse("question_bank:pool", args=[made.uid])
    trainer.post(address, {"pool": "exam"})
    trainer.post(address, {"pool": "nowhere"})
    made.refresh_from_db()
    assert made.pool == "exam"
