"""Where points come from: one file per source, each telling what happened to whom and where that is written."""

from certificates.ratings.evidence import (
    contests,
    drills,
    duty,
    exams,
    hours,
    imported,
    records,
    units,
)
from certificates.ratings.evidence.base import Ask, Base, Excluded, Found, found

SOURCES = contests, drills, duty, exams, hours, imported, records, units  # imported so that they register

__all__ = ["SOURCES", "Ask", "Base", "Excluded", "Found", "found"]
