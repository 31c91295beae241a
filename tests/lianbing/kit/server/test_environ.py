"""Only what may be believed reaches the environ."""

import io

import pytest

from lianbing.kit.server.environ import build, folded, forwarded, networks

PROXY = networks(["10.0.0.1", "192.168.0.0/24"])


def scope(headers=(), **changes):
    return {
        "method": "GET",
        "http_version": "1.1",
        "raw_path": b"/library/%E6%B3%95/",
        "query_string": b"q=1",
        "client": ("10.0.0.9", 5000),
        "server": ("127.0.0.1", 8000),
        "scheme": "http",
        "headers": list(headers),
        **changes,
    }


def environ(*headers, **changes):
    return build(scope(headers, **changes), io.BytesIO(), 0, PROXY)


@pytest.mark.parametrize(
    ("peer", "header", "client"),
    [
        ("10.0.0.9", "1.2.3.4", "10.0.0.9"),
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "1.2.3.4, 192.168.0.7", "1.2.3.4"),
        ("10.0.0.1", "192.168.0.7", "192.168.0.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("", "1.2.3.4", ""),
    ],
)
def test_forwarded_addresses_count_from_trusted_proxies_alone(peer, header, client):
    assert forwarded(peer, "http", {"x-forwarded-for": header}, PROXY)[0] == client


@pytest.mark.parametrize(
    ("peer", "said", "scheme"),
    [
        ("10.0.0.9", "https", "http"),
        ("10.0.0.1", "https", "https"),
        ("10.0.0.1", "javascript", "http"),
    ],
)
def test_the_forwarded_scheme_counts_from_trusted_proxies_alone(peer, said, scheme):
    assert forwarded(peer, "http", {"x-forwarded-proto": said}, PROXY)[1] == scheme


def test_repeated_headers_are_folded():
    raw = [(b"Cookie", b"a=1"), (b"cookie", b"b=2"), (b"Accept", b"x"), (b"accept", b"y")]
    assert folded(raw) == {"cookie": "a=1; b=2", "accept": "x,y"}


@pytest.mark.parametrize("name", [b"x_forwarded_for", b"Proxy", b"x-real-ip", b"Forwarded"])
def test_headers_that_pose_as_others_are_dropped(name):
    assert folded([(name, b"1.2.3.4")]) == {}


def test_forwarded_headers_never_reach_django():
    assert "HTTP_X_FORWARDED_HOST" not in environ((b"x-forwarded-host", b"evil"))


def test_path_query_and_lengths():
    made = environ((b"content-type", b"text/plain"), (b"content-length", b"7"))
    assert made["PATH_INFO"].encode("latin-1").decode() == "/library/法/"
    assert (made["QUERY_STRING"], made["CONTENT_TYPE"], made["CONTENT_LENGTH"]) == ("q=1", "text/plain", "0")
    assert "HTTP_CONTENT_LENGTH" not in made


def test_a_proxy_that_is_no_address_is_an_error():
    with pytest.raises(ValueError, match="nginx"):
        networks(["nginx"])


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (b"application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded"),
        (b"Application/X-WWW-Form-Urlencoded;charset=base64", "application/x-www-form-urlencoded"),
        (b"application/json; charset=utf-8", "application/json; charset=utf-8"),
        (b"multipart/form-data; boundary=x", "multipart/form-data; boundary=x"),
    ],
)
def test_a_form_has_no_charset_of_its_own(said, read):
    assert environ((b"content-type", said))["CONTENT_TYPE"] == read
