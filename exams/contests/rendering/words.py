"""Why a move is refused, and what the rules say: codes of the pure modules as sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.contests import rounds
from exams.contests.rules.buzzer import AGAIN, DRAW, EARLIER, LOWER_SCORE
from exams.contests.rules.match import NOTHING
from exams.contests.rules.rulebook import RoundRules, Rulebook
from exams.contests.rules.settings import plain

REFUSALS = {
    # What a pad sends.
    "no_desk": gettext_lazy("Marks are given at the judges' desk."),
    "no_seat": gettext_lazy("This seat has been withdrawn or moved to another device. Take a seat again."),
    "not_running": gettext_lazy("The match is not running."),
    "another_turn": gettext_lazy("This was for another question; it is over."),
    "paused": gettext_lazy("The match is paused."),
    "not_open_yet": gettext_lazy("Answers count once the host has said “start”."),
    "too_late": gettext_lazy("Too late: the time was over when this arrived."),
    "not_asked": gettext_lazy("It is not your turn to answer."),
    "malformed": gettext_lazy("This could not be read."),
    "blank": gettext_lazy("The answer is empty."),
    "answered": gettext_lazy("An answer has been given already; the first one counts."),
    "pressed": gettext_lazy("You have pressed already; the first press counts."),
    "no_buzzer": gettext_lazy("There is no buzzer in this round."),
    "pressed_early": gettext_lazy("Your team pressed too early and has lost this question."),
    "has_tried": gettext_lazy("Your team has answered this question already."),
    "may_not_press": gettext_lazy("This team may not press for this question."),
    # Who may.
    "not_yours": gettext_lazy("You have no part in running this match."),
    "not_your_role": gettext_lazy("Your role at this contest does not allow this."),
    "own_unit": gettext_lazy("%(team)s is the team of your own unit: a judge does not judge their own unit."),
    "moved_on": gettext_lazy("Something has happened since you looked. Look at the desk and decide again."),
    "bad_rulebook": gettext_lazy("The rules of this match cannot be read. Mend them before the start."),
    # What the rules refuse.
    "wrong_phase": gettext_lazy("This is not possible at this point of the question."),
    "unknown_move": gettext_lazy("There is no such move."),
    "seq_gap": gettext_lazy("Something has happened since you looked. Look at the desk and decide again."),
    "already_started": gettext_lazy("The match has already begun."),
    "not_started": gettext_lazy("The match has not begun yet."),
    "not_finished": gettext_lazy("The match is not over yet."),
    "finished": gettext_lazy("The match is over."),
    "confirmed": gettext_lazy("The result is confirmed; nothing changes any more."),
    "not_paused": gettext_lazy("The match is not paused."),
    "no_teams": gettext_lazy("There are no teams."),
    "no_round": gettext_lazy("No round is running."),
    "round_running": gettext_lazy("A round is running. Close it first."),
    "round_order": gettext_lazy("Next is round %(round)s."),
    "rounds_over": gettext_lazy("All rounds are over."),
    "round_uneven": gettext_lazy(
        "This round is not over: some teams have been asked less often than others."
    ),
    "tie_undecided": gettext_lazy("The tie-break has not decided yet, and there are questions left."),
    "round_done": gettext_lazy("This round has asked everybody. Close it."),
    "no_turn": gettext_lazy("No question is on."),
    "turn_running": gettext_lazy("A question is on. Finish it first."),
    "not_next": gettext_lazy("By the order of this round somebody else is next."),
    "item_needed": gettext_lazy("There is no question left for this. Use a spare one."),
    "item_asked": gettext_lazy("This question has been asked already."),
    "item_not_here": gettext_lazy("This question does not belong to this round or to this value."),
    "item_laid": gettext_lazy("Another question was laid for this turn."),
    "nothing_to_choose": gettext_lazy("There is nothing to choose in this round."),
    "not_choosing": gettext_lazy("It is not this team's choice."),
    "no_such_value": gettext_lazy("Choose one of %(values)s points."),
    "no_such_target": gettext_lazy("This team cannot be named here."),
    "no_declining": gettext_lazy("In this round a team may not decline."),
    "no_press": gettext_lazy("Nobody pressed who may answer."),
    "no_panel": gettext_lazy("In this round judges give no points."),
    "no_ruling": gettext_lazy("In this round the pads' answers decide; there is nothing to rule."),
    "nobody_scored": gettext_lazy("No judge has given points yet."),
    "points_out_of_range": gettext_lazy("Give from 0 to %(most)s points."),
    "not_answering": gettext_lazy("It is not this team that is answering."),
    "not_passed_there": gettext_lazy("By the rules of this round the question does not go there."),
    "not_ruled": gettext_lazy("The answer has not been ruled on yet."),
    "only_void_again": gettext_lazy("Only a void question is asked anew."),
    "no_such_team": gettext_lazy("There is no such team."),
    "no_such_turn": gettext_lazy("There is no such question."),
    "no_change": gettext_lazy("Give points other than 0."),
    "foul_points": gettext_lazy("By the rules this foul costs %(points)s points."),
    "seats_wrong": gettext_lazy("The seats of the teams do not fit: 1 to 16, each once."),
    "player_twice": gettext_lazy("A player is on two teams."),
    "team_size": gettext_lazy("A team has nobody on stage, or more than the %(most)s the rules allow."),
    "not_of_team": gettext_lazy("This player cannot be put in or taken out."),
    "substitutions_used": gettext_lazy("No substitution is left: the rules allow %(most)s."),
    "no_such_foul": gettext_lazy("The rules know no such foul."),
    "reason_needed": gettext_lazy("Give a reason."),
    "reason_too_long": gettext_lazy("The reason is longer than %(most)s characters."),
    "nothing_to_undo": gettext_lazy("There is nothing to undo."),
    "not_the_newest": gettext_lazy("Only what happened last can be undone."),
    "key_shown": gettext_lazy(
        "Everybody has seen the answer to this question, so it is not opened again. Change the points instead."
    ),
    "not_tied": gettext_lazy("These teams are not equal: there is no tie to break."),
    "no_tie_break": gettext_lazy("The rules know no tie-break."),
    "rounds_left": gettext_lazy("There are rounds left."),
}
RULES = {
    "points": gettext_lazy("A right answer earns %(value)s points."),
    "panel_points": gettext_lazy("Each judge gives up to %(value)s points."),
    "points.none": gettext_lazy("A right answer earns no points."),
    "penalty": gettext_lazy("A wrong answer costs %(value)s points."),
    "penalty.none": gettext_lazy("A wrong answer costs nothing."),
    "seconds": gettext_lazy("%(value)s seconds to answer."),
    "seconds.none": gettext_lazy("No limit of time."),
    "start_seconds": gettext_lazy("The answer must begin within %(value)s seconds."),
    "silence_seconds": gettext_lazy("%(value)s seconds of silence end the answer."),
    "timeout.nothing": gettext_lazy("Running out of time costs nothing."),
    "timeout.wrong": gettext_lazy("Running out of time counts as wrong."),
    "order.seat": gettext_lazy("The teams are asked in the order of their seats."),
    "order.lowest": gettext_lazy("The team with the lowest score is asked first."),
    "order.highest": gettext_lazy("The team with the highest score is asked first."),
    "ties.seat": gettext_lazy("Equal scores: in the order of the seats."),
    "ties.draw": gettext_lazy("Equal scores: the order is drawn."),
    "each": gettext_lazy("Questions for each team: %(value)s."),
    "each_player": gettext_lazy("Questions for each player: %(value)s."),
    "each_together": gettext_lazy("Questions for all teams: %(value)s."),
    "by.voice": gettext_lazy("Answers are spoken."),
    "by.pad": gettext_lazy("Answers are given on the pads."),
    "after_miss.nobody": gettext_lazy("After a miss the question is over."),
    "after_miss.audience": gettext_lazy("After a miss the question goes to the audience."),
    "after_miss.next": gettext_lazy("After a miss the next in the order of the presses may answer."),
    "after_miss.chooser": gettext_lazy("After a miss the team that set the question may answer it."),
    "turns.across": gettext_lazy("First the first players of all teams, then the second ones, and so on."),
    "turns.team": gettext_lazy("All players of a team one after the other, then the next team."),
    "mode.in_turn": gettext_lazy("Every team gets a question of its own; team-mates may add."),
    "mode.together": gettext_lazy("All teams answer the same question at the same time."),
    "press_seconds": gettext_lazy("The buzzer is open for %(value)s seconds."),
    "press_seconds.none": gettext_lazy("The buzzer stays open until somebody presses."),
    "early.to_audience": gettext_lazy(
        "Pressing before “start” costs points, and the question goes to the audience."
    ),
    "early.lose_item": gettext_lazy("Who presses before “start” loses this question."),
    "early.second_costs": gettext_lazy(
        "Pressing before “start” loses the question; from the second time on it also costs points."
    ),
    "early.restate": gettext_lazy(
        "Who presses while the question is read must restate it in full before answering."
    ),
    "early.out": gettext_lazy("Pressing before “start” is a wrong answer."),
    "early_penalty": gettext_lazy("Pressing too early costs %(value)s points."),
    "early_penalty.none": gettext_lazy("Pressing too early costs no points."),
    "no_press.nobody": gettext_lazy("If nobody presses, the question is over."),
    "no_press.audience": gettext_lazy("If nobody presses, the question goes to the audience."),
    "values": gettext_lazy("Points to choose from: %(values)s."),
    "per_value": gettext_lazy("Questions of each value: %(value)s."),
    "loss.same": gettext_lazy("Wrong loses as many points as were at stake."),
    "loss.half": gettext_lazy("Wrong loses half of the points at stake."),
    "loss.nothing": gettext_lazy("Wrong loses nothing."),
    "decline.yes": gettext_lazy("A team may decline."),
    "decline.no": gettext_lazy("No team may decline."),
    "judges": gettext_lazy("Judges who give points: %(value)s."),
    "judges.none": gettext_lazy("The chief referee closes the judging."),
    "trim_from": gettext_lazy("From %(value)s judges on the highest and the lowest points are left out."),
    "target.next": gettext_lazy("The question is set for the next team."),
    "target.any": gettext_lazy("The question is set for any other team."),
    "speed_points": gettext_lazy("Being quick earns up to %(value)s points more."),
    "partial.yes": gettext_lazy("An answer that is partly right earns its share."),
    "partial.no": gettext_lazy("Only an answer that is all right earns points."),
    "counted.yes": gettext_lazy("The points of the tie-break are added to the score."),
    "counted.no": gettext_lazy("The tie-break decides the place and leaves the score as it is."),
    "until.first": gettext_lazy("The first right answer ends it; the first wrong one is out."),
    "until.all": gettext_lazy("It goes on until every place is decided."),
}
# Settings of 0 that are no rule worth telling.
SILENT = frozenset(
    {"start_seconds.none", "silence_seconds.none", "per_value.none", "trim_from.none", "speed_points.none"}
)
KINDS = {
    "compulsory": gettext_lazy("Individual compulsory questions"),
    "team": gettext_lazy("Team questions"),
    "buzzer": gettext_lazy("Buzzer"),
    "risk": gettext_lazy("Risk"),
    "scenario": gettext_lazy("Scenario"),
    "designated": gettext_lazy("Designated questions"),
    "audience": gettext_lazy("Audience round"),
    "sudden_death": gettext_lazy("Sudden death"),
}
FOULS = {
    "reading_material": gettext_lazy("Reading material"),
    "material": gettext_lazy("Reading material"),
    "assisting": gettext_lazy("Assisting a team-mate"),
    "prompting": gettext_lazy("Prompting"),
    "conduct": gettext_lazy("Unsporting conduct"),
}


def refusal_text(code: str, params: Mapping[str, Any] = NOTHING) -> str:
    """Why something is refused, with the rule named."""
    if code not in REFUSALS:
        return _("The rules do not allow this (%(code)s).") % {"code": code}
    return str(REFUSALS[code]) % dict(params)


def kind_name(kind: str) -> str:
    """The name of a kind of round."""
    return str(KINDS.get(kind, kind))


def foul_name(code: str) -> str:
    """The name of a foul; one of the organisers' own keeps the word they gave it."""
    return str(FOULS.get(code, code.replace("_", " ")))


def round_title(rules: RoundRules) -> str:
    """What a round is called: as the organisers said, else by its kind."""
    return rules.title or kind_name(rules.kind)


def round_words(rules: RoundRules) -> list[str]:
    """The rule of a round, sentence by sentence."""
    told = rounds.get(rules.kind).words(rules)
    return [str(RULES.get(code, code)) % params for code, params in told if code not in SILENT]


def rulebook_words(book: Rulebook) -> list[str]:
    """What holds in all rounds, sentence by sentence."""
    told = [
        _("Every team starts with %(points)s points.") % {"points": plain(book.base_score)},
        _("%(on_stage)s players on stage; at most %(most)s substitutions.")
        % {"on_stage": book.on_stage, "most": book.most_substitutions},
    ]
    if not book.on_stage:
        told = []
    if book.floor is not None:
        told.append(_("No score falls below %(points)s.") % {"points": plain(book.floor)})
    told += [
        _("Foul, %(foul)s: %(points)s points off.")
        % {"foul": foul_name(one.code), "points": plain(one.points)}
        for one in book.fouls
    ]
    if any(one.kind == "buzzer" for one in book.rounds):
        told.append(_buzzer_words(book))
    if book.qualify:
        told.append(_("The best %(count)s go through.") % {"count": book.qualify})
    return told


def _buzzer_words(book: Rulebook) -> str:
    rules = {
        LOWER_SCORE: gettext_lazy("the team with the lower score answers"),
        DRAW: gettext_lazy("the order is drawn"),
        EARLIER: gettext_lazy("the press received first wins"),
        AGAIN: gettext_lazy("those teams press again"),
    }
    return _(
        "Buzzer: the order in which presses reach the server decides, each corrected for its line by at most "
        "%(cap)s ms. Presses within %(window)s ms are a tie: %(rule)s."
    ) % {
        "cap": book.buzzer.cap_ms,
        "window": book.buzzer.tie_window_ms,
        "rule": rules[book.buzzer.tie_rule],
    }


def undone_text() -> str:
    """That the newest move was taken back."""
    return _("The last step was taken back")
