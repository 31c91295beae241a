"""The save protocol at the level of the service (exam safety L5-L14)."""

import datetime

import pytest

from exams.models import AnswerEvent, Attempt, MarkRecord
from exams.rules.scoring import answers_sha256
from exams.services import saving
from lianbing.kit.models import AuditRecord
from tests.factories import exams, people
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def attempt():
    return exams.attempt()


@pytest.fixture
def pen(attempt):
    return exams.pen(attempt)


def save(attempt, pen, *events, at=NOON + MINUTE, lease=None):
    """Save (seq, item, value) events; a bool as the value is a flag."""
    batch = [
        {"seq": seq, "item": item, "flag" if isinstance(value, bool) else "value": value}
        for seq, item, value in events
    ]
    return saving.save(
        uid=attempt.uid, ticket=pen.ticket, client=pen.client, lease=lease or pen.lease, events=batch, at=at
    )


def submit(attempt, pen, answers, final_seq, at=NOON + 2 * MINUTE):
    return saving.submit(
        uid=attempt.uid,
        ticket=pen.ticket,
        client=pen.client,
        lease=pen.lease,
        final_seq=final_seq,
        answers_sha256=answers_sha256(answers),
        at=at,
    )


def answers(attempt):
    return Attempt.objects.get(pk=attempt.pk).answers


def test_a_save_is_acknowledged_and_stored(attempt, pen):
    reply = save(attempt, pen, (1, 1, ["a1"]), (2, 3, ["b2"]), (3, 3, True))
    assert (reply.acked_through, reply.error, reply.state) == (3, "", "open")
    assert answers(attempt) == {"1": ["a1"], "3": ["b2"]}
    assert reply.answers_sha256 == answers_sha256({"1": ["a1"], "3": ["b2"]})
    assert Attempt.objects.get().flags == [3]


def test_blank_clears_an_answer(attempt, pen):
    save(attempt, pen, (1, 1, ["a1"]))
    save(attempt, pen, (2, 1, []))
    assert answers(attempt) == {}


def test_batches_out_of_order_and_twice_give_the_newest(attempt, pen):
    assert save(attempt, pen, (3, 1, ["c3"])).acked_through == 0
    assert save(attempt, pen, (1, 1, ["a1"]), (2, 1, ["b2"])).acked_through == 3
    assert save(attempt, pen, (3, 1, ["c3"]), (1, 1, ["a1"])).acked_through == 3
    assert answers(attempt) == {"1": ["c3"]}
    assert AnswerEvent.objects.count() == 3


def test_the_first_of_two_different_events_with_one_number_wins(attempt, pen):
    save(attempt, pen, (1, 1, ["a1"]))
    assert save(attempt, pen, (1, 1, ["d4"])).acked_through == 1
    assert answers(attempt) == {"1": ["a1"]}


@pytest.mark.parametrize(
    "value", [["zz"], ["a1", "b2"], "a1", {"a": 1}, [1], None, ["a1\x00"], ["\ud800"], 7]
)
def test_an_impossible_answer_stores_nothing_of_its_batch(attempt, pen, value):
    with pytest.raises(saving.BadEvent) as caught:
        save(attempt, pen, (1, 1, ["a1"]), (2, 2, value))
    assert caught.value.seq == 2
    assert AnswerEvent.objects.count() == 0
    assert answers(attempt) == {}


@pytest.mark.parametrize("item", [0, 11, -1, "1", None, 1.0, True])
def test_an_unknown_item_is_named(attempt, pen, item):
    with pytest.raises(saving.BadEvent) as caught:
        save(attempt, pen, (4, item, ["a1"]))
    assert (caught.value.seq, caught.value.code) == (4, "unknown_item")


def test_another_tab_of_the_browser_takes_the_pen(attempt, pen):
    second = exams.pen(attempt, client=exams.OTHER_CLIENT)
    assert second.lease == pen.lease + 1
    assert save(attempt, second, (1, 1, ["b2"])).acked_through == 1
    assert save(attempt, pen, (1, 1, ["a1"]), (2, 2, [])).error == "superseded"
    assert answers(attempt) == {"1": ["b2"]}
    assert AnswerEvent.objects.filter(fate=AnswerEvent.STALE).count() == 2


def test_late_events_of_the_old_device_are_offered_not_applied(attempt, pen):
    user = attempt.user
    user.set_password(people.PASSWORD)
    user.save()
    save(attempt, pen, (1, 1, ["a1"]))
    second = exams.pen(
        attempt, client=exams.OTHER_CLIENT, device=exams.OTHER_DEVICE, password=people.PASSWORD
    )
    save(attempt, pen, (2, 2, ["c3"]), (3, 1, ["a1"]))
    again = exams.pen(attempt, client=exams.OTHER_CLIENT, device=exams.OTHER_DEVICE)
    assert again.lease == second.lease
    assert AuditRecord.objects.get(action="device_changed").details["lease"] == second.lease
    assert again.taken.offered == [{"item": 2, "value": ["c3"]}]
    assert answers(attempt) == {"1": ["a1"]}


def test_a_save_in_the_last_second_of_grace_counts(attempt, pen):
    last = attempt.deadline + 59 * SECOND
    assert save(attempt, pen, (1, 1, ["a1"]), at=last).error == ""
    assert answers(attempt) == {"1": ["a1"]}


def test_a_save_after_the_grace_is_kept_but_not_applied(attempt, pen):
    save(attempt, pen, (1, 1, ["a1"]))
    reply = save(attempt, pen, (2, 2, ["b2"]), at=attempt.deadline + 61 * SECOND)
    assert (reply.error, reply.state, reply.receipt.how) == ("closed", "submitted", "deadline")
    assert reply.receipt.submitted_at == attempt.deadline
    assert answers(attempt) == {"1": ["a1"]}
    assert AnswerEvent.objects.get(seq=2).fate == AnswerEvent.LATE


def test_submit_marks_and_replays_the_same_receipt(attempt, pen):
    save(attempt, pen, (1, 1, ["a1"]), (2, 2, ["b2"]), (3, 3, ["a1"]))
    given = {"1": ["a1"], "2": ["b2"], "3": ["a1"]}
    first = submit(attempt, pen, given, 3)
    assert first.receipt == submit(attempt, pen, given, 3, at=NOON + 50 * MINUTE).receipt
    assert (first.receipt.how, first.receipt.answered, first.receipt.items) == ("candidate", 3, 10)
    record = MarkRecord.objects.get()
    assert (record.score, record.full_marks, record.marks[:3]) == (4, 20, ["2", "0", "2"])


def test_submit_names_what_has_not_arrived(attempt, pen):
    save(attempt, pen, (2, 1, ["a1"]), (5, 2, ["a1"]))
    reply = submit(attempt, pen, {}, 7)
    assert (reply.error, reply.missing) == ("missing", [[1, 1], [3, 4], [6, 7]])


def test_submit_with_other_answers_in_mind_shows_the_servers(attempt, pen):
    save(attempt, pen, (1, 1, ["a1"]))
    reply = submit(attempt, pen, {"1": ["b2"]}, 1)
    assert (reply.error, reply.answers, reply.state) == ("mismatch", {"1": ["a1"]}, "open")


def test_signing_out_ends_the_ticket(attempt, pen):
    attempt.user.auth_epoch += 1
    attempt.user.save()
    with pytest.raises(saving.BadTicket):
        save(attempt, pen, (1, 1, ["a1"]))


def test_a_ticket_opens_only_its_own_attempt(attempt, pen):
    other = exams.attempt()
    with pytest.raises(saving.BadTicket):
        save(other, pen, (1, 1, ["a1"]))


def test_a_lease_above_the_ticket_is_refused(attempt, pen):
    with pytest.raises(saving.BadTicket):
        save(attempt, pen, (1, 1, ["a1"]), lease=pen.lease + 1)


def test_a_save_costs_at_most_four_statements(attempt, pen, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):  # a savepoint and its release stand for BEGIN and COMMIT
        save(attempt, pen, *[(n, n, ["a1"]) for n in range(1, 11)])


def test_submit_and_marking_cost_at_most_twelve_statements(attempt, pen, django_assert_max_num_queries):
    save(attempt, pen, (1, 1, ["a1"]))
    with django_assert_max_num_queries(12):
        submit(attempt, pen, {"1": ["a1"]}, 1)
