"""How what a review looks at is called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.rules.reviewing import Exam, Lack

EXAM_LABELS = {
    Exam.PASSED: pgettext_lazy("review", "Passed"),
    Exam.FAILED: pgettext_lazy("review", "Not passed"),
    Exam.ABSENT: _("Did not sit"),
    Exam.NONE: pgettext_lazy("review", "No exam this year"),
}
LACK_LABELS = {
    Lack.HOURS: pgettext_lazy("review", "Hours missing"),
    Lack.EXAM: pgettext_lazy("review", "No passed exam"),
    Lack.CONDUCT: pgettext_lazy("review", "Conduct to be looked at"),
}
