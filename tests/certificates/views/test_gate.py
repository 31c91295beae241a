"""The door of the public pages: guessing is slowed down, an office is served."""

import datetime
import re
import uuid
from collections import Counter

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from certificates.views import gate
from certificates.views.verify import verify
from lianbing.kit import clock
from tests.factories import certificates


def look_up(client, uid, address="10.1.1.1", **query):
    return client.get(f"/verify/{uid}/", query, REMOTE_ADDR=address)


def later(at, seconds):
    return clock.pinned(at + datetime.timedelta(seconds=seconds))


def waited(response):
    """The ticket with which the page comes back by itself."""
    found = re.search(r"url=[^?]+\?wait=([^\"&]+)", response.content.decode())
    return found[1].replace("%3A", ":")


def test_ten_thousand_guesses_find_nothing_and_hardly_anything_is_looked_up(bureau):
    """Figures: of 10,000 ids asked for in one minute 20 were looked up, 1,180 asked to wait, 8,800 turned away."""
    certificates.certificate(bureau.officer)
    guess = RequestFactory().get("/verify/guess/", REMOTE_ADDR="10.1.1.1")
    with CaptureQueriesContext(connection) as asked:
        codes = Counter(verify(guess, str(uuid.uuid4())).status_code for _ in range(10_000))
    assert codes == {404: 20, 429: 9_980}
    assert len(asked) == 20


def test_who_waits_between_guesses_gets_sixty_answers_a_minute(bureau, as_user, at):
    client = as_user(None)
    for _ in range(gate.MISSES):
        look_up(client, uuid.uuid4())
    ids = [uuid.uuid4() for _ in range(200)]
    tickets = [waited(look_up(client, uid)) for uid in ids]
    with later(at, 6):
        codes = Counter(
            look_up(client, uid, wait=ticket).status_code for uid, ticket in zip(ids, tickets, strict=True)
        )
    assert codes == {404: gate.TICKETS_A_MINUTE, 429: 200 - gate.TICKETS_A_MINUTE}


def test_a_whole_office_behind_one_address_is_served(bureau, as_user):
    made = certificates.certificate(bureau.officer)
    client = as_user(None)
    assert {look_up(client, made.uid).status_code for _ in range(150)} == {200}


def test_it_is_served_a_little_later_even_beside_somebody_who_guesses(bureau, as_user, at):
    made = certificates.certificate(bureau.officer)
    client = as_user(None)
    for _ in range(500):
        look_up(client, uuid.uuid4())
    held = look_up(client, made.uid)
    assert (held.status_code, held["Retry-After"]) == (429, "5")
    assert made.number not in held.content.decode()
    assert look_up(client, made.uid, wait=waited(held)).status_code == 429
    with later(at, 5):
        assert look_up(client, made.uid, wait=waited(held)).status_code == 200
    assert look_up(client, made.uid, address="10.1.1.2").status_code == 200


def test_a_ticket_is_for_one_id_and_for_two_minutes(bureau, as_user, at):
    made = certificates.certificate(bureau.officer)
    client = as_user(None)
    for _ in range(gate.MISSES):
        look_up(client, uuid.uuid4())
    ticket = waited(look_up(client, uuid.uuid4()))
    own = waited(look_up(client, made.uid))
    with later(at, 10):
        for wait in (ticket, "", "nonsense", own + "x"):
            assert look_up(client, made.uid, wait=wait).status_code == 429
    with later(at, 121):
        assert look_up(client, made.uid, wait=own).status_code == 429


def test_ten_minutes_later_all_is_forgotten(bureau, as_user, at):
    client = as_user(None)
    for _ in range(gate.MISSES + 1):
        last = look_up(client, uuid.uuid4())
    assert last.status_code == 429
    with later(at, 601):
        assert look_up(client, uuid.uuid4()).status_code == 404


def test_one_network_is_one_address_of_ipv6(bureau, as_user):
    client = as_user(None)
    for n in range(gate.MISSES):
        look_up(client, uuid.uuid4(), address=f"2001:db8::{n:x}")
    assert look_up(client, uuid.uuid4(), address="2001:db8::ffff").status_code == 429
    assert look_up(client, uuid.uuid4(), address="2001:db8:0:1::1").status_code == 404


@pytest.mark.parametrize("address", ["", "unknown"])
def test_an_address_that_is_none_is_counted_all_the_same(bureau, as_user, address):
    client = as_user(None)
    for _ in range(gate.MISSES):
        look_up(client, uuid.uuid4(), address=address)
    assert look_up(client, uuid.uuid4(), address=address).status_code == 429


def test_held_up_pages_are_alike_for_every_id(bureau, as_user):
    made = certificates.certificate(bureau.officer)
    client = as_user(None)
    for _ in range(gate.MISSES):
        look_up(client, uuid.uuid4())
    pages = []
    for uid in (made.uid, uuid.uuid4()):
        text = look_up(client, uid).content.decode().replace(str(uid), "ID")
        pages.append(re.sub(r"wait=[^\"&]+", "wait=T", text))
    assert pages[0] == pages[1]
