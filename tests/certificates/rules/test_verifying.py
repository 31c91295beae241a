"""Whether a file proves a certificate."""

import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.rules import offline, signing
from certificates.rules.verifying import ENVELOPE, verify
from tests.factories import credentials
from tests.factories.credentials import AT, KEY, KEYS, code, payload, revocations, token, trust

DAY = datetime.timedelta(days=1)


def look(text, *lists, **fields):
    return verify(text.encode() if isinstance(text, str) else text, trust(*lists, **fields))


@pytest.mark.parametrize("text", [token(), code(), offline.armoured(code())])
def test_a_good_one_says_what_it_certifies(text):
    found = look(text, revocations(3))
    assert (found.valid, found.reason, found.status, found.kid) == (True, "", "list", KEY["kid"])
    assert found.said["number"] == "YXPX-2026-000123"
    assert found.said["name"] == "王**"
    assert [what for what, ok in found.checked if ok] == [
        "form",
        "key",
        "signature",
        "shape",
        "begun",
        "not_ended",
        "not_revoked",
    ]


def test_without_a_list_revocation_is_not_looked_at_and_not_claimed():
    found = look(token())
    assert (found.valid, found.status) == (True, "")
    assert "not_revoked" not in dict(found.checked)


@pytest.mark.parametrize("text", [token(), code()])
def test_a_revoked_place_is_refused(text):
    assert look(text, revocations(48211)).reason == "revoked"
    assert look(text, revocations(48210, 48212)).valid
    assert look(text, register=lambda number: number == "YXPX-2026-000123").reason == "revoked"
    assert look(text, register=lambda number: False).status == "register"


@pytest.mark.parametrize("text", [token(), code()])
@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (datetime.datetime(2026, 8, 11, 15, 59, 59, tzinfo=datetime.UTC), "not_yet_valid"),
        (datetime.datetime(2026, 8, 11, 16, 0, tzinfo=datetime.UTC), ""),
        (datetime.datetime(2028, 8, 11, 15, 59, 59, tzinfo=datetime.UTC), ""),
        (datetime.datetime(2028, 8, 11, 16, 0, tzinfo=datetime.UTC), "expired"),
    ],
)
def test_it_holds_from_the_first_moment_to_the_last_of_its_days(text, at, reason):
    assert look(text, at=at).reason == reason


@pytest.mark.parametrize(
    ("lists", "reason"),
    [
        ([revocations(number=2)], "status_of_another_list"),
        ([revocations(at=AT - 8 * DAY)], "status_expired"),
        ([revocations(at=AT + DAY)], "status_expired"),
        (["nonsense"], "status_malformed"),
        ([token()], "status_of_another_list"),
        ([revocations(key=signing.new_key())], "status_unknown_key"),
        ([revocations()[:-4]], "status_malformed"),
        ([revocations(1).rsplit(".", 1)[0] + "." + revocations().rsplit(".", 1)[1]], "status_bad_signature"),
    ],
)
def test_a_list_that_proves_nothing_lets_nothing_pass(lists, reason):
    assert look(token(), *lists).reason == reason


def test_of_several_lists_the_newest_counts():
    old, new = revocations(at=AT - DAY), revocations(48211)
    assert look(token(), new, old).reason == look(token(), old, new).reason == "revoked"


def test_a_site_that_moved_still_revokes_what_it_signed_before():
    moved = token(payload(site="https://old.example.gov.cn"))
    assert look(moved, revocations(3)).valid
    assert look(moved, revocations(48211)).reason == "revoked"


def test_a_status_list_is_no_certificate():
    assert look(revocations()).reason == "not_a_certificate"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "unreadable"),
        ("hello", "unreadable"),
        (b"\xff\xfe\x00", "unreadable"),
        ("{}", "unreadable"),
        ("{", "malformed"),
        (json.dumps(payload()), "unsigned"),
        (b"%PDF-1.7 nothing of ours", "nothing_inside"),
        (f"{credentials.SITE}/verify/0f8fad5b-d9cb-469f-a165-70867728950e/", "address_only"),
        (offline.FORMAT, "malformed"),
        (f"{offline.MARK}AAAA", "malformed"),
        (f"{offline.MARK}_", "malformed"),
    ],
)
def test_whatever_comes_in_the_answer_is_a_verdict(data, reason):
    found = look(data)
    assert (found.valid, found.reason, found.said) == (False, reason, {})


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_noise_is_never_valid(data):
    for start in (b"", b"%PDF-", offline.FORMAT.encode() + b"\n", b"{", b"eyJ"):
        assert not look(start + data).valid


def test_an_envelope_carries_a_token():
    wrapped = json.dumps({"id": ENVELOPE + token(), "type": "EnvelopedVerifiableCredential"})
    assert look(wrapped).valid
    assert look(wrapped).kind == "json"


def leaves(value, path=()):
    """Every plain value of a document with its path."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path, value


FIELDS = [path for path, _value in leaves(payload())]


def test_there_are_more_than_twenty_fields():
    assert len(FIELDS) >= 30


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: ".".join(map(str, path)))
def test_another_value_in_any_field_is_found(path):
    """Each bit of each field, as it stands in the JSON that is signed, turned over one by one."""
    head, _body, signature = token().split(".")
    document = payload()
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    whole = json.dumps(inner[path[-1]], ensure_ascii=False).encode()
    marked = inner[path[-1]] = "\u0001MARK\u0001"
    text = signing.canonical(document)
    start = text.index(json.dumps(marked).encode())
    text = signing.canonical(payload())
    assert text[start : start + len(whole)] == whole
    for place in range(start, start + len(whole)):
        for bit in range(8):
            body = bytearray(text)
            body[place] ^= 1 << bit
            assert not look(f"{head}.{signing.b64(bytes(body))}.{signature}").valid


@pytest.mark.parametrize("text", [token(), code()], ids=["token", "code"])
def test_every_bit_of_the_signature_counts(text):
    """Each byte of its 86 characters too: the four bits that base64 leaves over must not be free."""
    start = len(text.encode()) - 86
    for place in range(start, start + 86):
        for bit in range(8):
            changed = bytearray(text.encode())
            changed[place] ^= 1 << bit
            assert not look(bytes(changed)).valid


def test_every_bit_of_a_code_counts():
    text = code().encode()
    for place in range(len(text)):
        for bit in range(8):
            changed = bytearray(text)
            changed[place] ^= 1 << bit
            assert not look(bytes(changed)).valid


def test_every_bit_of_a_token_counts():
    text = token().encode()
    for place in range(len(text)):
        changed = bytearray(text)
        changed[place] ^= 1 << (place % 7)
        assert not look(bytes(changed)).valid


def test_scanners_may_end_lines_their_own_way():
    assert look(code().replace("\n", "\r\n") + "\r\n").valid


@pytest.mark.parametrize("swap", [(1, 2), (2, 5), (4, 6)])
def test_lines_may_not_change_places(swap):
    lines = code().split("\n")
    one, other = swap
    lines[one], lines[other] = lines[other], lines[one]
    assert not look("\n".join(lines)).valid


def test_a_retired_key_goes_on_proving_and_one_given_up_does_not():
    fresh = signing.new_key()
    both = {**KEYS, fresh["kid"]: signing.public_part(fresh)}
    assert look(token(), keys=both).valid
    assert look(code(key=fresh), keys=both).valid
    assert look(token(), keys={fresh["kid"]: both[fresh["kid"]]}).reason == "unknown_key"
