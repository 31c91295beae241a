"""The catalogue of translations: one .po for zh-Hans, sorted and without anything that churns, and its .mo.

Several people may run this at once: every change happens under a lock on the catalogue's folder.
"""

import datetime
import fcntl
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from lianbing.kit.messages_sources import Text

LOCALE = "zh_Hans"
FOLDER = Path("locale") / LOCALE / "LC_MESSAGES"
_NO_DATE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True, order=True)
class Finding:
    """Something wrong with the catalogue: `what` is untranslated, fuzzy, stale, placeholders or compiled."""

    what: str
    text: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.text!r}{' ' + self.detail if self.detail else ''}"


def _empty() -> Catalog:
    return Catalog(
        locale=LOCALE,
        project="Lianbing",
        version="1",
        header_comment="# Lianbing in simplified Chinese. Written by manage.py messages.",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        last_translator="Lianbing",
        language_team="zh_Hans",
        fuzzy=False,
    )


def _key(message: Message) -> Text:
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id, "")
    return Text(ids[0], ids[1], message.context or "")


def _string(message: Message) -> str:
    string = message.string
    return (string[0] if string else "") if isinstance(string, (tuple, list)) else string or ""


def load(root: Path) -> dict[Text, Message]:
    """Every message of the .po by its text, those no longer used included. {} before there is one."""
    path = root / FOLDER / "django.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, locale=LOCALE)
    messages = [*catalog, *catalog.obsolete.values()]
    return {_key(message): message for message in messages if message.id}


def _known(messages: Mapping[Text, Message]) -> dict[tuple[str, str], str]:
    return {(text.singular, text.context): _string(m) for text, m in messages.items() if _string(m)}


def _build(texts: set[Text], known: Mapping[tuple[str, str], str], fuzzy: set[Text]) -> Catalog:
    catalog = _empty()
    for text in sorted(texts):
        string = known.get((text.singular, text.context), "")
        catalog.add(
            (text.singular, text.plural) if text.plural else text.singular,
            (string,) if text.plural else string,
            context=text.context or None,
            flags=["fuzzy"] if text in fuzzy else [],
        )
    used = {(text.singular, text.context) for text in texts}
    for (singular, context), string in sorted(known.items()):
        if (singular, context) not in used:
            catalog.obsolete[singular if not context else (singular, context)] = Message(
                singular, string, context=context or None
            )
    return catalog


def compiled(messages: Mapping[Text, Message]) -> bytes:
    """The bytes of the .mo for what the .po says."""
    catalog = _empty()
    for text, message in sorted(messages.items()):
        if _string(message):
            catalog.add(message.id, message.string, context=text.context or None)
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_suffix(path.suffix + ".new")
    temporary.write_bytes(content)
    temporary.replace(path)


def update(
    root: Path, texts: set[Text], fill: Mapping[str, str] | None = None, prune: bool = False
) -> list[str]:
    """Bring the .po and .mo up to `texts`, keeping every translation, adding those of `fill`.

    `fill` maps an English id to its Chinese (`context\\x04id` where there is a context). What is no
    longer used is kept apart in case it returns, unless `prune`. Returns the ids of `fill` that no
    source uses.
    """
    with _locked(root):
        before = load(root)
        known = _known(before)
        fresh = {}
        for key, string in (fill or {}).items():
            context, _mark, singular = key.rpartition("\x04")
            fresh[singular, context] = string
        known.update(fresh)
        fuzzy = {text for text, m in before.items() if m.fuzzy and (text.singular, text.context) not in fresh}
        catalog = _build(texts, known, fuzzy)
        out = BytesIO()
        write_po(out, catalog, width=110, sort_output=True, no_location=True, ignore_obsolete=prune)
        _replace(root / FOLDER / "django.po", out.getvalue())
        after = {_key(message): message for message in catalog if message.id}
        _replace(root / FOLDER / "django.mo", compiled(after))
    used = {(text.singular, text.context) for text in texts}
    return sorted(singular for singular, context in fresh if (singular, context) not in used)


def _check_one(text: Text, message: Message | None) -> Iterator[Finding]:
    if message is None or not _string(message):
        yield Finding("untranslated", text.singular)
        return
    if message.fuzzy:
        yield Finding("fuzzy", text.singular)
    wanted = set(_PLACEHOLDER.findall(text.plural or text.singular))
    found = set(_PLACEHOLDER.findall(_string(message)))
    if wanted != found:
        yield Finding("placeholders", text.singular, f"{sorted(wanted)} became {sorted(found)}")


def check(root: Path, texts: set[Text]) -> list[Finding]:
    """What is wrong with the catalogue against the texts of the product. [] = complete."""
    path = root / FOLDER / "django.po"
    messages: dict[Text, Message] = {}
    if path.exists():
        with path.open("rb") as file:
            messages = {_key(m): m for m in read_po(file, locale=LOCALE) if m.id}
    findings = [finding for text in sorted(texts) for finding in _check_one(text, messages.get(text))]
    findings += [Finding("stale", text.singular) for text in sorted(messages.keys() - texts)]
    compiled_file = path.with_suffix(".mo")
    if not compiled_file.exists() or compiled_file.read_bytes() != compiled(messages):
        findings.append(Finding("compiled", "django.mo", "is older than django.po"))
    return findings
