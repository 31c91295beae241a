"""HTTPS in a network without the internet: an authority of our own and a certificate for one address.

Whoever holds the authority's key can pose as any site to the phones that trust it. So the authority is
limited by name constraints to private addresses and local names, and its key never leaves the data folder.
"""

import datetime
import ipaddress
import os
import socket
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey as Key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

PRIVATE = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "fc00::/7",
    "::1/128",
]
LOCAL_NAMES = ["localhost", "local", "lan", "internal", "intranet"]
AUTHORITY_DAYS = 3650
# Apple's devices refuse a server certificate of more than 825 days, even from an authority of one's own.
SERVER_DAYS = 800
RENEW_DAYS = 30


class NotLocal(ValueError):
    """The address is not a private one; a public address deserves a certificate the world trusts."""


def folder() -> Path:
    """Where keys and certificates lie."""
    return Path(settings.DATA_DIR) / "tls"


def files() -> tuple[str, str] | None:
    """The server's certificate and key files, or None when none were made."""
    certificate, key = folder() / "server.crt", folder() / "server.key"
    return (str(certificate), str(key)) if certificate.exists() and key.exists() else None


def address() -> str | None:
    """The address the server's certificate was made for."""
    path = folder() / "address"
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def authority() -> x509.Certificate | None:
    """The authority's certificate, or None."""
    path = folder() / "authority.crt"
    return x509.load_pem_x509_certificate(path.read_bytes()) if path.exists() else None


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate as pairs of capitals, to compare by eye."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def make(where: str, *, at: datetime.datetime) -> x509.Certificate:
    """Make what is missing for the address `where` (IP or local name) at `at`; returns the certificate.

    The authority is kept once made, so that phones need to be told only once. Raises NotLocal.
    """
    name = _general_name(where.strip())
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    found = _current(name, at)
    if found is None:
        authority_key, authority_certificate = _authority(at)
        found = _server(name, authority_key, authority_certificate, at)
    _write(folder() / "address", where.strip().encode(), 0o644)
    return found


def _general_name(where: str) -> x509.GeneralName:
    try:
        ip = ipaddress.ip_address(where)
    except ValueError:
        name = where.lower()
        if not any(name == local or name.endswith(f".{local}") for local in LOCAL_NAMES):
            raise NotLocal(where) from None
        return x509.DNSName(name)
    if not any(ip in ipaddress.ip_network(net) for net in PRIVATE):
        raise NotLocal(where)
    return x509.IPAddress(ip)


def _current(name: x509.GeneralName, at: datetime.datetime) -> x509.Certificate | None:
    """The certificate there is, if it is for this address, from this authority and not about to end."""
    issuer = authority()
    if issuer is None or files() is None:
        return None
    certificate = x509.load_pem_x509_certificates((folder() / "server.crt").read_bytes())[0]
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasts = certificate.not_valid_after_utc > at + datetime.timedelta(days=RENEW_DAYS)
    try:
        certificate.verify_directly_issued_by(issuer)
    except Exception:  # cryptography raises several kinds; each means the same here: make a new one
        return None
    return certificate if lasts and name in names else None


def _authority(at: datetime.datetime) -> tuple[Key, x509.Certificate]:
    found, key_path = authority(), folder() / "authority.key"
    if found is not None and key_path.exists():
        key = serialization.load_pem_private_key(key_path.read_bytes(), None)
        assert isinstance(key, Key)
        if found.not_valid_after_utc > at + datetime.timedelta(days=SERVER_DAYS):
            return key, found
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Lianbing"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Lianbing local authority {socket.gethostname()}"[:64]),
        ]
    )
    allowed = [x509.IPAddress(ipaddress.ip_network(net)) for net in PRIVATE]
    names = [x509.DNSName(name) for name in LOCAL_NAMES]
    certificate = (
        _builder(subject, subject, key, at, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign_certificates=True), critical=True)
        .add_extension(x509.NameConstraints([*allowed, *names], None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(key_path, key)
    _write(folder() / "authority.crt", certificate.public_bytes(serialization.Encoding.PEM), 0o644)
    return key, certificate


def _server(
    name: x509.GeneralName, issuer_key: Key, issuer: x509.Certificate, at: datetime.datetime
) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str(name.value)[:64])])
    names = [name]
    for other in (
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
        x509.IPAddress(ipaddress.ip_address("::1")),
    ):
        if other not in names:
            names.append(other)
    certificate = (
        _builder(subject, issuer.subject, key, at, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .sign(issuer_key, hashes.SHA256())
    )
    _write_key(folder() / "server.key", key)
    chain = certificate.public_bytes(serialization.Encoding.PEM) + issuer.public_bytes(
        serialization.Encoding.PEM
    )
    _write(folder() / "server.crt", chain, 0o644)
    return certificate


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, at: datetime.datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # A day back: a phone's clock may be behind the server's.
        .not_valid_before(at - datetime.timedelta(days=1))
        .not_valid_after(at + datetime.timedelta(days=days))
    )


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign_certificates,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write_key(path: Path, key: Key) -> None:
    data = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    _write(path, data, 0o600)


def _write(path: Path, data: bytes, mode: int) -> None:
    """Write beside and rename, so that a reader never sees half a file."""
    beside = path.with_suffix(path.suffix + ".new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    beside.replace(path)
