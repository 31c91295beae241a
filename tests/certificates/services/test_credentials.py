"""Signing certificates, the keys that do it, and the status list."""

import stat
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from certificates.models import Credential, SigningKey
from certificates.queries.credentials import newest, public_keys, revoked_places, unsigned
from certificates.rules import offline, signing, status_list
from certificates.services import credentials, keys
from certificates.services.credentials import sign, sign_missing, status_token
from certificates.services.issuing import issue_by_hand
from certificates.services.revoking import revoke
from certificates.state.training import Ground
from lianbing.kit import backups
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM
from tests.factories import certificates, people

pytestmark = pytest.mark.django_db


def known():
    return signing.key_set({"keys": public_keys()})


def test_whoever_is_certified_gets_it_signed(at):
    rule, officer = certificates.rule(), people.officer(people.unit())
    made = issue_by_hand(
        rule=rule, officer=officer, valid_from=certificates.TODAY, reason="补发遗失的证书", by=SYSTEM, at=at
    )
    signed = newest(made)
    payload, kid = signing.verify(signed.token, known())
    assert payload["credentialSubject"]["licenseNumber"] == made.number
    assert (kid, offline.read(signed.offline, known())[0].number) == (signed.key.kid, made.number)


def test_it_is_signed_once(at):
    made = certificates.certificate()
    assert (sign_missing(at=at), sign_missing(at=at)) == (1, 0)
    text = newest(made).offline
    keys.rotate(by=SYSTEM, at=at, reason="每年更换密钥")
    assert sign_missing(at=at) == 0
    assert newest(made).offline == text


def test_nothing_is_signed_for_the_revoked(at):
    certificates.certificate(revoked=True)
    assert not unsigned().exists()


def test_many_are_signed_in_a_handful_of_statements(at, django_assert_max_num_queries):
    made = [certificates.certificate() for _ in range(30)]
    sign(made[:1], at=at)
    with django_assert_max_num_queries(8):
        assert sign(made[1:], at=at) == 29
    assert Credential.objects.values("status_list", "status_index").distinct().count() == 30


def test_two_that_draw_one_place_draw_again(at, monkeypatch):
    first, second = certificates.certificate(), certificates.certificate()
    sign([first], at=at)
    taken = newest(first)
    drawn = iter([[(taken.status_list, taken.status_index)], [(1, 77 if taken.status_index != 77 else 78)]])
    monkeypatch.setattr(credentials, "_free_places", lambda count: next(drawn))
    assert sign([second], at=at) == 1
    assert newest(second).status_index in {77, 78}


def test_a_list_is_filled_to_a_half_and_another_begun(at, monkeypatch):
    monkeypatch.setattr(status_list, "MOST_ON_ONE", 2)
    for _ in range(3):
        sign([certificates.certificate()], at=at)
    assert sorted(Credential.objects.values_list("status_list", flat=True)) == [1, 1, 2]


def test_a_data_folder_that_cannot_be_written_keeps_nobody_from_being_certified(
    at, settings, tmp_path, caplog
):
    (tmp_path / "file").write_text("")
    settings.CERTIFICATE_KEYS = tmp_path / "file" / "keys"
    rule, officer = certificates.rule(), people.officer(people.unit())
    made = issue_by_hand(
        rule=rule, officer=officer, valid_from=certificates.TODAY, reason="补发遗失的证书", by=SYSTEM, at=at
    )
    assert newest(made) is None
    assert "not signed" in caplog.text
    settings.CERTIFICATE_KEYS = tmp_path / "keys"
    assert sign_missing(at=at) == 1


def test_the_status_list_shows_a_revocation_at_once(at):
    made, other = certificates.certificate(), certificates.certificate()
    sign([made, other], at=at)
    revoke(certificate=made, ground=Ground.OTHER, reason="调查认定违规", by=SYSTEM, at=at)
    payload, _kid = signing.verify(status_token(1, at=at), known())
    bits = payload["credentialSubject"]["encodedList"]
    assert status_list.is_set(bits, newest(made).status_index)
    assert not status_list.is_set(bits, newest(other).status_index)
    assert status_token(2, at=at) is None


def test_what_a_stolen_key_signed_is_revoked_too(at):
    made = certificates.certificate()
    sign([made], at=at)
    place = newest(made).status_index
    keys.rotate(by=SYSTEM, at=at, reason="怀疑泄露密钥", compromised=True)
    assert revoked_places(1) == [place]


def test_the_private_key_is_for_its_owner_alone_and_stands_nowhere_else(at, settings):
    key, private = keys.current(at=at)
    path = Path(settings.CERTIFICATE_KEYS) / f"{key.kid}.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    stored = [str(row) for row in SigningKey.objects.values_list("public")]
    said = [str(row.details) for row in AuditRecord.objects.all()]
    assert not any(private["d"] in text for text in stored + said)


def test_a_lost_private_key_is_replaced_and_that_is_on_record(at, settings):
    key, _private = keys.current(at=at)
    (Path(settings.CERTIFICATE_KEYS) / f"{key.kid}.json").unlink()
    fresh, _private = keys.current(at=at)
    assert fresh.kid != key.kid
    assert {one["kid"] for one in public_keys()} == {key.kid, fresh.kid}
    assert AuditRecord.objects.filter(action="key_lost").count() == 1


def test_only_one_key_is_in_use(at):
    keys.current(at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.create(kid="x", public={}, created_at=at)


def test_two_who_rotate_at_once_rotate_once(at, monkeypatch):
    key, _private = keys.current(at=at)
    keys.rotate(by=SYSTEM, at=at, reason="每年更换密钥")
    monkeypatch.setattr(keys, "_in_use", lambda: key)
    with pytest.raises(keys.NotRotated):
        keys.rotate(by=SYSTEM, at=at, reason="每年更换密钥")
    assert SigningKey.objects.count() == 2


def test_a_backup_takes_the_keys_along(at, settings, tmp_path):
    settings.DATA_DIR, settings.CERTIFICATE_KEYS = tmp_path, tmp_path / "certificate-keys"
    key, _private = keys.current(at=at)
    packed = {name for name, _path in backups._data_files(tmp_path / "backup.tar.gz")}
    assert f"data/certificate-keys/{key.kid}.json" in packed
