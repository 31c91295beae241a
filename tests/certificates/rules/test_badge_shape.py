"""The shape of credentials: ours, those of the specification, and those that must fail."""

import copy
import html
import json
import re

import pytest

from certificates.rules.badge_shape import credential_problems, problems
from certificates.rules.badges import name_hash
from certificates.rules.signing import loads, unb64
from tests.factories.credentials import payload, revocations


def without(*path):
    """Our credential with one field taken away."""
    document = copy.deepcopy(payload())
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return document


def test_ours_has_the_shape():
    assert problems(payload()) == []
    assert credential_problems(loads(unb64(revocations().split(".")[1]))) == []


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        (["@context"], "@context"),
        (["id"], "id"),
        (["type"], "type"),
        (["issuer"], "issuer"),
        (["credentialSubject", "type"], "credentialSubject.type"),
        (["credentialSubject", "identifier"], "credentialSubject.identifier"),
        (["credentialSubject", "achievement"], "credentialSubject.achievement"),
        (["credentialSubject", "achievement", "id"], "credentialSubject.achievement.id"),
        (["credentialSubject", "achievement", "name"], "credentialSubject.achievement.name"),
        (["credentialSubject", "achievement", "criteria"], "credentialSubject.achievement.criteria"),
        (["credentialStatus", "type"], "credentialStatus"),
    ],
)
def test_a_field_that_must_stand_there_is_missed(path, problem):
    assert problem in problems(without(*path))


@pytest.mark.parametrize("value", [None, [], "x", 7, {}])
def test_anything_else_is_no_credential(value):
    assert problems(value)


@pytest.mark.parametrize("value", ["2026-11-20", "20 Nov 2026", 5, "2026-13-01T00:00:00Z"])
def test_dates_are_moments(value):
    assert "validFrom" in problems({**payload(), "validFrom": value})


def test_it_may_not_end_before_it_begins():
    assert problems({**payload(), "validUntil": "2020-01-01T00:00:00Z"}) == ["validUntil"]


def test_a_name_can_be_held_against_the_credential_but_not_read_from_it():
    text = json.dumps(payload(), ensure_ascii=False)
    assert "王小明" not in text
    identity = payload()["credentialSubject"]["identifier"][0]
    assert (
        identity["identityHash"]
        == name_hash("王小明", identity["salt"])
        != name_hash("王小朋", identity["salt"])
    )


@pytest.mark.real_input
def test_the_examples_of_open_badges_have_the_shape(real_input):
    folder = real_input / "standards"
    files = sorted((folder / "ob3_educredentials").rglob("*.json"))
    wrong = {
        path.name: found
        for path in files
        if (found := problems(json.loads(path.read_text(encoding="utf-8"))))
    }
    assert len(files) >= 10
    # One of them breaks the specification: its achievement has no description.
    assert wrong == {"theed_regular_full_mbo.json": ["credentialSubject.achievement.description"]}


@pytest.mark.real_input
def test_the_basic_example_of_the_specification_has_the_shape(real_input):
    text = (real_input / "standards/ob3_spec/examples/basicOpenBadgeCredential.html").read_text(
        encoding="utf-8"
    )
    plain = html.unescape(re.sub(r"<[^>]+>", "", text))
    assert problems(json.loads(plain[plain.index("{") : plain.rindex("}") + 1])) == []


@pytest.mark.real_input
def test_good_and_bad_examples_of_the_test_suite_are_told_apart(real_input):
    """Presentations (example 8 too) and zero-knowledge proofs are not what this check is about; the rest is."""
    told = {}
    for path in sorted((real_input / "standards/vc_test_suite_1_0").glob("*.jsonld")):
        if any(word in path.name for word in ("-vp", "presentation", "-017-", "zkp", "example-8")):
            continue
        document = json.loads(path.read_text(encoding="utf-8"))
        told[path.name] = bool(credential_problems(document))
    wrong = {name: bad for name, bad in told.items() if bad != ("-bad-" in name)}
    assert len(told) > 20
    assert wrong == {}


@pytest.mark.real_input
def test_every_term_of_ours_stands_in_the_contexts(real_input):
    """A name that no context explains would be dropped by a JSON-LD reader."""
    folder = real_input / "standards/jsonld_contexts"
    known = "".join(
        (folder / name).read_text(encoding="utf-8")
        for name in ("credentials-v2.jsonld", "ob-v3p0-3.0.3.json")
    )
    # Claims of the token and words of the status list, which credentials/v2 brings along under its own name.
    claims = {"iss", "jti", "nbf", "exp", "@context"}

    def names(value):
        if isinstance(value, dict):
            for name, inner in value.items():
                yield name
                yield from names(inner) if name != "@context" else ()
        elif isinstance(value, list):
            for inner in value:
                yield from names(inner)

    assert sorted(name for name in set(names(payload())) - claims if f'"{name}"' not in known) == []
