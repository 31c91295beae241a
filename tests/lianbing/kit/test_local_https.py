"""A local authority that can vouch for the local network alone."""

import datetime
import ipaddress
import json

import pytest
from cryptography import x509
from django.core.management import CommandError, call_command

from lianbing.kit import local_https

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "tls"


def names(certificate):
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in found]


def test_a_certificate_for_an_address(folder, at):
    certificate = local_https.make("10.1.2.3", at=at)
    certificate.verify_directly_issued_by(local_https.authority())
    assert names(certificate) == ["10.1.2.3", "localhost", "127.0.0.1", "::1"]
    assert certificate.not_valid_after_utc - at < datetime.timedelta(days=825)
    assert local_https.address() == "10.1.2.3"


def test_keys_are_readable_by_their_owner_alone(folder, at):
    local_https.make("10.1.2.3", at=at)
    for name in ("authority.key", "server.key"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_making_it_again_changes_nothing(folder, at):
    first = local_https.make("10.1.2.3", at=at)
    assert local_https.make("10.1.2.3", at=at + DAY) == first


def test_another_address_keeps_the_authority(folder, at):
    first = local_https.make("10.1.2.3", at=at)
    authority = local_https.authority()
    second = local_https.make("exam.lan", at=at)
    assert (local_https.authority(), names(second)[0]) == (authority, "exam.lan")
    assert first != second


def test_it_is_renewed_before_it_ends(folder, at):
    first = local_https.make("10.1.2.3", at=at)
    assert local_https.make("10.1.2.3", at=first.not_valid_after_utc - 10 * DAY) != first


@pytest.mark.parametrize("where", ["8.8.8.8", "example.com", "2001:db8::1", "", "local.example.com"])
def test_public_addresses_are_refused(folder, at, where):
    with pytest.raises(local_https.NotLocal):
        local_https.make(where, at=at)
    assert local_https.files() is None


def test_the_authority_may_not_vouch_for_the_internet(folder, at):
    local_https.make("10.1.2.3", at=at)
    limits = local_https.authority().extensions.get_extension_for_class(x509.NameConstraints)
    allowed = [name.value for name in limits.value.permitted_subtrees]
    assert limits.critical
    assert ipaddress.ip_network("10.0.0.0/8") in allowed
    assert not any(ipaddress.ip_address("8.8.8.8") in net for net in allowed if not isinstance(net, str))


def test_the_command_reports(folder, capsys):
    call_command("local_https", "--address", "192.168.1.5", "--json")
    assert set(json.loads(capsys.readouterr().out)) == {"authority", "certificate", "expires"}
    with pytest.raises(CommandError, match="不是内网地址"):
        call_command("local_https", "--address", "1.1.1.1")
