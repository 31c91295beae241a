"""What is wrong with an indicator or a scheme, in sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.ratings.rules.problems import Problem

Text = str | Promise
TEXTS: dict[str, Text] = {
    "fine_income": gettext_lazy(
        "Refused: income from fines must not be linked to assessment, directly or in disguise (%(law)s)."
        " Measure the quality of the work instead, such as the quality of case files."
    ),
    "money": gettext_lazy(
        "Refused: nothing that is counted in money may be assessed: that would link assessment to income from"
        " fines (%(law)s)."
    ),
    "code": gettext_lazy("Small Latin letters, digits and underscores, beginning with a letter."),
    "empty": gettext_lazy("This is needed."),
    "long": gettext_lazy("At most %(most)s characters."),
    "range": gettext_lazy("A figure between 0 and %(most)s."),
    "not_positive": gettext_lazy("A figure above 0."),
    "same": gettext_lazy("The two values must differ."),
    "none": gettext_lazy("At least one step is needed."),
    "not_falling": gettext_lazy("From the highest down: each step below the one before it."),
    "above_full": gettext_lazy("No step may give more than the full points or less than none."),
    "bonus_without_cap": gettext_lazy("A bonus needs a most: otherwise it outweighs everything else."),
    "no_lines": gettext_lazy("Choose at least one indicator and give it a weight."),
    "twice": gettext_lazy("The indicator %(code)s stands in it twice."),
    "unknown": gettext_lazy("There is no such indicator any more: %(code)s."),
    "for_units_only": gettext_lazy("This one measures units; it cannot stand in a scheme for people."),
    "not_above_floor": gettext_lazy("The highest score must be above the lowest."),
    "total": gettext_lazy(
        "Base and weights come to %(total)s, but the highest score is %(ceiling)s. They must agree, so that the"
        " bands can be read."
    ),
    "names": gettext_lazy("Every grade needs a name of its own."),
    "unknown_grade": gettext_lazy("There is no grade %(grade)s in this scheme."),
    "out_of_reach": gettext_lazy("The highest step lies above the highest score."),
    "gap_below": gettext_lazy(
        "The lowest step must begin at the lowest score, or some people stand below all."
    ),
    "star_range": gettext_lazy("Stars go from 0 to %(most)s."),
    "periods": gettext_lazy("At least one period."),
    "not_inside": gettext_lazy("Only shorter cycles can be rolled up."),
    "weights": gettext_lazy("Give every part a weight above 0."),
    "counts_beside_quality": gettext_lazy(
        "Numbers of cases may stand only beside the quality of cases, which must weigh at least as much: now"
        " %(counted)s points go by number and %(judged)s by quality. Counting alone invites invented and split"
        " cases."
    ),
}
LINE = "lines."


def problem_text(problem: Problem) -> str:
    """The sentence of a problem, with the indicator it is about where that is known."""
    text = str(TEXTS.get(problem.code, gettext_lazy("This cannot be so.")))
    said = text % {"code": "", "law": "", "most": "", **problem.params} if "%(" in text else text
    title = problem.params.get("title")
    if title and problem.field.startswith(LINE):
        return _("%(title)s: %(problem)s") % {"title": title, "problem": said}
    return said
