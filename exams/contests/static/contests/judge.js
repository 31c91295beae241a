// The judges' desk: rulings and marks with large buttons for a tablet. A judge sees here why a ruling is not theirs to
// make (their own unit). The chief referee overrides and confirms on the same page.
import { Desk, el } from "./desk.js";
import { element, fill, say, teamName } from "./show.js";

/** The mark of a judge for a scenario: the whole range as buttons where it is short, a number otherwise. */
function drawMarks(view, staff, desk) {
  const marks = desk.moves.filter((move) => move.action === "scored");
  const most = Number(staff.max || 0);
  const given = ownMark(view, staff, desk);
  fill(el("marks"), [marks, most, given], () =>
    marks.map((move) => {
      const team = move.data && move.data.team;
      const head = element("h3", {}, teamName(view, team), given !== null && element("span", { className: "badge badge-ok" }, say("you-gave", { n: given })));
      if (move.why) return element("div", { className: "host-marks is-barred" }, head, element("p", { className: "host-why" }, move.why));
      const values = most && most <= 20 ? Array.from({ length: most + 1 }, (unused, n) => n) : [];
      const buttons = values.map((n) => mark(desk, move, n, given !== null && Number(given) === n));
      return element("div", { className: "host-marks" }, head, element("div", { className: "host-mark-row" }, buttons), values.length === 0 && mark(desk, move, null, false));
    }),
  );
}

/** What was given here, by turn: nobody is told another judge's mark, so the desk remembers its own. */
const given = new Map();

/** The mark whoever sits here has given in this turn, or null. */
function ownMark(view, staff, desk) {
  const own = (staff.judges || []).find((one) => String(one.id) === el("main").dataset.user);
  if (!own || !own.scored || !view.turn) return null;
  if (given.has(view.turn.id)) return given.get(view.turn.id);
  return desk.you && desk.you.given !== undefined ? desk.you.given : null;
}

function mark(desk, move, points, chosen) {
  const words = points === null ? move.label : String(points);
  const button = element("button", { type: "button", className: "btn host-mark", "aria-pressed": String(chosen) }, words);
  button.addEventListener("click", () => {
    if (points !== null && desk.view.turn) given.set(desk.view.turn.id, points);
    desk.make(points === null ? move : { ...move, data: { ...move.data, points: String(points) } });
  });
  return button;
}

/** How far the other judges are: who has given a mark, without saying which. */
function drawJudges(staff) {
  const judges = staff.judges || [];
  fill(el("judges"), judges, () =>
    judges.map((one) => element("li", {}, one.name, " ", element("span", { className: one.scored ? "badge badge-ok" : "badge" }, say(one.scored ? "has-scored" : "not-scored")))),
  );
}

const chief = el("main").dataset.roles.split(" ").includes("chief_referee");
const JUDGE = ["ruled", "scored", "fouled"];
const CHIEF = [...JUDGE, "overridden", "confirmed", "undone"];
const desk = new Desk({
  // The host's moves stay on the host's desk, even for somebody who is both.
  pick: (move) => (chief ? CHIEF : JUDGE).includes(move.action),
  apart: (move) => move.action === "scored",
  extra(view, staff, one) {
    drawMarks(view, staff, one);
    drawJudges(staff);
    el("undo-box").hidden = !chief;
  },
});
window.addEventListener("pagehide", () => desk.room.close());
