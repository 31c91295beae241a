"""Cases in the browser: written, refused with the place marked, masked, approved, read, answered, withdrawn."""

import datetime

import pytest
from django.urls import reverse

from lianbing.kit import clock
from lianbing.library.models import CaseStory
from lianbing.people.rules import Role
from tests.factories import cards as card_made
from tests.factories import cases as made
from tests.factories import people
from tests.factories import question_bank as bank

pytestmark = pytest.mark.django_db
NEW, LIST = reverse("library:case_new"), reverse("library:cases")
WORDS = {
    "kind": "typical",
    "dated": "2026-09-01",
    "title": "占道摆摊案",
    "facts": "当事人张某摆摊。",
    "outcome": "不予处罚。",
    "lesson": "先教育。",
}


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


@pytest.fixture
def officer(client):
    client.force_login(people.officer().user)
    return client


def at(story, name="case"):
    return reverse(f"library:{name}", args=[story.uid])


def text_of(response):
    return response.content.decode()


def test_an_unmasked_identity_number_is_refused_with_its_place(trainer):
    facts = "第一行。\n当事人身份证号110105 19491231 002X在案。"
    answer = trainer.post(NEW, WORDS | {"facts": facts})
    assert "<mark>110105 19491231 002X</mark>在案" in text_of(answer)
    assert answer.context["places"][0].place.line == 2
    assert "第一行。" in text_of(answer)
    assert not CaseStory.objects.exists()


def test_what_was_found_is_masked_with_one_button_and_then_saved(trainer):
    told = WORDS | {"facts": "当事人张三，电话13800138000", "then": "mask"}
    form = trainer.post(NEW, told).context["form"]
    assert form["facts"].value() == "当事人张某，电话×××"
    assert not CaseStory.objects.exists()
    trainer.post(NEW, WORDS | {"facts": form["facts"].value(), "then": "submit"})
    assert CaseStory.objects.get().state == CaseStory.State.IN_REVIEW


def test_questions_are_found_by_words_and_asked_at_the_end(trainer):
    key = str(bank.published(stem="执法时不得少于（　）。").uid)
    offered = trainer.post(NEW, WORDS | {"question_words": "执法", "then": "find"})
    assert key in text_of(offered)
    trainer.post(NEW, WORDS | {"questions": [key]})
    assert CaseStory.objects.get().questions.get().key == key


def test_the_legal_section_approves_what_a_trainer_wrote(legal):
    story = made.waiting()
    assert "先教育" in text_of(legal.get(at(story, "case_review")))
    sent = {"decision": "approve", "edits": story.edits}
    assert legal.post(at(story, "case_review"), sent).url == at(story)
    assert "张某占道摆摊案" in text_of(legal.get(LIST))


def test_a_case_is_sent_back_with_a_comment_only(legal):
    story = made.waiting()
    page = legal.post(at(story, "case_review"), {"decision": "send_back", "edits": story.edits})
    assert page.context["form"].errors["comment"]
    legal.post(at(story, "case_review"), {"decision": "send_back", "edits": story.edits, "comment": "补依据"})
    assert CaseStory.objects.get().returned == "补依据"


def test_the_questions_of_a_case_are_marked_on_the_spot(officer):
    key = str(bank.published().uid)
    story = made.approved(questions=(key,))
    asked = officer.get(at(story)).context["asked"]
    assert officer.post(at(story), {}).context["blank"]
    option = asked[0].context["options"][0]["id"]
    page = officer.post(at(story), {asked[0].name: [option]})
    assert page.context["made"].asked == 1
    assert "见条文。" in text_of(page)


def test_a_question_reserved_for_exams_is_not_asked(officer):
    question = bank.published()
    story = made.approved(questions=(str(question.uid),))
    type(question).objects.filter(pk=question.pk).update(pool="exam")
    assert officer.get(at(story)).context["asked"] == []


def test_a_withdrawn_case_is_gone_for_officers_and_told_to_the_legal_section(client):
    story = made.approved()
    client.force_login(people.staff(Role.LEGAL))
    client.post(at(story, "case_withdraw"), {"reason": "事实有误"})
    assert "事实有误" in text_of(client.get(at(story)))
    client.force_login(people.officer().user)
    assert client.get(at(story)).status_code == 404


def test_the_old_address_leads_officers_to_the_case_in_its_place(officer):
    old = made.approved()
    new = made.approved(replaces=old, title="重写的案例")
    assert officer.get(at(old)).url == at(new)


@pytest.mark.parametrize(
    "query",
    [{"q": "人行道"}, {"q": "\x00"}, {"kind": "lost"}, {"kind": "x"}, {"card": "SR-01"}, {"page": "-1"}],
)
def test_any_filter_of_the_list_is_answered(officer, query):
    made.approved()
    assert officer.get(LIST, query).status_code == 200


def test_cases_stand_on_the_pages_of_their_card_and_question(trainer):
    card_made.approved("SR-01")
    question = bank.published()
    made.approved(cards=("SR-01",), questions=(str(question.uid),))
    assert "张某占道摆摊案" in text_of(trainer.get(reverse("library:card", args=["SR-01"])))
    assert "张某占道摆摊案" in text_of(trainer.get(question.get_absolute_url()))


@pytest.mark.parametrize("name", ["cases", "case_desk"])
def test_lists_cost_the_same_for_one_case_and_three(legal, name, django_assert_max_num_queries):
    make = made.approved if name == "cases" else made.draft
    make()
    for count in (1, 3):
        with django_assert_max_num_queries(15) as done:
            assert len(legal.get(reverse(f"library:{name}")).context["page_obj"]) == count
        if count == 1:
            first = len(done)
            make(title="其二", dated=datetime.date(2026, 9, 2))
            make(title="其三", dated=datetime.date(2026, 9, 3))
    assert len(done) == first


def test_a_case_opens_in_few_statements(officer, django_assert_max_num_queries):
    card_made.approved("SR-01")
    story = made.approved(cards=("SR-01",), questions=(str(bank.published().uid),))
    with django_assert_max_num_queries(15):
        assert officer.get(at(story)).status_code == 200


def test_a_draft_is_no_case_for_officers(officer):
    assert officer.get(at(made.draft())).status_code == 404


def test_a_draft_is_discarded_after_a_question(trainer):
    story = made.draft()
    assert "<form" in text_of(trainer.get(at(story, "case_discard")))
    trainer.post(at(story, "case_discard"))
    assert not CaseStory.objects.exists()


def test_a_card_is_reached_from_the_front_page_in_three_taps(officer):
    card_made.approved("SR-01")
    front = text_of(officer.get("/"))
    assert f'action="{reverse("library:cards")}"' in front
    found = officer.get(reverse("library:cards"), {"q": "路边摊"})
    address = reverse("library:card", args=["SR-01"])
    assert f'href="{address}"' in text_of(found)
    assert officer.get(address).status_code == 200
