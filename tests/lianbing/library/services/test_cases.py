"""A case stands without anybody's data, is approved by a second person, frozen, replaced or withdrawn once."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from lianbing.kit.models import AuditRecord
from lianbing.library.models import CaseStory, SearchEntry
from lianbing.library.queries import cases as reading
from lianbing.library.queries.impact import citing_for
from lianbing.library.services import cases
from tests.factories import amendments as laws
from tests.factories import cards as card_made
from tests.factories import cases as made
from tests.factories import question_bank as bank

pytestmark = pytest.mark.django_db
AT, DAY = made.AT, datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "marked"),
    [
        ({"facts": "当事人张三在摆摊"}, [("facts", "name", "张三")]),
        ({"facts": "第一行\n身份证号110105 19491231 002X"}, [("facts", "id_number", "110105 19491231 002X")]),
        ({"outcome": "电话１３８００１３８０００"}, [("outcome", "phone", "１３８００１３８０００")]),
        ({"title": "云A12345遗撒案"}, [("title", "plate", "云A12345")]),
    ],
)
def test_a_text_that_says_who_somebody_is_is_refused_with_the_place(changes, marked):
    with pytest.raises(cases.PersonNamed) as refused:
        made.draft(**changes)
    assert [(one.field, one.kind, one.piece) for one in refused.value.places] == marked
    assert not CaseStory.objects.exists()


def test_approval_looks_once_more_for_what_says_who_somebody_is():
    story = made.waiting()
    CaseStory.objects.filter(pk=story.pk).update(facts="当事人身份证号11010519491231002X")
    with pytest.raises(cases.PersonNamed):
        cases.approve(story=story, seen=story.edits, by=card_made.legal(), at=AT)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"title": ""}, [("title", "empty")]),
        ({"lesson": "长" * 3001}, [("lesson", "long")]),
        ({"facts": "\x00"}, [("facts", "characters")]),
        ({"basis": "行政处罚法"}, [("basis", "no_article")]),
        ({"dated": datetime.date(2027, 1, 1)}, [("dated", "future")]),
        ({"kind": "other"}, [("kind", "case_kind")]),
        ({"cards": ("NO-1",)}, [("cards", "card")]),
        ({"questions": ("x",)}, [("questions", "question")]),
    ],
)
def test_what_cannot_stand_is_refused_by_its_field(changes, faults):
    with pytest.raises(cases.CaseRefused) as refused:
        made.draft(**changes)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == faults


def test_who_wrote_a_case_does_not_approve_it():
    legal = card_made.legal()
    story = made.waiting(by=legal)
    for by, code in ((legal, "author"), (card_made.trainer(), "role")):
        with pytest.raises(cases.SecondPersonNeeded) as refused:
            cases.approve(story=story, seen=story.edits, by=by, at=AT)
        assert refused.value.code == code


def test_an_approved_case_is_read_found_and_frozen():
    story = made.approved()
    assert list(reading.cases(words="人行道")) == [story]
    assert SearchEntry.objects.filter(source="cases", key=str(story.pk)).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseStory.objects.filter(pk=story.pk).update(facts="别的")


def test_only_what_was_seen_is_approved():
    story = made.waiting()
    with pytest.raises(cases.CaseMoved):
        cases.approve(story=story, seen=story.edits + 1, by=card_made.legal(), at=AT)
    assert not reading.readable().exists()


def test_two_writers_do_not_overwrite_each_other():
    story, by = made.draft(), card_made.trainer()
    cases.save_draft(text=made.text(title="第一稿"), story=story, seen=1, by=by, at=AT)
    with pytest.raises(cases.CaseMoved):
        cases.save_draft(text=made.text(title="第二稿"), story=story, seen=1, by=by, at=AT)
    assert CaseStory.objects.get().title == "第一稿"


def test_a_case_written_anew_takes_the_place_of_the_old_one_once():
    old = made.approved()
    new = made.waiting(replaces=old, title="张某占道摆摊案（重写）")
    with pytest.raises(cases.CaseMoved):
        made.draft(replaces=old)
    cases.approve(story=new, seen=new.edits, by=card_made.legal(), at=AT)
    assert list(reading.cases()) == [new]
    assert reading.case_of(old.uid).withdrawal.replaced


def test_a_withdrawn_case_is_neither_listed_nor_found():
    story = made.approved()
    cases.withdraw(story=story, reason="事实有误", by=card_made.legal(), at=AT)
    with pytest.raises(cases.CaseMoved):
        cases.withdraw(story=story, reason="再撤", by=card_made.legal(), at=AT)
    assert not reading.readable().exists()
    assert not SearchEntry.objects.filter(source="cases").exists()


def test_a_case_is_tied_to_its_cards_articles_and_questions():
    article = laws.old().articles.first()
    card_made.approved("SR-01")
    question = bank.published()
    key = str(question.uid)
    story = made.approved(basis="《测试市市容条例》第一条", cards=("SR-01",), questions=(key,))
    assert reading.cases_of_card(card_made.card().pk) == [story]
    assert reading.cases_of_question(key) == [story]
    cited = citing_for([article.pk], card_made.trainer())
    assert [one.url for one in cited if one.code == "case"] == [story.get_absolute_url()]


def test_every_act_stands_on_record():
    story = made.waiting()
    cases.send_back(story=story, reason="补充依据", by=card_made.legal(), at=AT)
    cases.discard_draft(story=story, by=card_made.trainer(), at=AT)
    done = (
        AuditRecord.objects.filter(action__endswith="_case").order_by("pk").values_list("action", flat=True)
    )
    assert list(done) == ["write_case", "submit_case", "send_back_case", "discard_case"]
