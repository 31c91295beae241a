"""Contacts sealed at rest."""

import pytest

from exams.contests.rules import sealing


def test_what_was_sealed_opens_at_its_place():
    sealed = sealing.seal("13800138000", secret="s", place="q/1")
    assert "138" not in sealed
    assert sealing.unseal(sealed, secrets=["s"], place="q/1") == "13800138000"


def test_it_opens_nowhere_else():
    sealed = sealing.seal("13800138000", secret="s", place="q/1")
    with pytest.raises(sealing.Unopenable):
        sealing.unseal(sealed, secrets=["s"], place="q/2")
    with pytest.raises(sealing.Unopenable):
        sealing.unseal(sealed, secrets=["other"], place="q/1")


def test_an_older_secret_still_opens_it():
    sealed = sealing.seal("微信 abc", secret="old", place="q/1")
    assert sealing.unseal(sealed, secrets=["new", "old"], place="q/1") == "微信 abc"
