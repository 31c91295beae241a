"""The page of a question, its form, and its moves."""

import pytest
from django.urls import reverse

from lianbing.people.rules import Role
from question_bank import services
from question_bank.models import Question
from tests.factories.library import edition
from tests.factories.people import actor, officer, staff
from tests.factories.question_bank import BankFactory, draft, published, question

pytestmark = pytest.mark.django_db
SENT = {
    "stem": "新题干",
    "option": ["甲", "乙", "", "丁"],
    "right": ["3"],
    "explanation": "因为",
    "point": "证据",
    "difficulty": "4",
    "citations": "《某条例》第三条",
}


@pytest.fixture
def user():
    return staff(Role.TRAINER)


@pytest.fixture
def trainer(client, user):
    client.force_login(user)
    return client


def move(client, made, name, **data):
    return client.post(reverse("question_bank:move", args=[made.uid, name]), data, follow=True)


def told(response):
    return " ".join(str(message) for message in response.context["messages"])


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "true_false"])
def test_the_page_shows_it_as_asked_and_as_answered(trainer, kind):
    made = published(kind=kind, citations=("《某条例》第三条",))
    page = trainer.get(made.get_absolute_url()).content.decode()
    assert made.latest.content["stem"] in page
    assert "《某条例》第三条" in page


def test_citations_in_the_explanation_are_links(trainer):
    law = edition().law
    made = published(explanation="见测试市市容条例第二条。<b>")
    page = trainer.get(made.get_absolute_url()).content.decode()
    assert f'href="{law.editions.get().get_absolute_url()}#art-2"' in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("versions", [1, 3])
def test_statements_of_the_page(trainer, versions, django_assert_max_num_queries):
    made = published(citations=("《某条例》第三条",))
    for number in range(versions - 1):
        by, at = actor(staff(Role.TRAINER)), made.created_at
        services.revise(question=made, draft=draft(stem=f"第{number}次"), by=by, at=at)
        services.publish(question=made, by=by, at=at)
    with django_assert_max_num_queries(16):  # one of them for the cases that ask it
        trainer.get(made.get_absolute_url())


def test_an_earlier_version_stays_readable(trainer, user, at):
    made = published(stem="旧题干")
    services.revise(question=made, draft=draft(stem="新题干"), by=actor(user), at=at)
    assert "旧题干" in trainer.get(made.get_absolute_url() + "?version=1").content.decode()
    assert "新题干" in trainer.get(made.get_absolute_url() + "?version=x").content.decode()


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "true_false"])
def test_a_question_is_written(trainer, kind):
    bank = BankFactory(slug="b")
    address = reverse("question_bank:question_new", args=["b", kind])
    assert trainer.get(address).status_code == 200
    right = {"single_choice": ["3"], "multiple_choice": ["0", "3"], "true_false": ["1"]}[kind]
    response = trainer.post(address, SENT | {"right": right})
    made = Question.objects.get(bank=bank)
    assert response.url == made.get_absolute_url()
    texts = [option["text"] for option in made.latest.content["options"]]
    assert texts == (["正确", "错误"] if kind == "true_false" else ["甲", "乙", "丁"])
    assert (
        services.building.draft_of(made.latest).right
        == {
            "single_choice": (2,),
            "multiple_choice": (0, 2),
            "true_false": (1,),
        }[kind]
    )
    assert (made.latest.knowledge_point.name, made.latest.difficulty) == ("证据", 4)


@pytest.mark.parametrize(
    "change",
    [
        {"stem": ""},
        {"stem": "长" * 4001},
        {"option": ["甲"]},
        {"option": ["甲", "甲"]},
        {"right": ["0", "1"]},
        {"right": ["2"]},
        {"difficulty": "9"},
        {"option": [str(n) for n in range(40)], "right": ["39"]},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(trainer, change):
    BankFactory(slug="b")
    response = trainer.post("/bank/b/new/single_choice/", SENT | change)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Question.objects.exists()


def test_hostile_fields_do_no_harm(trainer):
    BankFactory(slug="b")
    sent = SENT | {"right": ["x", "-1", "²", "99999999999"], "stem": "<script>alert(1)</script>"}
    trainer.post("/bank/b/new/single_choice/", sent)
    made = Question.objects.get()
    assert made.latest.key == {"options": []}
    assert "<script>alert" not in trainer.get(made.get_absolute_url()).content.decode()


def test_editing_what_is_published_starts_a_version(trainer):
    made = published()
    address = reverse("question_bank:question_edit", args=[made.uid])
    assert trainer.get(address).status_code == 200
    trainer.post(address, SENT | {"seen": made.latest.edits})
    made.refresh_from_db()
    assert (made.latest.number, made.published_version.number, made.state) == (2, 1, "draft")


def test_a_stale_form_is_told_so(trainer, user, at):
    made = question()
    services.revise(question=made, draft=draft(stem="先到"), by=actor(user), at=at)
    response = trainer.post(reverse("question_bank:question_edit", args=[made.uid]), SENT | {"seen": "1"})
    assert response.context["form"].non_field_errors()
    made.refresh_from_db()
    assert made.latest.content["stem"] == "先到"


def test_publish_from_the_page(trainer):
    made = question()
    move(trainer, made, "publish", seen=1)
    made.refresh_from_db()
    assert made.state == "published"


def test_review_by_a_second_person(trainer, user, client):
    made = question(BankFactory(people_needed=2), by=actor(user))
    move(trainer, made, "submit", seen=1)
    assert told(move(trainer, made, "publish", seen=1))
    made.refresh_from_db()
    assert made.state == "in_review"
    client.force_login(staff(Role.LEGAL))
    move(client, made, "publish", seen=1)
    made.refresh_from_db()
    assert made.state == "published"


@pytest.mark.parametrize("name", ["send_back", "retire"])
def test_sending_back_and_retiring_need_a_reason(trainer, user, name, at):
    made = question()
    services.submit_for_review(question=made, by=actor(user), at=at)
    move(trainer, made, name, reason=" ")
    made.refresh_from_db()
    assert made.state == "in_review"
    move(trainer, made, name, reason="有歧义")
    made.refresh_from_db()
    assert made.state in {"draft", "retired"}


@pytest.mark.parametrize(
    ("name", "data"),
    [("publish", {"seen": 7}), ("send_back", {"reason": "因"}), ("retire", {"reason": "长" * 300})],
)
def test_a_move_that_cannot_be_made_is_explained(trainer, name, data):
    made = question()
    assert told(move(trainer, made, name, **data))
    made.refresh_from_db()
    assert made.state == "draft"


def test_the_legal_section_does_not_submit_or_edit(client):
    made = question()
    client.force_login(staff(Role.LEGAL))
    assert move(client, made, "submit").status_code == 403
    assert client.get(reverse("question_bank:question_edit", args=[made.uid])).status_code == 403


def test_unknown_moves_questions_and_kinds(trainer):
    made = question(BankFactory(slug="b"))
    assert move(trainer, made, "destroy").status_code == 404
    assert trainer.get("/bank/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert trainer.get("/bank/b/new/matching/").status_code == 404


def test_moves_are_only_posted_and_pages_only_read(trainer):
    made = question()
    assert trainer.get(reverse("question_bank:move", args=[made.uid, "retire"])).status_code == 405
    assert trainer.post(made.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("name", ["question", "question_edit", "question_print"])
def test_learners_never_see_a_key(client, name):
    client.force_login(officer().user)
    assert client.get(reverse(f"question_bank:{name}", args=[published().uid])).status_code == 403
