"""Signed certificates for tests, made of plain data: fixed keys, a token, a code, a status list."""

import datetime
from zoneinfo import ZoneInfo

from certificates.rules import badges, offline, signing, status_list
from certificates.rules.verifying import Trust

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
SITE = "https://exam.example.gov.cn"
# The private key of RFC 8032, section 7.1, test 1: known to all the world, so of no use but here.
KEY = {
    "kty": "OKP",
    "crv": "Ed25519",
    "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
}
KEYS = {KEY["kid"]: signing.public_part(KEY)}


def facts(**changes):
    """What a certificate says that began 100 days before AT and ends two years after that."""
    said = {
        "site": SITE,
        "uid": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "number": "YXPX-2026-000123",
        "title": "岗位执法培训合格证书",
        "kind": "培训证书",
        "criteria": "已通过考试“2026年岗位执法资格考试”。",
        "name": "王小明",
        "masked_name": "王**",
        "salt": "c2FsdHNhbHQ",
        "issuer": "云汐市城市管理综合执法局",
        "rule_uid": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "issued_at": AT - datetime.timedelta(days=100),
        "valid_from": datetime.date(2026, 8, 12),
        "valid_until": datetime.date(2028, 8, 11),
        "status_list": 1,
        "status_index": 48211,
        "zone": ZONE,
    }
    return badges.Facts(**{**said, **changes})


def payload(**changes):
    """The credential of `facts`."""
    return badges.badge(facts(**changes))


def token(body=None, key=KEY, **changes):
    """A signed credential; `body` instead of the usual one."""
    kid = badges.key_address(SITE, key["kid"])
    return signing.sign(payload(**changes) if body is None else body, key, kid=kid)


def paper(**changes):
    """What the code of the same certificate says."""
    one = facts(**changes)
    return offline.Paper(
        number=one.number,
        masked_name=one.masked_name,
        title=one.title,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        issuer=one.issuer,
        status_list=one.status_list,
        status_index=one.status_index,
    )


def code(key=KEY, **changes):
    """The signed text of that code."""
    return offline.signed(paper(**changes), key)


def revocations(*places, number=1, at=AT, key=KEY):
    """A signed status list that revokes these places."""
    made = status_list.credential(site=SITE, issuer="测试局", number=number, revoked=places, at=at)
    return signing.sign(made, key, kid=badges.key_address(SITE, key["kid"]))


def trust(*lists, at=AT, keys=KEYS, register=None):
    """A reader who goes by these keys and lists."""
    return Trust(keys=keys, at=at, zone=ZONE, lists=lists, register=register)
