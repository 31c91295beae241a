"""Names of the fixed words of ratings, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.ratings.rules.words import Kind, PeriodKind, Source, Subject
from certificates.ratings.state import Act, Phase

SUBJECT_LABELS = {
    Subject.OFFICER: _("People"),
    Subject.UNIT: _("Units"),
}
KIND_LABELS = {
    Kind.SCORE: pgettext_lazy("indicator", "Score"),
    Kind.BONUS: _("Bonus"),
    Kind.DEDUCTION: _("Deduction"),
    Kind.VETO: _("Veto"),
}
PERIOD_LABELS = {
    PeriodKind.MONTHLY: _("Monthly check"),
    PeriodKind.QUARTERLY: _("Quarterly assessment"),
    PeriodKind.MIDYEAR: _("Mid-year review"),
    PeriodKind.ANNUAL: _("Annual appraisal"),
}
PHASE_LABELS = {
    Phase.OPEN: _("Running"),
    Phase.GATHERED: _("Evidence gathered"),
    Phase.COMPUTED: _("Computed"),
    Phase.REVIEWED: _("Reviewed"),
    Phase.CONFIRMED: _("Confirmed"),
    Phase.PUBLISHED: _("Published, open to appeals"),
    Phase.LOCKED: _("Closed"),
}
ACT_LABELS = {
    Act.OPENED: _("Opened"),
    Act.GATHERED: _("Gathered the evidence"),
    Act.COMPUTED: _("Computed the results"),
    Act.REVIEWED: _("Reviewed the results"),
    Act.CONFIRMED: _("Confirmed the results"),
    Act.PUBLISHED: _("Published the results"),
    Act.LOCKED: _("Closed the period"),
    Act.CORRECTED: _("Corrected the results"),
    Act.REOPENED: _("Took the results back before publication"),
}
SOURCE_LABELS = {
    Source.EXAM: _("Exam results"),
    Source.DRILL: _("Drills"),
    Source.HOURS: _("Training hours"),
    Source.CONTEST: _("Contests"),
    Source.HONOUR: _("Honours"),
    Source.SANCTION: _("Sanctions"),
    Source.MEASURE: _("Talks, admonitions and yellow cards"),
    Source.SUPERVISION: _("Findings of supervision"),
    Source.EXTERNAL: _("Evaluation from outside"),
    Source.IMPORTED: _("Scores taken over from a file"),
    Source.CASE_QUALITY: _("Quality of cases"),
    Source.CASE_COUNT: _("Number of cases"),
    Source.CERTIFICATE: _("Enforcement certificate"),
    Source.UNIT_EXAM: _("Exams of the unit"),
    Source.UNIT_COVERAGE: _("Training coverage of the unit"),
    Source.UNIT_MEAN: _("Mean result of the unit's people"),
    Source.ROLL_UP: _("Results of earlier periods"),
}
