"""The trainer's desk: filters, bulk edits with a confirmation and an undo, the map of what is covered."""

import uuid

import pytest
from django.urls import reverse

from lianbing.people.rules import Role
from question_bank import services
from question_bank.models import BulkEdit, Question
from tests.factories.people import actor, officer, staff
from tests.factories.question_bank import BankFactory, PointFactory, published, question, stocked

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(client):
    client.force_login(staff(Role.TRAINER))
    return client


@pytest.fixture
def bank():
    return stocked(BankFactory(slug="b", name="题库"), single_choice=3)


def send(client, **told):
    return client.post("/bank/b/bulk/?state=published", told)


def sure(client, **told):
    """Look at the plan, then agree to it."""
    token = send(client, **told).context["plan"].token
    return send(client, **told, sure=token)


def test_chips_name_the_active_filters_and_lead_to_the_list_without_them(trainer, bank):
    point = PointFactory().pk
    page = trainer.get(f"/bank/b/?kind=single_choice&point={point}&sort=used&page=1")
    assert [(chip.value, chip.without) for chip in page.context["chips"]] == [
        ("执法程序", "kind=single_choice&sort=used"),
        ("单选题", f"point={point}&sort=used"),
    ]


@pytest.mark.parametrize("flag", ["reported", "twin", "law_changed", "no_citation", "unresolved", "nonsense"])
@pytest.mark.parametrize("rows", [1, 3])
def test_every_list_keeps_its_statements(trainer, flag, rows, django_assert_max_num_queries):
    bank = BankFactory(slug="b")
    for number in range(rows):
        published(bank, stem=f"第{number}个完全不同的题目{'甲乙丙'[number] * 9}", point=f"点{number}")
    with django_assert_max_num_queries(15):
        assert trainer.get(f"/bank/b/?flag={flag}&sort=hardest").status_code == 200


def test_the_offer_to_undo_fits_into_the_statements(trainer, bank, django_assert_max_num_queries):
    point = PointFactory(name="新的知识点").pk
    sure(trainer, act="point", value=point, all="on")
    with django_assert_max_num_queries(15):
        page = trainer.get(f"/bank/b/?point={point}&flag=twin")
    assert page.context["last_edit"].told == {"value": point}


@pytest.mark.parametrize(
    "query",
    ["point=99999999999999999999", "difficulty=-1", "used_in=x", "seen=%00", "law='", "page=0", "sort=%F0"],
)
def test_an_unreadable_filter_narrows_nothing(trainer, bank, query):
    assert trainer.get(f"/bank/b/?{query}").context["page_obj"].paginator.count == 3


def test_the_plan_is_shown_before_anything_is_done(trainer, bank):
    page = send(trainer, act="pool:exam", all="on")
    assert page.context["plan"].doing == 3
    assert not Question.objects.filter(pool="exam").exists()


def test_ticked_questions_move_and_come_back(trainer, bank):
    uids = [str(one.uid) for one in Question.objects.all()[:2]]
    done = sure(trainer, act="pool:exam", question=uids)
    assert done.url == "/bank/b/?state=published"
    assert Question.objects.filter(pool="exam").count() == 2
    edit = trainer.get("/bank/b/").context["last_edit"]
    assert trainer.post(reverse("question_bank:bulk_undo", args=[edit.uid])).url == "/bank/b/"
    assert not Question.objects.filter(pool="exam").exists()
    assert trainer.get("/bank/b/").context["last_edit"] is None


def test_all_that_fit_the_filter_are_meant(trainer, bank):
    question(bank, stem="草稿")
    sure(trainer, act="difficulty:5", all="on")
    assert BulkEdit.objects.get().count == 3


@pytest.mark.parametrize(
    ("act", "value"),
    [("point", "执法程序"), ("citation", "《条例》第二条"), ("retire", "不再适用"), ("submit", "")],
)
def test_every_act_is_shown_and_done(trainer, bank, act, value):
    question(bank, stem="草稿")
    value = PointFactory(name="另一点").pk if act == "point" else value
    told = {"act": act, "all": "on", "value": value}
    token = trainer.post("/bank/b/bulk/", told).context["plan"].token
    assert trainer.post("/bank/b/bulk/", {**told, "sure": token}).status_code == 302
    assert BulkEdit.objects.get().action == act
    assert trainer.get("/bank/+bulk/").status_code == 200
    assert (
        trainer.get(reverse("question_bank:bulk_edit", args=[BulkEdit.objects.get().uid])).status_code == 200
    )


@pytest.mark.parametrize("told", [{}, {"value": "9" * 30}, {"value": "长" * 600}])
def test_a_value_that_is_missing_or_wrong_is_asked_for(trainer, bank, told):
    response = send(trainer, act="point", all="on", **told)
    assert not BulkEdit.objects.exists()
    assert response.status_code == 302 or response.context["plan"] is None


@pytest.mark.parametrize(
    "told",
    [{}, {"act": "pool:exam"}, {"act": "x", "all": "on"}, {"act": "pool:exam", "question": ["x", "0"]}],
)
def test_nothing_chosen_is_explained(trainer, bank, told):
    assert send(trainer, **told).status_code == 302
    assert not BulkEdit.objects.exists()


def test_a_stale_agreement_is_shown_again(trainer, bank):
    page = send(trainer, act="pool:exam", all="on", sure="f" * 64)
    assert page.context["plan"].doing == 3
    assert not BulkEdit.objects.exists()


def test_the_legal_section_pools_and_retires_and_writes_nothing(client, bank):
    client.force_login(staff(Role.LEGAL))
    assert send(client, act="difficulty:5", all="on").status_code == 302
    assert send(client, act="pool:exam", all="on").context["plan"].doing == 3


def test_what_an_undo_left_is_named(trainer, bank, at):
    sure(trainer, act="pool:exam", all="on")
    touched = Question.objects.first()
    services.put_in_pool(question=touched, pool="contest", by=actor(staff(Role.TRAINER)), at=at)
    edit = BulkEdit.objects.get()
    page = trainer.post(reverse("question_bank:bulk_undo", args=[edit.uid]), follow=True)
    assert [question for question, _why in page.context["kept"]] == [touched]


def test_nobody_sees_or_undoes_the_edits_of_others(trainer, bank, client):
    sure(trainer, act="pool:exam", all="on")
    client.force_login(staff(Role.TRAINER))
    uid = BulkEdit.objects.get().uid
    assert client.post(reverse("question_bank:bulk_undo", args=[uid])).status_code == 404
    assert client.get(reverse("question_bank:bulk_edit", args=[uid])).status_code == 404


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/bank/b/bulk/"),
        ("post", "/bank/b/coverage/"),
        ("post", "/bank/+bulk/"),
        ("get", f"/bank/+bulk/{uuid.UUID(int=1)}/undo/"),
    ],
)
def test_wrong_methods(trainer, bank, method, address):
    assert getattr(trainer, method)(address).status_code == 405


@pytest.mark.parametrize("address", ["/bank/b/bulk/", "/bank/b/coverage/", "/bank/+bulk/", "/bank/+points/"])
def test_learners_never_come_near(client, bank, address):
    client.force_login(officer().user)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_map_takes_the_same_statements_whatever_it_shows(trainer, rows, django_assert_max_num_queries):
    bank = BankFactory(slug="b")
    for number in range(rows):
        stocked(bank, point=f"章/点{number}", single_choice=1)
    with django_assert_max_num_queries(10):
        shown = trainer.get("/bank/b/coverage/?pool=drill").context["map"]
    assert (len(shown.lines), shown.total, shown.gaps) == (rows, rows, 4 * rows)


def test_a_field_of_the_map_leads_to_its_questions(trainer, bank):
    page = trainer.get("/bank/b/coverage/").content.decode()
    point = PointFactory().pk
    address = f"/bank/b/?point={point}&amp;kind=single_choice&amp;difficulty=3"
    assert address in page
    assert trainer.get(address.replace("&amp;", "&")).context["page_obj"].paginator.count == 3


@pytest.mark.parametrize(
    "address", ["/bank/b/coverage/", "/bank/b/coverage/?pool=exam", "/bank/b/coverage/?pool=x"]
)
def test_an_empty_map(trainer, address):
    BankFactory(slug="b")
    assert trainer.get(address).status_code == 200


def test_a_draft_is_discarded_from_its_page(trainer, bank):
    made = Question.objects.first()
    sure(trainer, act="difficulty:5", question=[str(made.uid)])
    assert (
        reverse("question_bank:discard", args=[made.uid])
        in trainer.get(made.get_absolute_url()).content.decode()
    )
    assert trainer.post(reverse("question_bank:discard", args=[made.uid]), {"seen": "1"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.versions.count()) == ("published", 1)


def test_the_tree_is_shaped_by_the_legal_section(client, bank):
    client.force_login(staff(Role.LEGAL))
    root, other = PointFactory(), PointFactory(name="空")
    assert client.get("/bank/+points/").status_code == 200
    address = reverse("question_bank:point", args=[root.pk])
    for told in (
        {"act": "move", "path": "空"},
        {"act": "merge", "into": "x"},
        {"act": "delete"},
        {"act": "?"},
        {},
    ):
        assert client.post(address, told).status_code == 200
    assert client.post(address, {"act": "move", "path": "程序/执法"}).status_code == 302
    assert client.post(address, {"act": "merge", "into": other.pk}).status_code == 302
    assert client.get(address).status_code == 404
