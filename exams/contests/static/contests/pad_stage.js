// What a pad shows, decided from the view, the seat (`you`) and what this phone has just done. Pure: no page, no clock.

const OVER = ["finished", "confirmed"];

/** What this phone did that the server has not confirmed yet: {pressed: "turn/opened", answered: {turn, response}, chosen: turn}. */
export const NOTHING_DONE = Object.freeze({ pressed: "", answered: null, chosen: 0 });

/** Names one opening of a turn: after a tie the same turn is opened again, and one presses again. */
export const openingOf = (turn) => `${turn.id}/${turn.opened || 0}`;

/** The acts the seat may do now. */
export const may = (you, act) => (you.may || []).includes(act);

/** The answer given in this turn, confirmed or on its way; undefined = none. */
export function answerOf(view, you, done) {
  const { turn } = view;
  const given = [you.answered, done.answered].find((one) => one && turn && one.turn === turn.id);
  return given ? given.response : undefined;
}

/** Whether a question is asked for the buzzer. */
export function isBuzzer(view, you) {
  return Boolean(view.round && view.round.kind === "buzzer") || Boolean(view.buzz) || may(you, "press");
}

/** Who has won the item at the buzzer or got it after a miss: a team's seat; null = nobody (yet), or the audience. */
export function winnerOf(view) {
  const { turn, buzz } = view;
  const settled = buzz && buzz.winner !== null && buzz.winner !== undefined;
  if (!settled || !turn || turn.who === "audience") return null;
  return turn.team === null || turn.team === undefined ? buzz.winner : turn.team;
}

/** The buzzer's state: not_yet, open, pressed, first, other, early, again, closed. */
export function buzzerOf(view, you, done) {
  const { turn, buzz } = view;
  if (!turn) return "closed";
  if (buzz && you.seat !== null && (buzz.early || []).includes(you.seat)) return "early";
  const winner = winnerOf(view);
  if (winner !== null) return winner === you.seat ? "first" : "other";
  const pressed = done.pressed === openingOf(turn) || (you.pressed === turn.id && !may(you, "press"));
  if (pressed) return "pressed";
  if (turn.phase === "open" && may(you, "press")) return "open";
  if (turn.phase === "shown") return buzz && buzz.order.length ? "again" : "not_yet";
  return "closed";
}

/** Whether the asked team or player is this seat. */
export function isAsked(view, you) {
  const { turn } = view;
  if (!turn || you.seat === null || you.seat === undefined || turn.team !== you.seat) return false;
  return !turn.player || !you.player || turn.player.id === you.player;
}

/** Whether somebody answers who won nothing at the buzzer: the audience, after a miss or an early press. */
function isPassedOn(view, you) {
  return view.turn.phase === "answering" && winnerOf(view) === null && buzzerOf(view, you, NOTHING_DONE) !== "early";
}

/** Whether the time of the question is over, at `now` by the server's clock. */
export const isTimeUp = (view, now) => Boolean(view.clock && view.clock.ends_at && view.clock.ends_at <= now);

/** The name of what is shown: waiting, finished, paused, between, reveal, choose, chosen, choosing, answer, sent,
 * say, buzzer, ruling or listen. */
export function stageOf(view, you, done) {
  const { match, turn } = view;
  if (OVER.includes(match.phase)) return "finished";
  if (match.phase === "waiting") return "waiting";
  if (match.paused) return "paused";
  if (view.reveal) return "reveal";
  if (!turn) return "between";
  return stageOfTurn(view, you, done);
}

function stageOfTurn(view, you, done) {
  const { turn } = view;
  if (turn.phase === "choosing") {
    if (!may(you, "choose") && !may(you, "decline")) return "choosing";
    return done.chosen === turn.id ? "chosen" : "choose";
  }
  if (answerOf(view, you, done) !== undefined) return "sent";
  if (may(you, "answer")) return "answer";
  if (turn.phase === "ruled" || turn.phase === "closed") return you.result ? "reveal" : "ruling";
  const buzzing = isBuzzer(view, you) && you.seat !== null && you.seat !== undefined;
  if (buzzing && !isPassedOn(view, you)) return "buzzer";
  return isAsked(view, you) && turn.by === "voice" && turn.phase !== "shown" ? "say" : "listen";
}
