"""One process at a time does what is due, and a failing job stops nobody else's."""

import datetime
import json
import time

import pytest
from django.core.management import call_command

from lianbing.kit import due, outbox, ticker
from lianbing.kit.models import AuditRecord, AuditSeal, Lease, OutboxMessage

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def jobs(monkeypatch):
    """Nothing is due but what a test registers."""
    made = {"submitted": [], "effective": [], "notices": []}
    monkeypatch.setattr(due, "_jobs", made)
    return made


def test_the_lease_has_one_holder(at):
    assert ticker.take_lease(holder="a", at=at)
    assert not ticker.take_lease(holder="b", at=at + SECOND)
    assert ticker.take_lease(holder="a", at=at + 2 * SECOND)


def test_a_lease_that_ran_out_is_taken_over(at):
    ticker.take_lease(holder="a", at=at)
    assert ticker.take_lease(holder="b", at=at + ticker.LEASE + SECOND)
    assert Lease.objects.get().holder == "b"


def test_a_lease_given_up_is_free_at_once(at):
    ticker.take_lease(holder="a", at=at)
    ticker.give_up_lease(holder="b")
    assert ticker.is_alive(at)
    ticker.give_up_lease(holder="a")
    assert not ticker.is_alive(at)


def test_a_turn_counts_what_was_done(jobs, at):
    jobs["submitted"] += [lambda at: 2, lambda at: 3]
    outbox.publish("nobody_listens", {}, at=at)
    assert ticker.turn(at=at) == {"submitted": 5, "effective": 0, "notices": 0, "outbox": 1}


def test_a_failing_job_stops_no_other(jobs, at):
    jobs["submitted"] += [lambda at: 1 / 0, lambda at: 1]
    outbox.publish("nobody_listens", {}, at=at)
    failed = []
    counts = ticker.turn(at=at, failed=failed)
    assert (counts["submitted"], counts["outbox"], len(failed)) == (1, 1, 1)


def test_a_turn_seals_the_audit_trail(at):
    AuditRecord.objects.create(stream="s", at=at, action="a", actor={})
    ticker.turn(at=at)
    assert AuditSeal.objects.count() == 1


def test_a_ticker_without_the_lease_does_nothing(jobs):
    done = []
    jobs["notices"].append(lambda at: done.append(at) or 1)
    far = datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC)
    Lease.objects.create(name=ticker.NAME, holder="other", expires_at=far)
    ticker.Ticker().once()
    assert done == []


def test_a_turn_that_breaks_does_not_end_the_thread(monkeypatch):
    monkeypatch.setattr(ticker, "take_lease", lambda **_: 1 / 0)
    monkeypatch.setattr(ticker.connection, "close", lambda: None)
    ticker.Ticker().once()


def test_the_thread_runs_and_stops(monkeypatch):
    turns = []
    monkeypatch.setattr(ticker.Ticker, "once", lambda self: turns.append(1))
    monkeypatch.setattr(ticker, "give_up_lease", lambda **_: turns.append("given up"))
    thread = ticker.Ticker(every=0.01)
    thread.start()
    time.sleep(0.1)
    thread.stop()
    assert not thread.is_alive()
    assert len(turns) > 2
    assert turns[-1] == "given up"


def test_the_command_reports_as_the_contract_says(jobs, capsys):
    jobs["effective"].append(lambda at: 4)
    call_command("run_due", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "submitted": 0,
        "effective": 4,
        "notices": 0,
        "outbox": 0,
    }


def test_the_command_fails_when_a_job_did(jobs):
    jobs["effective"].append(lambda at: 1 / 0)
    with pytest.raises(SystemExit, match="1"):
        call_command("run_due", "--json")


def test_news_is_delivered_once(at):
    outbox.publish("nobody_listens", {}, at=at)
    assert ticker.turn(at=at)["outbox"] == 1
    assert ticker.turn(at=at)["outbox"] == 0
    assert OutboxMessage.objects.get().delivered_at == at
