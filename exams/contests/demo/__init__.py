"""The demo's chapters of contests."""

from exams.contests.demo import contests, quiz  # noqa: F401 -- each registers itself
