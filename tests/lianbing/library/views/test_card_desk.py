"""Writing cards and deciding on them: the form, the comparison, approval by a second person, changed articles."""

import pytest
from django.urls import reverse

from lianbing.kit import clock, due
from lianbing.library.models import CardFlag, CardVersion
from lianbing.library.rendering.cards import NAMES
from lianbing.library.rules.cards import TEXTS
from lianbing.people.rules import Role
from tests.factories import amendments as laws
from tests.factories import cards as made
from tests.factories import people

pytestmark = pytest.mark.django_db
SENT = {name: getattr(made.TEXT, name) for name in TEXTS}


@pytest.fixture(autouse=True)
def moment():
    with clock.pinned(made.AT):
        yield


@pytest.fixture
def trainer(client):
    client.force_login(people.staff(Role.TRAINER))
    return client


@pytest.fixture
def legal(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


def to(name, *args):
    return reverse(f"library:{name}", args=args)


def decide(client, version, **told):
    sent = {"decision": "approve", "edits": version.edits, "gaps_seen": "on"} | told
    return client.post(to("card_review", version.card.code), sent)


def test_a_card_is_written_and_submitted(trainer):
    answer = trainer.post(to("card_new"), SENT | {"code": "SR-01", "then": "submit"})
    assert (answer.url, made.card().state) == (to("card_desk"), "in_review")
    assert made.card().latest.grades == made.TEXT.grades


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"grades": "一般 | 甲 | 50-501元"}, "grades"),
        ({"grades": "一般 | 甲 | 20-500元"}, "grades"),
        ({"grades": "轻微 | 甲 | 不予处罚"}, "grades"),
        ({"steps": "立案 | 甲 | 几天"}, "steps"),
        ({"violation_basis": "市容条例"}, "violation_basis"),
        ({"code": "desk"}, "code"),
        ({"posts": ["9" * 30]}, "posts"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(trainer, sent, field):
    page = trainer.post(to("card_new"), SENT | {"code": "SR-01"} | sent)
    assert page.context["form"].errors[field]
    assert not CardVersion.objects.exists()


def test_the_form_begins_with_the_version_in_use(trainer):
    version = made.approved()
    page = trainer.get(to("card_desk_card", "SR-01"))
    assert page.context["form"].initial["grades"] == version.grades
    trainer.post(to("card_desk_card", "SR-01"), SENT | {"name": "新的名称", "edits": 0})
    assert (made.card().latest.name, made.card().current) == ("新的名称", version)


def test_a_stale_form_overwrites_nothing(trainer):
    version = made.draft()
    made.draft(edits=version.edits, name="别人改的")
    page = trainer.post(to("card_desk_card", "SR-01"), SENT | {"edits": version.edits})
    assert page.context["form"].non_field_errors()
    assert made.card().latest.name == "别人改的"


def test_the_approval_page_shows_what_changes(legal):
    laws.old()
    made.approved(at=made.AT)
    version = made.waiting(bounds="50-800元", grades="一般 | 其他 | 50-800元", evidence="现场全景照片")
    page = legal.get(to("card_review", "SR-01"))
    names = [str(NAMES[part]) for part in ("bounds", "grades", "evidence")]
    assert [part.heading for part in page.context["changes"]] == names
    assert "<del>" in page.content.decode()
    assert decide(legal, version).url == to("card", "SR-01")
    assert made.card().current == version


def test_every_part_of_a_new_card_stands_on_the_approval_page(legal):
    made.waiting()
    assert {part.name for part in legal.get(to("card_review", "SR-01")).context["changes"]} == {"新增"}


def test_who_wrote_a_card_does_not_decide_on_it(client):
    writer = people.staff(Role.LEGAL)
    version = made.waiting(by=people.actor(writer))
    client.force_login(writer)
    assert not client.get(to("card_review", "SR-01")).context["may_decide"]
    decide(client, version)
    assert made.card().current is None


@pytest.mark.parametrize(
    "told", [{"gaps_seen": ""}, {"edits": 9}, {"decision": "send_back"}, {"decision": "x"}]
)
def test_a_decision_needs_its_grounds(legal, told):
    version = made.waiting()
    page = decide(legal, version, **told)
    assert (page.status_code, bool(page.context["form"].errors)) == (200, True)
    assert made.card().state == "in_review"


def test_a_card_goes_back_with_the_reason(legal):
    version = made.waiting()
    decide(legal, version, decision="send_back", comment="证据不全")
    assert (made.card().state, made.card().latest.returned) == ("draft", "证据不全")


def test_a_card_is_taken_back_and_discarded_after_a_question(trainer):
    made.waiting()
    trainer.post(to("card_submit", "SR-01"), {"way": "back"})
    assert trainer.get(to("card_discard", "SR-01")).status_code == 200
    trainer.post(to("card_discard", "SR-01"))
    assert not CardVersion.objects.exists()


def test_a_changed_article_is_shown_with_its_old_and_new_words(legal):
    laws.old()
    made.approved()
    laws.amended()
    due.run_all(at=laws.MIDNIGHT)
    with clock.pinned(laws.MIDNIGHT):
        assert "五百" in legal.get(to("card_flags", "SR-01")).content.decode()
        assert len(legal.get(to("card", "SR-01")).context["flags"]) == 1
        legal.post(to("card_flags", "SR-01"), {"reason": "幅度仍合适"})
    assert CardFlag.objects.get().outcome == "confirmed"


def test_the_impact_page_names_the_cards(legal):
    laws.old()
    made.approved()
    edition = laws.amended()
    page = legal.get(to("impact", edition.law.slug, edition.slug))
    assert "SR-01 擅自占道摆摊" in page.content.decode()


def test_the_desk_costs_the_same_for_one_card_and_three(legal, django_assert_max_num_queries):
    made.draft("A-1")
    for count in (1, 3):
        with django_assert_max_num_queries(15) as done:
            assert len(legal.get(to("card_desk")).context["page_obj"]) == count
        if count == 1:
            first = len(done)
            made.waiting("A-2")
            made.draft("A-3")
    assert len(done) == first


def test_the_review_takes_few_statements(legal, django_assert_max_num_queries):
    laws.old()
    made.approved()
    made.waiting(name="新")
    with django_assert_max_num_queries(22):
        assert legal.get(to("card_review", "SR-01")).status_code == 200


def test_amounts_the_article_does_not_name_are_shown_for_a_second_look(legal):
    laws.old()
    made.waiting(bounds="50-800元", grades="")
    notes = legal.get(to("card_review", "SR-01")).context["notes"]
    assert [
        words
        for _heading, words in notes
        if "50-800元" in words and "500元" in words.partition("50-800元")[2]
    ]


def test_after_one_decision_the_next_card_comes(legal):
    laws.old()
    first, second = made.waiting("A-1"), made.waiting("A-2")
    assert decide(legal, first).url == to("card_review", "A-2")
    assert decide(legal, second).url == to("card", "A-2")


def test_a_card_is_withdrawn_with_a_reason_and_put_back(legal):
    made.approved()
    assert legal.post(to("card_withdraw", "SR-01"), {"reason": ""}).context["form"].errors["reason"]
    legal.post(to("card_withdraw", "SR-01"), {"reason": "划转"})
    assert made.card().current is None
    assert [card.code for card in legal.get(to("card_desk")).context["withdrawn"]] == ["SR-01"]
    assert legal.post(to("card_restore", "SR-01")).url == to("card", "SR-01")
    assert made.card().current is not None


@pytest.mark.parametrize("page", ["card_withdraw", "card_restore"])
def test_what_cannot_be_withdrawn_or_put_back_is_no_error(legal, page):
    made.waiting()
    assert legal.post(to(page, "SR-01"), {"reason": "甲"}).status_code in {302, 404}
    assert made.card().state == "in_review"
