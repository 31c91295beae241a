"""Checking a certificate and rotating keys, by command."""

import io
import json

import pytest
from django.conf import settings as site
from django.core.management import call_command

from certificates.models import SigningKey
from certificates.queries.credentials import newest, public_keys
from certificates.rendering.credentials import on_paper
from certificates.services.credentials import sign, sign_missing, status_token
from certificates.services.revoking import revoke
from certificates.state.training import Ground
from lianbing.kit import clock, pdf
from lianbing.people.rules import SYSTEM
from tests.factories import certificates


def run(name, *args):
    """The exit code and the JSON on stdout."""
    out, code = io.StringIO(), 0
    try:
        call_command(name, *map(str, args), "--json", stdout=out, stderr=io.StringIO())
    except SystemExit as stop:
        code = stop.code
    return code, json.loads(out.getvalue())


@pytest.fixture
def friday(at):
    with clock.pinned(at):
        yield


@pytest.fixture
def signed(db, at, friday, tmp_path, django_capture_on_commit_callbacks):
    """A signed certificate, its files, and the public keys."""
    with django_capture_on_commit_callbacks(execute=True):
        made = certificates.certificate()
        sign([made], at=at)
    paper = on_paper(made)
    source = '#let d = json("data.json")\n#set document(keywords: (d.keyword,))\n'
    document = pdf.render(source, {"keyword": paper["keyword"]}, at=at)
    wrapped = {
        "id": f"data:application/vc+jwt,{paper['credential']}",
        "type": "EnvelopedVerifiableCredential",
    }
    (tmp_path / "one.jwt").write_text(paper["credential"])
    (tmp_path / "one.json").write_text(json.dumps(wrapped))
    (tmp_path / "one.txt").write_text(paper["offline"], encoding="utf-8")
    (tmp_path / "one.pdf").write_bytes(document)
    (tmp_path / "keys.json").write_text(json.dumps({"keys": public_keys()}))
    (tmp_path / "status.jwt").write_text(status_token(1, at=at))
    return made


@pytest.mark.parametrize("name", ["one.jwt", "one.json", "one.txt", "one.pdf"])
def test_every_form_of_a_certificate_is_checked(signed, tmp_path, name):
    code, said = run("verify_certificate", tmp_path / name)
    assert (code, said["valid"], said["reason"], said["status"]) == (0, True, "", "register")
    assert (said["number"], said["title"]) == (signed.number, signed.title)
    assert all(one["ok"] for one in said["checked"])


@pytest.mark.parametrize("name", ["one.jwt", "one.json", "one.txt", "one.pdf"])
def test_a_revocation_is_known_at_once(signed, tmp_path, at, name):
    revoke(certificate=signed, ground=Ground.OTHER, reason="调查认定违规", by=SYSTEM, at=at)
    assert run("verify_certificate", tmp_path / name)[1]["code"] == "revoked"
    (tmp_path / "new.jwt").write_text(status_token(1, at=at))
    code, said = run("verify_certificate", tmp_path / name, "--status", tmp_path / "new.jwt", "--offline")
    assert (code, said["code"], said["status"]) == (1, "revoked", "list")


def test_no_database_is_asked_when_all_is_given(signed, tmp_path, django_assert_num_queries):
    given = ("--keys", tmp_path / "keys.json", "--status", tmp_path / "status.jwt")
    with django_assert_num_queries(0):
        code, said = run("verify_certificate", tmp_path / "one.jwt", *given)
    assert (code, said["status"], said["status_as_of"]) == (0, "list", "2026-11-20T01:00:00Z")
    with django_assert_num_queries(0):
        assert run("verify_certificate", tmp_path / "one.txt", "--offline")[1]["status"] == ""


def test_a_changed_file_is_refused(signed, tmp_path):
    text = (tmp_path / "one.txt").read_text(encoding="utf-8").replace("-2026-", "-2025-")
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    code, said = run("verify_certificate", tmp_path / "one.txt")
    assert (code, said["valid"], said["code"], said["number"]) == (1, False, "bad_signature", "")
    assert said["checked"][-1] == {"what": "signature", "ok": False}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"%PDF-1.7", b"hello"])
def test_what_is_no_certificate_is_told_apart(signed, tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    code, said = run("verify_certificate", tmp_path / "x")
    assert (code, said["valid"]) == (2, False)
    assert said["reason"]


@pytest.mark.parametrize("missing", ["file", "keys", "status"])
def test_a_file_that_is_not_there_is_named(signed, tmp_path, missing):
    paths = {"file": tmp_path / "one.jwt", "keys": tmp_path / "keys.json", "status": tmp_path / "status.jwt"}
    paths[missing] = tmp_path / "gone"
    given = ("--keys", paths["keys"], "--status", paths["status"])
    code, said = run("verify_certificate", paths["file"], *given)
    assert (code, said["valid"]) == (2, False)
    assert "gone" in said["reason"]


def test_rotation_keeps_what_was_signed(signed, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        code, said = run("rotate_certificate_key", "--reason", "每年更换密钥")
    assert (code, said["rotated"]) == (0, True)
    assert SigningKey.objects.get(retired_at=None).kid == said["kid"]
    assert run("verify_certificate", tmp_path / "one.jwt")[1]["valid"]
    private = {path.stem for path in site.CERTIFICATE_KEYS.glob("*.json")}
    assert said["kid"] in private
    assert newest(signed).key.kid not in private


def test_a_key_that_was_stolen_proves_nothing_and_its_certificates_are_signed_again(
    signed, tmp_path, at, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        run("rotate_certificate_key", "--reason", "怀疑泄露密钥", "--compromised")
    assert run("verify_certificate", tmp_path / "one.jwt")[1]["code"] == "unknown_key"
    assert (sign_missing(at=at), sign_missing(at=at)) == (1, 0)
    (tmp_path / "again.jwt").write_text(newest(signed).token)
    assert run("verify_certificate", tmp_path / "again.jwt")[1]["valid"]


def test_a_key_retired_earlier_can_be_given_up_later(signed, tmp_path, django_capture_on_commit_callbacks):
    old = newest(signed).key.kid
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            run("rotate_certificate_key", "--reason", "怀疑泄露密钥", "--compromised", "--kid", old)[0] == 2
        )
        run("rotate_certificate_key", "--reason", "每年更换密钥")
        assert (
            run("rotate_certificate_key", "--reason", "怀疑泄露密钥", "--compromised", "--kid", old)[0] == 0
        )
    assert run("verify_certificate", tmp_path / "one.jwt")[1]["code"] == "unknown_key"


@pytest.mark.django_db
def test_rotation_needs_a_reason(friday):
    assert run("rotate_certificate_key", "--reason", "x")[0] == 2
    assert not SigningKey.objects.exists()
