"""A match written down and computed by hand: early press, wrong buzz, risk loss, override, undo, tie-break.

Three teams under the bureau's rules. What each step does to the scores stands beside it; the end is 120, 120
and 120, parted by sudden death: team 2, team 1, team 3. Who replays these moves, on whatever storage, must
come to the same.
"""

from exams.contests import rounds
from exams.contests.rules.match import TeamStart
from exams.contests.rules.presets import PRESETS

SEED = b"scripted"
TEAMS = (
    TeamStart(1, "东城大队", (11, 12, 13), (14,)),
    TeamStart(2, "西城大队", (21, 22, 23), (24,)),
    TeamStart(3, "开发区大队", (31, 32, 33), ()),
)
SCORES = {1: "120", 2: "120", 3: "120"}
PLACES = {2: 1, 1: 2, 3: 3}


def rulebook():
    return rounds.parse(PRESETS["bureau"])


class Moves(list):
    """Moves as (kind, data); the seq of a move is its place, counted from 1."""

    def go(self, kind, **data):
        self.append((kind, data))
        return len(self)

    def answered(self, item, team, verdict, player=None):
        """One question with its answer by voice."""
        self.go("turn_opened", item=item, team=team, player=player)
        self.go("opened")
        self.go("ruled", team=team, verdict=verdict)
        self.go("turn_closed")

    def buzzed(self, item, *presses):
        """A buzzer question up to its presses (team, received, correction); the seq of its opening."""
        turn = self.go("turn_opened", item=item)
        self.go("opened")
        self.go(
            "pressed",
            presses=[
                {"team": team, "player": None, "received_ms": received, "correction_ms": correction}
                for team, received, correction in presses
            ],
        )
        return turn


def _compulsory(moves):
    moves.go("round_opened", round=0)
    verdicts = (  # 100 100 100
        (1, 11, "right"), (2, 21, "wrong"), (3, 31, "right"),  # 110 100 110
        (1, 12, "right"), (2, 22, "right"), (3, 32, "timeout"),  # 120 110 110
        (1, 13, "wrong"), (2, 23, "right"), (3, 33, "right"),  # 120 120 120
    )  # fmt: skip
    for item, (team, player, verdict) in enumerate(verdicts):
        moves.answered(item, team, verdict, player)
    moves.go("round_closed")


def _together(moves):
    moves.go("round_opened", round=1)
    for item, (team, verdict) in enumerate(((1, "right"), (2, "wrong"), (3, "right")), 9):
        moves.answered(item, team, verdict)  # 130 120 130
    moves.go("fouled", team=3, code="reading_material", points="-20", reason="看手机")  # 130 120 110
    moves.go("round_closed")


def _buzzer(moves):
    moves.go("round_opened", round=2)
    moves.go("turn_opened", item=12)
    moves.go("early", team=2, player=21)  # 130 110 110, the item goes to the audience
    moves.go("ruled", team=None, verdict="right")
    moves.go("turn_closed")
    moves.buzzed(13, (1, 300, 40), (3, 320, 90))  # 260 and 230: team 3 by 30 ms
    moves.go("ruled", team=3, verdict="wrong")  # 130 110 100
    moves.go("turn_closed")
    moves.buzzed(14, (1, 500, 0), (2, 510, 0))  # a tie: the lower score answers
    moves.go("ruled", team=2, verdict="right")  # 130 120 100
    moves.go("turn_closed")
    turn = moves.buzzed(15, (1, 400, 0))
    moves.go("ruled", team=1, verdict="wrong")  # 120 120 100
    moves.go("turn_closed")
    moves.go("overridden", team=1, points="20", turn=turn, reason="评委组复核，答案成立")  # 140 120 100
    moves.buzzed(16, (3, 350, 20))
    mistaken = moves.go("ruled", team=3, verdict="right")  # 140 120 110
    moves.go("undone", seq=mistaken, reason="点错")  # 140 120 100
    moves.go("ruled", team=3, verdict="wrong")  # 140 120 90
    moves.go("turn_closed")
    moves.go("round_closed")


def _risk(moves):
    moves.go("round_opened", round=3)  # the lowest score first: 3, 2, 1
    moves.go("turn_opened", item=17, team=3)
    moves.go("chosen", team=3, value="30")
    moves.go("opened")
    moves.go("ruled", team=3, verdict="right")  # 140 120 120
    moves.go("turn_closed")
    moves.go("turn_opened", item=18, team=2)
    moves.go("declined", team=2)
    moves.go("turn_closed")
    moves.go("turn_opened", item=18, team=1)
    moves.go("chosen", team=1, value="20")
    moves.go("opened")
    moves.go("closed", reason="time")
    moves.go("ruled", team=1, verdict="timeout")  # 120 120 120
    moves.go("turn_closed")
    moves.go("round_closed")


def _sudden_death(moves):
    moves.go("tie_break_opened", teams=[1, 2, 3])
    moves.buzzed(19, (3, 250, 0), (1, 400, 0))
    moves.go("ruled", team=3, verdict="wrong")  # team 3 is third
    moves.go("turn_closed")
    moves.buzzed(20, (2, 300, 0), (1, 340, 0))
    moves.go("ruled", team=2, verdict="right")  # team 2 is first
    moves.go("turn_closed")
    moves.go("round_closed")


def moves():
    """All moves of the match as (kind, data), in their order; seq = place, counted from 1."""
    written = Moves()
    written.go("started")
    for part in (_compulsory, _together, _buzzer, _risk, _sudden_death):
        part(written)
    written.go("finished")
    written.go("confirmed")
    return list(written)
