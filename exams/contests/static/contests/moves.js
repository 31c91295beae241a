// Which key makes which move. `staff.may` says what is legal now; every legal move gets a key of its own, and the
// same move keeps the same key all evening, so that a host's fingers learn it.

// By action, and for rulings by verdict. Space is the move on which a match hangs: "begin".
const USUAL = {
  started: "S", round_opened: "R", turn_opened: "N", opened: "SPACE", closed: "C", turn_closed: "V", passed: "P", declined: "D",
  round_closed: "E", tie_break_opened: "T", paused: "Z", resumed: "Z", substituted: "B", fouled: "F", overridden: "O", undone: "U",
  finished: "X", confirmed: "Q", scored: "K", "ruled right": "1", "ruled wrong": "2", "ruled timeout": "3", "ruled void": "4", "ruled scored": "5",
};
const SPARE = "1234567890GHIJLMWYAKDR".split("");
// What takes the match forward comes first, what mends it later, what ends it last.
const ORDER = [
  "accepted", "started", "turn_opened", "round_opened", "chosen", "declined", "opened", "ruled", "scored", "closed", "passed", "turn_closed", "round_closed",
  "tie_break_opened", "resumed", "paused", "substituted", "fouled", "overridden", "finished", "confirmed",
];
const FORWARD = ORDER.slice(0, ORDER.indexOf("resumed") + 1);

const usual = (move) => {
  const verdict = move.data && move.data.verdict;
  return USUAL[verdict ? `${move.action} ${verdict}` : move.action];
};

/** The moves of `staff.may` in the order of the desk, each with `key` ("" = none left). Undo is not among them.
 * A move that may not be made (`why`) keeps its place and gets no key. */
export function plan(may) {
  const place = (move) => (ORDER.includes(move.action) ? ORDER.indexOf(move.action) : ORDER.length);
  const moves = may.filter((move) => move.action !== "undone").map((move, index) => ({ ...move, index }));
  moves.sort((a, b) => place(a) - place(b) || a.index - b.index);
  const taken = new Set(["U"]);
  const take = (key) => (key && !taken.has(key) ? taken.add(key) && key : "");
  const open = moves.filter((move) => !move.why);
  open.forEach((move) => (move.key = take((move.key || "").toUpperCase() || usual(move))));
  open.filter((move) => !move.key).forEach((move) => (move.key = take(SPARE.find((key) => !taken.has(key)))));
  return moves.map((move) => ({ ...move, key: move.why ? "" : move.key, forward: FORWARD.includes(move.action) }));
}

const FOLDED = ["fouled", "overridden", "substituted"];

/** One move for all variants of a foul, an override, a substitution: whom it concerns is asked in its form.
 * `label(action)` gives its words. Greyed only where no variant may be made. */
export function fold(may, label) {
  const single = may.filter((move) => !FOLDED.includes(move.action));
  const folded = FOLDED.map((action) => {
    const all = may.filter((move) => move.action === action);
    const variants = all.filter((move) => !move.why).map((move) => move.data || {});
    if (!all.length) return null;
    return { ...all[0], key: "", label: label(action) || all[0].label, data: {}, variants, why: variants.length ? "" : all[0].why };
  });
  return [...single, ...folded.filter(Boolean)];
}

/** The key of a keyboard event as the plan names it: "N", "1", "SPACE". By its place on the keyboard where an input
 * method swallows the letter. "" for what is no move: held down, with Ctrl, or typed into a field. */
export function keyOf(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented) return "";
  const at = event.target;
  if (at && at.closest && at.closest("input, textarea, select, dialog")) return "";
  const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code || "");
  if (place) return place[1];
  return event.key === " " || event.code === "Space" ? "SPACE" : (event.key || "").toUpperCase();
}
