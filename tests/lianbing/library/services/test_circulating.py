"""Circulating a document, joining later, confirming, the short check."""

import datetime
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from lianbing.kit.models import AuditRecord
from lianbing.library.models import CheckTry, Circulation, LibraryDocument, Reader, Receipt
from lianbing.library.queries import receipts as queries
from lianbing.library.rules.repealing import Act
from lianbing.library.services import circulating, repealing
from lianbing.library.services.circulating import CannotCirculate, CannotConfirm
from lianbing.people.models import Appointment
from lianbing.people.rules import SYSTEM, Role
from question_bank.models import Pool, Question
from tests.factories import documents, people
from tests.factories import question_bank as bank

pytestmark = pytest.mark.django_db
LATER = documents.AT + datetime.timedelta(days=25)


@pytest.fixture
def squad():
    return people.unit("一中队")


def reader_of(circulation, officer):
    return queries.reader_of(circulation.uid, officer.pk)


def confirm(circulation, officer, at=documents.AT):
    by = people.actor(officer.user)
    return circulating.confirm(reader=reader_of(circulation, officer), by=by, at=at)


def test_the_audience_is_taken_down_at_once(squad):
    inside, _outside = people.officer(squad), people.officer(people.unit("二中队"))
    made = documents.circulation(squad)
    assert [reader.officer for reader in made.readers.all()] == [inside]
    assert made.revision == made.document.live_revision
    assert AuditRecord.objects.get(action="circulate").details["readers"] == 1


def test_posts_and_categories_narrow_the_audience(squad):
    clerk = people.PostFactory(name="综合内勤岗")
    people.officer(squad)
    people.officer(squad, post=clerk, category="auxiliary")
    wanted = people.officer(squad, post=clerk)
    made = documents.circulation(squad, posts=[clerk], categories=["officer"])
    assert [reader.officer for reader in made.readers.all()] == [wanted]


def test_the_same_form_sent_twice_is_one_circulation(squad):
    people.officer(squad)
    document, uid = documents.document(), uuid.uuid4()
    first, second = (documents.circulation(squad, of=document, uid=uid) for _ in "12")
    assert first == second
    assert Reader.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"due_on": datetime.date(2026, 11, 1)}, "past"),
        ({"categories": ["civilian"]}, "nobody"),
        ({"questions": [str(uuid.uuid4())]}, "questions"),
        ({"questions": ["'; drop"]}, "questions"),
    ],
)
def test_what_cannot_be_circulated_is_refused(squad, change, code):
    people.officer(squad)
    with pytest.raises(CannotCirculate) as refused:
        documents.circulation(squad, **change)
    assert refused.value.code == code
    assert not Circulation.objects.exists()


def test_a_leader_circulates_within_the_own_units_only(squad):
    other = people.unit("二中队")
    people.officer(other)
    leader = people.actor(people.staff(Role.LEADER, unit=squad))
    with pytest.raises(CannotCirculate) as refused:
        documents.circulation(other, by=leader)
    assert refused.value.code == "outside"


def test_neither_a_draft_nor_a_repealed_document_is_circulated(squad):
    people.officer(squad)
    gone = documents.document(effective_to=datetime.date(2026, 10, 2))
    for document, code in ((documents.document(publish=False), "not_published"), (gone, "holds_no_more")):
        with pytest.raises(CannotCirculate) as refused:
            documents.circulation(squad, of=document)
        assert refused.value.code == code


def test_who_joins_the_unit_later_is_added_with_a_week(squad):
    people.officer(squad)
    made = documents.circulation(squad)
    new = people.officer(squad)
    assert circulating.add_joiners(at=LATER) == 1
    reader = made.readers.get(officer=new)
    assert reader.joined
    assert reader.due_on == timezone.localtime(LATER).date() + datetime.timedelta(days=7)
    assert circulating.add_joiners(at=LATER) == 0


def test_long_after_its_day_nobody_is_added(squad):
    people.officer(squad)
    documents.circulation(squad)
    people.officer(squad)
    assert circulating.add_joiners(at=LATER + datetime.timedelta(days=100)) == 0


def test_a_confirmation_is_kept_once_and_never_rewritten(squad):
    officer = people.officer(squad)
    made = documents.circulation(squad)
    first, second = confirm(made, officer), confirm(made, officer, LATER)
    assert first == second
    assert (first.at, first.revision) == (documents.AT, made.revision)
    with pytest.raises(DatabaseError), transaction.atomic():
        Receipt.objects.update(name="别人")


def test_a_transfer_keeps_the_receipt_and_stands_under_the_new_unit(squad):
    officer, other = people.officer(squad), people.unit("二中队")
    made = documents.circulation(squad, other)
    confirm(made, officer)
    day = documents.AT.date() + datetime.timedelta(days=3)
    Appointment.objects.filter(officer=officer).update(ends_on=day)
    Appointment.objects.create(
        officer=officer, unit=other, post=people.PostFactory(), starts_on=day, recorded_at=LATER
    )
    legal = people.actor(people.staff(Role.LEGAL))
    (row,) = queries.rows_of(made, legal, LATER.date())
    assert (row.unit, row.read_at) == ("二中队", documents.AT)


def test_nobody_confirms_for_somebody_else(squad):
    officer, other = people.officer(squad), people.officer(squad)
    made = documents.circulation(squad)
    with pytest.raises(CannotConfirm) as refused:
        circulating.confirm(reader=reader_of(made, officer), by=people.actor(other.user), at=documents.AT)
    assert refused.value.code == "not_theirs"


def test_a_stopped_circulation_takes_no_confirmation_and_keeps_the_old_ones(squad):
    early, late = people.officer(squad), people.officer(squad)
    made = documents.circulation(squad)
    confirm(made, early)
    circulating.stop(circulation=made, reason="发文有误", by=SYSTEM, at=LATER)
    with pytest.raises(CannotConfirm):
        confirm(made, late)
    with pytest.raises(CannotCirculate):
        circulating.stop(circulation=made, reason="再停", by=SYSTEM, at=LATER)
    assert Receipt.objects.count() == 1
    assert not queries.to_read(late.pk, LATER.date()).exists()


def test_a_new_version_is_circulated_again_and_the_old_receipt_does_not_count(squad):
    officer, document = people.officer(squad), documents.document()
    confirm(documents.circulation(squad, of=document), officer)
    document.summary = "修订"
    document.save_revision().publish()
    again = documents.circulation(squad, of=LibraryDocument.objects.get(pk=document.pk))
    assert queries.to_read(officer.pk, LATER.date()).get().circulation == again
    assert again.revision != Receipt.objects.get().revision


@pytest.fixture
def checked(squad):
    """An officer with a circulation whose check asks two questions, one of which must be right."""
    officer = people.officer(squad)
    asked = [bank.published(), bank.published(kind="true_false", stem="先亮证后执法。")]
    keys = [str(one.uid) for one in asked]
    return documents.circulation(squad, questions=keys, pass_at=1), officer, asked


def send(circulation, officer, asked, *, right):
    sent = {}
    for question, wanted in zip(asked, right, strict=True):
        version = question.published_version
        keys = version.key["options"]
        others = [one["id"] for one in version.content["options"] if one["id"] not in keys]
        sent[f"q{version.pk}"] = keys if wanted else others[:1]
    by = people.actor(officer.user)
    return circulating.try_check(reader=reader_of(circulation, officer), sent=sent, by=by, at=documents.AT)


def test_the_check_comes_before_the_confirmation(checked):
    circulation, officer, asked = checked
    with pytest.raises(CannotConfirm) as refused:
        confirm(circulation, officer)
    assert refused.value.code == "check_first"
    assert not send(circulation, officer, asked, right=(False, False)).passed
    assert send(circulation, officer, asked, right=(True, False)).passed
    assert not send(circulation, officer, asked, right=(False, False)).passed
    assert confirm(circulation, officer).name == officer.name
    assert [(one.right, one.asked) for one in CheckTry.objects.order_by("pk")] == [(0, 2), (1, 2), (0, 2)]


def test_an_unanswered_question_is_no_try(checked):
    circulation, officer, asked = checked
    with pytest.raises(CannotConfirm) as refused:
        send(circulation, officer, asked[:1], right=(True,))
    assert refused.value.code == "blank"
    assert not CheckTry.objects.exists()


def test_a_question_that_was_reserved_for_exams_is_neither_asked_nor_shown(checked):
    circulation, officer, asked = checked
    made = send(circulation, officer, asked, right=(False, False))
    Question.objects.filter(pk=asked[0].pk).update(pool=Pool.EXAM)
    source = circulating.ports.check_source()
    assert [one.key for one in source.named(circulation.questions)] == [str(asked[1].uid)]
    assert len(source.show(made.answers)) == 1
    assert send(circulation, officer, asked[1:], right=(True,)).passed


def test_when_none_can_be_asked_the_confirmation_suffices(checked):
    circulation, officer, _asked = checked
    Question.objects.update(pool=Pool.EXAM)
    assert confirm(circulation, officer)


def test_a_question_reserved_for_exams_is_not_offered(squad):
    people.officer(squad)
    reserved = bank.published()
    Question.objects.filter(pk=reserved.pk).update(pool=Pool.EXAM)
    assert circulating.ports.check_source().offer("") == []
    with pytest.raises(CannotCirculate):
        documents.circulation(squad, questions=[str(reserved.uid)])


def test_nothing_about_what_is_right_is_in_what_is_asked(checked):
    circulation, _officer, _asked = checked
    assert "right" not in str(circulating.ports.check_source().ask(circulation.questions, {}))


ACT = Act("关于废止部分文件的决定", "6号", datetime.date(2026, 11, 10), "清理")


def test_a_repealed_document_drops_out_of_what_is_to_be_read(squad):
    officer, document = people.officer(squad), documents.document()
    made = documents.circulation(squad, of=document)
    repealing.repeal(targets=[document], act=ACT, by=SYSTEM, at=documents.AT)
    assert queries.to_read(officer.pk, datetime.date(2026, 11, 9)).exists()
    assert not queries.to_read(officer.pk, ACT.on).exists()
    with pytest.raises(CannotConfirm):
        confirm(made, officer, LATER)


def test_a_repeal_survives_the_next_revision_of_the_text():
    document = documents.document()
    document.summary = "旧稿"
    draft = document.save_revision()
    repealing.repeal(targets=[document], act=ACT, by=SYSTEM, at=documents.AT)
    draft.publish()
    kept = LibraryDocument.objects.get(pk=document.pk)
    assert (kept.summary, kept.effective_to) == ("旧稿", ACT.on)
    assert "关于废止部分文件的决定" in kept.repealed_by
