"""Two clients, any order of saving, retrying, taking the pen, handing in and time running out (L21).

The model below is written independently: it keeps every event that arrived and replays them.
"""

from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exams.models import AnswerEvent, Attempt, MarkRecord
from exams.rules.scoring import answers_sha256
from exams.services import saving
from tests.factories import exams
from tests.factories.exams import CLIENT, MINUTE, NOON, OTHER_CLIENT

pytestmark = pytest.mark.django_db
CLIENTS = [CLIENT, OTHER_CLIENT]
VALUES = [[], ["a1"], ["b2"], ["c3"]]

seqs = st.lists(st.integers(1, 8), min_size=1, max_size=4)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.integers(0, 1), seqs),
        st.tuples(st.just("take"), st.integers(0, 1), st.none()),
        st.tuples(st.just("submit"), st.integers(0, 1), st.integers(0, 8)),
        st.tuples(st.just("expire"), st.just(0), st.none()),
    ),
    max_size=14,
)
journals = st.lists(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from(VALUES)), min_size=8, max_size=8),
    min_size=2,
    max_size=2,
)


class Model:
    """What must be true, told the long way round."""

    def __init__(self, journals):
        self.journals = journals
        self.holder, self.open, self.how = None, True, ""
        self.arrived = defaultdict(set)
        self.applied = []
        self.stored = 0

    def save(self, who, numbers):
        current = who == self.holder
        for seq in sorted(set(numbers)):
            if seq in self.arrived[who] or not self.open:
                continue
            self.arrived[who].add(seq)
            self.stored += 1
            if current:
                self.applied.append((who, seq, *self.journals[who][seq - 1]))

    def acked(self, who):
        return next(n for n in range(10) if n + 1 not in self.arrived[who])

    def answers(self):
        newest, found = {}, {}
        for who, seq, item, value in self.applied:
            if newest.get((who, item), 0) < seq:
                newest[who, item] = seq
                found[str(item)] = value
        return {item: value for item, value in found.items() if value}


class Run:
    """The same steps against the services."""

    def __init__(self, attempt, journals):
        self.attempt, self.model = attempt, Model(journals)
        self.pens, self.at = {}, NOON + MINUTE

    def take(self, who, _):
        self.pens[who] = exams.pen(self.attempt, client=CLIENTS[who], at=self.at)
        if self.model.open:
            self.model.holder = who
        assert self.pens[who].taken.attempt.answers == self.model.answers()

    def save(self, who, numbers):
        pen, journal = self.pens[who], self.model.journals[who]
        events = [{"seq": n, "item": journal[n - 1][0], "value": journal[n - 1][1]} for n in numbers]
        reply = saving.save(
            uid=self.attempt.uid,
            ticket=pen.ticket,
            client=pen.client,
            lease=pen.lease,
            events=events,
            at=self.at,
        )
        self.model.save(who, numbers)
        wanted = "closed" if not self.model.open else "" if who == self.model.holder else "superseded"
        assert reply.error == wanted
        if self.model.open:
            assert reply.acked_through == self.model.acked(who)

    def submit(self, who, final_seq):
        pen, model = self.pens[who], self.model
        reply = saving.submit(
            uid=self.attempt.uid,
            ticket=pen.ticket,
            client=pen.client,
            lease=pen.lease,
            final_seq=final_seq,
            answers_sha256=answers_sha256(model.answers()),
            at=self.at,
        )
        if not model.open:
            assert reply.receipt.how == model.how
        elif who != model.holder:
            assert reply.error == "superseded"
        elif model.acked(who) < final_seq:
            wanted = set(range(1, final_seq + 1)) - model.arrived[who]
            assert {n for low, high in reply.missing for n in range(low, high + 1)} == wanted
        else:
            model.open, model.how = False, "candidate"
            assert reply.receipt.how == "candidate"

    def expire(self, who, _):
        self.at = self.attempt.deadline + 2 * MINUTE
        if self.model.open:
            self.model.open, self.model.how = False, "deadline"

    def check(self):
        row = Attempt.objects.get(pk=self.attempt.pk)
        if row.state == "submitted":
            assert row.submitted_how == self.model.how
            assert MarkRecord.objects.filter(attempt=row).count() == 1
        assert row.answers == self.model.answers()
        counted = AnswerEvent.objects.filter(attempt=row).exclude(fate=AnswerEvent.LATE)
        assert counted.count() == self.model.stored


@pytest.fixture
def attempt():
    return exams.attempt()


@given(steps=steps, journals=journals)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_events_agrees_with_the_model(attempt, steps, journals):
    with transaction.atomic():
        run = Run(attempt, journals)
        for name, who, what in [("take", 0, None), *steps]:
            if name in {"save", "submit"} and who not in run.pens:
                continue
            getattr(run, name)(who, what)
        run.check()
        transaction.set_rollback(True)
