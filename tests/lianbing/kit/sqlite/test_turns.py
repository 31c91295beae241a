"""Turns are given in the order they were asked for."""

import threading
import time

from lianbing.kit.sqlite.turns import Turns, turns_of


def wait_until_waiting(turns, count):
    end = time.monotonic() + 5
    while turns.waiting < count:
        assert time.monotonic() < end
        time.sleep(0.001)


def test_first_come_first_served():
    turns, order, threads = Turns(), [], []
    turns.take(1)

    def work(number):
        turns.take(5)
        order.append(number)
        turns.give_back()

    for number in range(20):
        threads.append(threading.Thread(target=work, args=(number,)))
        threads[-1].start()
        wait_until_waiting(turns, number + 1)
    turns.give_back()
    for thread in threads:
        thread.join(5)
    assert order == list(range(20))


def test_one_who_gave_up_waiting_holds_nobody_up():
    turns = Turns()
    turns.take(1)
    assert turns.take(0.01) is False
    turns.give_back()
    assert turns.take(0.01) is True
    assert turns.waiting == 0


def test_another_thread_may_give_the_turn_back():
    turns = Turns()
    turns.take(1)
    threading.Thread(target=turns.give_back).start()
    assert turns.take(5)


def test_a_file_has_one_queue():
    assert turns_of("/a") is turns_of("/a")
    assert turns_of("/a") is not turns_of("/b")
