"""What the fixed words of indicators and schemes are called in forms and tables."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.ratings.rules.words import Combine, Missing, ScaleKind, Window

COMBINE_NAMES = {
    Combine.SUM: _("The sum of all values"),
    Combine.MEAN: _("The mean of all values"),
    Combine.BEST: _("The best value"),
    Combine.LAST: _("The newest value"),
    Combine.COUNT: _("How many there are"),
    Combine.SHARE: _("The share of values that reach the mark, in percent"),
}
MISSING_NAMES = {
    Missing.ZERO: _("No points"),
    Missing.SKIP: _("Left out; the other lines are scaled up"),
    Missing.FULL: _("Full points"),
}
WINDOW_NAMES = {
    Window.PERIOD: _("The days of the period"),
    Window.YEAR: _("The calendar year up to the end of the period"),
    Window.TWELVE_MONTHS: _("The twelve months up to the end of the period"),
}
SCALE_NAMES = {
    ScaleKind.TARGET: _("Share of a target: at the target full points"),
    ScaleKind.RANGE: _("Between two values: none at the lower, full points at the upper"),
    ScaleKind.BANDS: _("In steps: each step its points"),
    ScaleKind.EACH: _("So many points for each"),
    ScaleKind.DIRECT: pgettext_lazy("scale", "The value is the points"),
}
