// What a move needs to be told before it is made. `prepare(move, view, staff)` resolves to {data, reason}, or to null
// when the person went back.
import { ask, reasonField } from "./ask.js";
import { playerName, say, teamName } from "./show.js";

const distinct = (values) => [...new Set(values)];

/** What the legal variants of a folded move (see moves.js) have under `name`, for one team or for all. */
function offered(move, name, seat = null) {
  const fitting = (move.variants || []).filter((one) => seat === null || String(one.team) === String(seat));
  return distinct(fitting.map((one) => one[name]).filter((value) => value !== undefined && value !== null));
}

const fixed = (move, name) => move.data && move.data[name] !== undefined && move.data[name] !== null;

/** The seats a move may concern: those of its variants, else every team. */
function seatsOf(move, view) {
  const seats = offered(move, "team");
  return seats.length ? seats : view.teams.map((team) => team.seat);
}

/** The field for the team, unless the move names it; the team that is answering stands first. */
function teamField(move, view, change) {
  if (fixed(move, "team")) return [];
  const seats = seatsOf(move, view);
  const options = seats.map((seat) => [String(seat), teamName(view, seat)]);
  return [{ name: "team", label: say("team"), options, change, value: String(startOf(move, view)) }];
}

/** The team a form starts with. */
function startOf(move, view) {
  const seats = seatsOf(move, view);
  const answering = view.turn && (view.turn.team || (view.buzz && view.buzz.winner));
  return fixed(move, "team") ? move.data.team : seats.includes(answering) ? answering : seats[0];
}

/** Refill a select of the form. */
function refill(form, name, options) {
  form.elements[name].replaceChildren(...options.map(([value, label]) => new Option(label, value)));
}

function substitution(move, view) {
  const players = (seat, name) => offered(move, name, seat).map((id) => [String(id), playerName(view, id) || String(id)]);
  const change = (seat, form) => ["out", "in"].forEach((name) => refill(form, name, players(seat, name)));
  const start = startOf(move, view);
  return [
    ...teamField(move, view, change),
    { name: "out", label: say("player-out"), options: players(start, "out") },
    { name: "in", label: say("player-in"), options: players(start, "in") },
    reasonField(say("why-unwell"), say("why-tactics")),
  ];
}

function foul(move, view, staff) {
  const codes = offered(move, "code");
  const fouls = (staff.fouls || []).filter((one) => !codes.length || codes.includes(one.code));
  const change = (code, form) => {
    const found = fouls.find((one) => one.code === code);
    if (found) form.elements.points.value = Math.abs(Number(found.points));
  };
  return [
    ...teamField(move, view),
    { name: "code", label: say("foul"), options: fouls.map((one) => [one.code, one.label]), change },
    { name: "points", label: say("deducted"), number: { min: 0, max: 1000 } },
    reasonField(),
  ];
}

const override = (move, view) => [...teamField(move, view), { name: "points", label: say("delta"), number: { min: -1000, max: 1000 } }, reasonField(say("why-appeal"), say("why-question"))];

function chosen(move, view) {
  const { choices = [], targets = [] } = view.turn || {};
  const value = fixed(move, "value") || !choices.length ? [] : [{ name: "value", label: say("worth-of"), options: choices.map((one) => [String(one), String(one)]) }];
  const target = fixed(move, "target") || !targets.length ? [] : [{ name: "target", label: say("target"), options: targets.map((seat) => [String(seat), teamName(view, seat)]) }];
  return [...value, ...target];
}

function scored(move, view, staff) {
  return fixed(move, "points") ? [] : [...teamField(move, view), { name: "points", label: say("points-of", { max: staff.max || 0 }), number: { min: 0, max: staff.max || 100, step: 0.5 } }];
}

const FIELDS = {
  substituted: substitution,
  fouled: foul,
  overridden: override,
  chosen,
  scored,
  paused: () => [reasonField(say("why-equipment"), say("why-dispute"), say("why-break"))],
  undone: () => [reasonField(say("why-slip"), say("why-ruling"), say("why-question"))],
};
const NUMBERS = ["team", "out", "in", "target"];

/** The values of the form as an event's data: seats and player ids are numbers, points stay exact texts. */
function dataOf(move, values, turn) {
  const { reason = "", ...rest } = values;
  Object.keys(rest).forEach((name) => {
    if (NUMBERS.includes(name)) rest[name] = Number(rest[name]);
  });
  // A rulebook states a foul as a positive amount; an event states what happens to the score.
  if (move.action === "fouled" && rest.points) rest.points = String(-Math.abs(Number(rest.points)));
  if (move.action === "overridden" && rest.turn === undefined) rest.turn = turn;
  return { data: { ...(move.data || {}), ...rest }, reason };
}

export async function prepare(move, view, staff) {
  const known = FIELDS[move.action] ? FIELDS[move.action](move, view, staff) : [];
  const fields = move.reason && !known.some((field) => field.name === "reason") ? [...known, reasonField()] : known;
  if (!fields.length && !move.confirm) return { data: move.data || {}, reason: "" };
  const values = await ask({ title: move.label, text: move.confirm ? say(move.action === "confirmed" ? "no-way-back" : "sure") : move.text || "", fields, submit: move.label, danger: Boolean(move.confirm) });
  return values && dataOf(move, values, view.turn ? view.turn.id : null);
}
