"""What stands of contests on front pages, and what its acts are called."""

from exams.contests.panels import contests, pads, quiz, stage  # noqa: F401 -- registers itself
