"""Sessions as an iCalendar file (RFC 5545), for the calendar of a phone."""

import datetime
from collections.abc import Iterable

from courses.training.models import Session
from courses.training.queries.occupied import batch_label

FOLD = 73
"""Octets a line: 75 with the carriage return and the blank of a folded line."""


def ics(sessions: Iterable[Session], stamp: datetime.datetime) -> str:
    """The sessions as a calendar; times in UTC, so that no zone need be described."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lianbing//Training//ZH", "CALSCALE:GREGORIAN"]
    for session in sessions:
        what = f"{batch_label(session.batch)} · " if session.batch else ""
        lines += [
            "BEGIN:VEVENT",
            f"UID:{session.uid}@lianbing",
            f"DTSTAMP:{_utc(stamp)}",
            f"DTSTART:{_utc(session.starts_at)}",
            f"DTEND:{_utc(session.ends_at)}",
            f"SUMMARY:{_text(session.topic)}",
            f"LOCATION:{_text(session.room.name if session.room else session.place)}",
            f"DESCRIPTION:{_text(what + session.material)}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _utc(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """A long line in pieces of whole characters; the next piece begins with a blank."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > FOLD:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return "\r\n".join(pieces)
