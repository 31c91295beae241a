"""Lists of banks and questions."""

import pytest
from django.urls import reverse

from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from question_bank.models import KnowledgePoint, QuestionBank
from tests.factories.people import officer, staff
from tests.factories.question_bank import BankFactory, PointFactory, published, question, stocked

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(client):
    client.force_login(staff(Role.TRAINER))
    return client


@pytest.fixture
def lawyer(client):
    client.force_login(staff(Role.LEGAL))
    return client


def test_the_list_of_banks(trainer):
    bank = stocked(BankFactory(name="基础题库"), single_choice=2)
    page = trainer.get(reverse("question_bank:home")).content.decode()
    assert "基础题库" in page
    assert reverse("question_bank:bank", args=[bank.slug]) in page


def test_an_empty_list_says_what_to_do(trainer):
    assert reverse("question_bank:bank_new") in trainer.get("/bank/").content.decode()


def test_a_bank_is_made(trainer):
    response = trainer.post(
        reverse("question_bank:bank_new"),
        {"name": "新题库", "slug": "新-1", "people_needed": 2, "default_pool": "exam"},
    )
    bank = QuestionBank.objects.get()
    assert response.url == bank.get_absolute_url()
    assert (bank.name, bank.people_needed, bank.default_pool) == ("新题库", 2, "exam")


@pytest.mark.parametrize("slug", ["a b", "", "a/b"])
def test_a_bad_short_name_is_explained(trainer, slug):
    response = trainer.post(reverse("question_bank:bank_new"), {"name": "新", "slug": slug})
    assert response.status_code == 200
    assert "slug" in response.context["form"].errors


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("?q=围挡", 1),
        ("?kind=true_false", 1),
        ("?state=draft", 1),
        ("?difficulty=5", 1),
        ("?kind=nonsense&point=x&difficulty=99&page=77", 3),
    ],
)
def test_filters(trainer, query, count):
    bank = BankFactory(slug="b")
    published(bank, stem="围挡高度")
    published(bank, "true_false")
    question(bank, difficulty=5)
    assert len(trainer.get("/bank/b/" + query).context["page_obj"].object_list) == count


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", ["/bank/", "/bank/b/", "/bank/b/print/"])
def test_statements_do_not_grow(trainer, rows, address, django_assert_max_num_queries):
    bank = BankFactory(slug="b")
    for number in range(rows):
        stocked(bank, point=f"点{number}", single_choice=1)
        BankFactory()
    with django_assert_max_num_queries(15):
        assert trainer.get(address).status_code == 200


def test_many_questions_come_in_pages(trainer):
    bank = BankFactory(slug="b")
    for number in range(31):
        question(bank, stem=f"题{number}")
    assert len(trainer.get("/bank/b/?page=2").context["page_obj"].object_list) == 1


def test_an_unknown_bank_is_not_found(trainer):
    assert trainer.get("/bank/nowhere/").status_code == 404


def test_the_legal_section_reads_and_does_not_write(lawyer):
    BankFactory(slug="b")
    assert lawyer.get("/bank/b/").status_code == 200
    assert reverse("question_bank:bank_new") not in lawyer.get("/bank/").content.decode()
    for name, args in [
        ("bank_new", []),
        ("question_new", ["b", "single_choice"]),
        ("import", ["b"]),
        ("template", []),
    ]:
        assert lawyer.get(reverse(f"question_bank:{name}", args=args)).status_code == 403


def test_the_legal_section_sets_the_review_rule(lawyer):
    BankFactory(slug="b", name="旧名")
    assert lawyer.get("/bank/b/rule/").status_code == 200
    lawyer.post("/bank/b/rule/", {"name": "新名", "people_needed": 3, "default_pool": "drill"})
    bank = QuestionBank.objects.get()
    assert (bank.name, bank.people_needed) == ("新名", 3)
    assert AuditRecord.objects.get(action="bank_changed").details["before"]["name"] == "旧名"


def test_a_bank_keeps_a_name(lawyer):
    BankFactory(slug="b", name="旧名")
    assert lawyer.post("/bank/b/rule/", {"name": " "}).status_code == 200
    assert QuestionBank.objects.get().name == "旧名"


def test_the_legal_section_says_which_points_need_a_citation(lawyer):
    one, other = PointFactory(name="程序", cites_none=True), PointFactory(name="证据")
    assert lawyer.get("/bank/+points/").status_code == 200
    lawyer.post("/bank/+points/", {"points": [other.pk]})
    assert list(KnowledgePoint.objects.filter(cites_none=True)) == [other]
    assert set(AuditRecord.objects.values_list("subject_name", flat=True)) == {one.name, other.name}


@pytest.mark.parametrize("address", ["/bank/b/rule/", "/bank/+points/"])
def test_a_trainer_does_not_set_the_rules_that_bind_them(trainer, address):
    BankFactory(slug="b")
    assert trainer.get(address).status_code == 403


@pytest.mark.parametrize(
    "address", ["/bank/", "/bank/b/", "/bank/b/print/", "/bank/+new/", "/bank/b/import/"]
)
def test_learners_never_come_near(client, address):
    BankFactory(slug="b")
    client.force_login(officer().user)
    assert client.get(address).status_code == 403


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/bank/").status_code == 302


@pytest.mark.parametrize("address", ["/bank/", "/bank/b/", "/bank/b/print/"])
def test_lists_are_only_read(trainer, address):
    BankFactory(slug="b")
    assert trainer.post(address).status_code == 405


def test_the_printed_questions_have_their_keys_at_the_end(trainer):
    published(BankFactory(slug="b"), stem="印出来的题")
    page = trainer.get("/bank/b/print/").content.decode()
    assert page.index("印出来的题") < page.index("<li>B</li>")
