"""What the settings of a rulebook are called in its editor: settings, choices, faults."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise
SETTINGS: dict[str, Text] = {
    "points": gettext_lazy("Points for a right answer"),
    "penalty": gettext_lazy("Taken off for a wrong answer"),
    "seconds": gettext_lazy("Seconds to answer (0 = no clock)"),
    "start_seconds": gettext_lazy("Seconds in which the answer must begin (0 = not set)"),
    "silence_seconds": gettext_lazy("Seconds of silence after which it is void (0 = not set)"),
    "press_seconds": gettext_lazy("Seconds in which one may press (0 = no limit)"),
    "timeout": gettext_lazy("Time up"),
    "early": gettext_lazy("Pressing before the start"),
    "early_penalty": gettext_lazy("Taken off for pressing early"),
    "after_miss": gettext_lazy("After a miss answers"),
    "no_press": gettext_lazy("When nobody presses"),
    "by": gettext_lazy("How it is answered"),
    "turns": gettext_lazy("Order of the players"),
    "order": gettext_lazy("Order of the teams"),
    "ties": gettext_lazy("Equal scores in that order"),
    "each": gettext_lazy("Questions for each"),
    "mode": gettext_lazy("Who is asked"),
    "values": gettext_lazy("Values to choose from"),
    "per_value": gettext_lazy("Questions of each value (0 = as many as there are turns)"),
    "loss": gettext_lazy("Taken off for a wrong answer"),
    "decline": gettext_lazy("A team may do without"),
    "target": gettext_lazy("Whom a team may name"),
    "judges": gettext_lazy("Judges who score (0 = until the judging is closed)"),
    "trim_from": gettext_lazy("Highest and lowest are left out from so many judges on"),
    "counted": gettext_lazy("Points won here are added to the score"),
    "until": gettext_lazy("Goes on until"),
    "speed_points": gettext_lazy("More points at most for a fast answer"),
    "partial": gettext_lazy("Half right gives half the points"),
}
OF_KIND: dict[tuple[str, str], Text] = {
    ("scenario", "points"): gettext_lazy("Points at most"),
    ("compulsory", "each"): gettext_lazy("Questions for each player"),
    ("buzzer", "seconds"): gettext_lazy("Seconds to answer after winning (0 = no clock)"),
    ("sudden_death", "seconds"): gettext_lazy("Seconds to answer after winning (0 = no clock)"),
}
HELP: dict[str, Text] = {
    "values": gettext_lazy("With commas: 10, 20, 30."),
    "trim_from": gettext_lazy("0 = never: the plain mean."),
}
OPTIONS: dict[str, Text] = {
    "timeout.wrong": gettext_lazy("counts as wrong"),
    "timeout.nothing": gettext_lazy("costs nothing"),
    "early.to_audience": gettext_lazy("costs points, and the question goes to the audience"),
    "early.lose_item": gettext_lazy("the team is out for this question, the others go on"),
    "early.second_costs": gettext_lazy("the first time out for this question, from the second on points too"),
    "early.restate": gettext_lazy("allowed, but the whole question must be restated, else points"),
    "early.out": gettext_lazy("the team is out of the sudden death"),
    "after_miss.nobody": gettext_lazy("nobody"),
    "after_miss.next": gettext_lazy("who pressed next"),
    "after_miss.audience": gettext_lazy("the audience"),
    "after_miss.chooser": gettext_lazy("the team that set it"),
    "no_press.nobody": gettext_lazy("the question is over"),
    "no_press.audience": gettext_lazy("it goes to the audience"),
    "by.voice": gettext_lazy("aloud, a judge rules"),
    "by.pad": gettext_lazy("on the pad"),
    "turns.across": gettext_lazy("all first players, then all second ones"),
    "turns.team": gettext_lazy("one team after the other"),
    "order.seat": gettext_lazy("by seat"),
    "order.lowest": gettext_lazy("the lowest score first"),
    "order.highest": gettext_lazy("the highest score first"),
    "ties.seat": gettext_lazy("by seat"),
    "ties.draw": gettext_lazy("drawn by lot"),
    "mode.in_turn": gettext_lazy("each team its own question"),
    "mode.together": gettext_lazy("all teams the same question at once"),
    "loss.same": gettext_lazy("the whole value"),
    "loss.half": gettext_lazy("half the value"),
    "loss.nothing": gettext_lazy("nothing"),
    "target.next": gettext_lazy("the next team"),
    "target.any": gettext_lazy("any other team"),
    "until.first": gettext_lazy("the first right answer"),
    "until.all": gettext_lazy("every place is found"),
}
TIE_RULES: tuple[tuple[str, Text], ...] = (
    ("lower_score", gettext_lazy("the team with the lower score answers")),
    ("draw", gettext_lazy("drawn by lot")),
    ("earlier", gettext_lazy("the earlier press answers all the same")),
    ("again", gettext_lazy("those teams press again")),
)
PROBLEMS: dict[str, Text] = {
    "missing": gettext_lazy("Fill this in."),
    "malformed": gettext_lazy("This is not what belongs here."),
    "too_small": gettext_lazy("This is too small."),
    "too_large": gettext_lazy("This is too large."),
    "too_long": gettext_lazy("At most 40 characters."),
    "too_many": gettext_lazy("There are too many."),
    "unknown": gettext_lazy("This is not known here."),
    "twice": gettext_lazy("This stands here twice."),
    "floor_above_base": gettext_lazy("The lowest score cannot be above what every team begins with."),
    "no_tie_break": gettext_lazy("A tie is broken by sudden death or a risk question."),
    "only_tie_break": gettext_lazy("Sudden death is for breaking ties only."),
    "nobody_on_stage": gettext_lazy("Without teams there are only rounds for the audience."),
    "together_no_miss": gettext_lazy("Where all teams answer at once, nobody is left after a miss."),
    "setting_too_small": gettext_lazy("This is too small."),
    "setting_too_large": gettext_lazy("This is too large."),
    "setting_twice": gettext_lazy("This stands here twice."),
    "setting_malformed": gettext_lazy("This is not what belongs here."),
}


def setting_name(kind: str, name: str) -> Text:
    """The label of a setting of a kind of round."""
    return OF_KIND.get((kind, name)) or SETTINGS.get(name, name)


def setting_help(name: str) -> Text:
    """The line below a setting, "" for most."""
    return HELP.get(name, "")


def option_name(setting: str, code: str) -> Text:
    """What a choice of a setting is called."""
    return OPTIONS.get(f"{setting}.{code}", code)


def problem_text(code: str) -> str:
    """What is wrong with a rulebook, in words."""
    return str(PROBLEMS.get(code, _("This does not fit the rest.")))
