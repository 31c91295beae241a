"""Keys and tokens, read the strict way."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OctKey

from certificates.rules import signing
from certificates.rules.signing import Untrusted
from tests.factories.credentials import KEY, KEYS, SITE, payload, token


def refused(text, keys=KEYS):
    with pytest.raises(Untrusted) as caught:
        signing.verify(text, keys)
    return caught.value.code


def forged(header, body=b"{}", signature="A" * 86):
    """A token with any header."""
    return f"{signing.b64(json.dumps(header).encode())}.{signing.b64(body)}.{signature}"


def test_the_vector_of_rfc_8032_is_met():
    assert signing.public_part(KEY)["kid"] == KEY["kid"]
    signature = base64.urlsafe_b64decode(signing.sign_bytes(b"", KEY) + "==").hex()
    assert signature == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )


def test_the_token_of_a_known_certificate_never_changes():
    """A vector of our own: header, body and signature of the certificate in the factory."""
    head, _body, signature = token().split(".")
    assert json.loads(signing.unb64(head)) == {
        "alg": "EdDSA",
        "kid": f"{SITE}/verify/keys/{KEY['kid']}/",
        "typ": "vc+jwt",
    }
    assert (len(signature), token()) == (86, token())
    assert signing.verify(token(), KEYS) == (payload(), KEY["kid"])


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"alg": "none", "typ": "vc+jwt"}, "bad_algorithm"),
        ({"alg": "None", "typ": "vc+jwt"}, "bad_algorithm"),
        ({"alg": "HS256", "typ": "vc+jwt", "kid": KEY["kid"]}, "bad_algorithm"),
        ({"alg": ["EdDSA"], "typ": "vc+jwt", "kid": KEY["kid"]}, "bad_algorithm"),
        ({"typ": "vc+jwt", "kid": KEY["kid"]}, "bad_algorithm"),
        ({"alg": "EdDSA", "typ": "vc+jwt"}, "unknown_key"),
        ({"alg": "EdDSA", "typ": "vc+jwt", "kid": 7}, "unknown_key"),
        ({"alg": "EdDSA", "typ": "vc+jwt", "kid": "../../etc/passwd"}, "unknown_key"),
        ({"alg": "EdDSA", "typ": "vc+jwt", "kid": f"https://elsewhere.example/{'A' * 43}"}, "unknown_key"),
        ({"alg": "EdDSA", "typ": "vc+jwt", "kid": KEY["kid"], "jwk": signing.public_part(KEY)}, "malformed"),
        ({"alg": "EdDSA", "typ": "vc+jwt", "kid": KEY["kid"], "crit": ["b64"]}, "malformed"),
        ({"alg": "EdDSA", "typ": "at+jwt", "kid": KEY["kid"]}, "malformed"),
        ({"alg": "EdDSA", "typ": "vc+jwt", "kid": KEY["kid"]}, "bad_signature"),
    ],
)
def test_headers_that_try_something_are_refused(header, code):
    assert refused(forged(header)) == code
    if code == "bad_algorithm":
        assert refused(forged(header, signature="")) == code


def test_the_public_key_used_as_a_secret_proves_nothing():
    secret = OctKey.import_key(signing.unb64(KEY["x"]))
    header = {"alg": "HS256", "kid": KEY["kid"], "typ": "vc+jwt"}
    assert refused(jws.serialize_compact(header, b"{}", secret)) == "bad_algorithm"


def test_a_stranger_with_a_key_of_his_own_is_unknown():
    stranger = signing.new_key()
    assert refused(token(key=stranger)) == "unknown_key"
    posing = {**stranger, "kid": KEY["kid"]}
    assert refused(token(key=posing)) == "bad_signature"
    with pytest.raises(Untrusted, match="bad_key"):
        signing.key_set({"keys": [{**signing.public_part(stranger), "kid": KEY["kid"]}]})


@pytest.mark.parametrize(
    "text", ["", "..", "a.b", "a.b.c.d", "e30.e30.AA", "中.文.字", "e30.e30." + "A" * 86]
)
def test_what_is_no_token_is_malformed(text):
    assert refused(text) in {"malformed", "bad_algorithm"}


def test_a_name_that_stands_twice_is_malformed():
    for data in (b'{"a":1,"a":2}', b'{"a":{"b":1,"b":1}}', b"[]", b'{"a":NaN}', b"\xff", b"[" * 5000):
        with pytest.raises(Untrusted, match="malformed"):
            signing.loads(data)


@given(st.binary(max_size=100))
def test_base64url_has_one_way_to_write_each_text(data):
    written = signing.b64(data)
    assert signing.unb64(written) == data
    for other in (written + "=", written + "A" * 4 + "=", f" {written}", f"{written}\n"):
        with pytest.raises(Untrusted):
            signing.unb64(other)


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "x",
        {"keys": "x"},
        {"keys": [1]},
        {"kty": "RSA"},
        {**KEYS[KEY["kid"]], "crv": "X25519"},
        {**KEYS[KEY["kid"]], "x": "AA"},
    ],
)
def test_what_is_no_key_set_is_refused(document):
    with pytest.raises(Untrusted, match="bad_key"):
        signing.key_set(document)


def test_the_private_part_never_stands_in_the_public_one():
    assert set(signing.public_part(signing.new_key())) == {"kty", "crv", "x", "kid", "alg", "use"}
