// What every screen of a contest draws with: words, names, the question, the clock, the score board.
// From the JSON of rendering/view.py to elements; every text goes in as text, never as HTML.
// The page carries templates/contests/_texts.html and loads exams/rich.js before this module.

export { Clock, secondsText } from "./clock.js";
export { Board } from "./board.js";

/** A text of the page with its places filled: say("turn-of", {n: 3, of: 30}). "" where the page has none.
 * The words stand in the data of #texts (shared) and, for one screen alone, of #page-texts. */
export function say(key, places = {}) {
  const camel = key.replace(/-([a-z])/g, (whole, letter) => letter.toUpperCase());
  const found = ["page-texts", "texts"].map((id) => document.getElementById(id)).find((one) => one && one.dataset[camel]);
  const text = found ? found.dataset[camel] : "";
  return Object.keys(places).reduce((out, name) => out.split(`{${name}}`).join(places[name]), text);
}

/** An element with properties or attributes and children; texts become text nodes, null and false are left out. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  Object.entries(properties).forEach(([name, value]) => {
    if (value === null || value === undefined) return;
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  });
  made.append(...children.flat(3).filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

const drawn = new WeakMap();

/** Fill `holder` with what `build()` gives (an element, a list, or null = hide it), but only when `facts` differ
 * from those it was last filled with: what did not change does not move, lose the focus or get read out again. */
export function fill(holder, facts, build) {
  const now = JSON.stringify(facts === undefined ? null : facts);
  if (drawn.get(holder) === now) return false;
  drawn.set(holder, now);
  const made = [build()].flat(3).filter((one) => one !== null && one !== undefined && one !== false);
  holder.replaceChildren(...made);
  holder.hidden = made.length === 0;
  return true;
}

/** The team on a seat, or null. */
export const teamOf = (view, seat) => view.teams.find((team) => team.seat === seat) || null;

/** The score of a team {seat, points, place, out}, or null. */
export const scoreOf = (view, seat) => view.scores.find((score) => score.seat === seat) || null;

/** How a seat is called: the name of its team, or "audience", or the number where it has no name yet. */
export function teamName(view, seat) {
  if (seat === null || seat === undefined) return say("audience");
  const team = teamOf(view, seat);
  return team ? team.name : say("seat", { n: seat });
}

/** The name of a player of any team by id, "" for nobody. */
export function playerName(view, id) {
  const all = view.teams.flatMap((team) => team.players);
  const found = all.find((player) => player.id === id);
  return found ? found.name : "";
}

/** Points with their sign, as people write them: +10, −10, 0. */
export function signed(points) {
  const text = String(points);
  if (text.startsWith("-")) return `−${text.slice(1)}`;
  return Number(text) === 0 || text.startsWith("+") ? text : `+${text}`;
}

/** Points without a sign in front of what is above zero; a real minus where it is below. */
export const plain = (points) => String(points).replace(/^-/, "−");

/** A verdict in words: right, wrong, timeout, void, partial. */
export const verdictWords = (verdict) => say(`verdict-${verdict}`) || verdict;

/** The kind of a round in words: individual, team, buzzer, risk, scenario, designated, audience, sudden_death. */
export const roundWords = (kind) => say(`round-${kind.replace(/_/g, "-")}`) || kind;

/** The nodes of a stem: text, tables, pictures (`question.pictures` = {id: data address}). */
export function stem(question) {
  const exam = (window.lianbingExam = window.lianbingExam || {});
  exam.element = exam.element || element;
  exam.pictures = question.pictures || {};
  return exam.rich ? exam.rich(question.face.stem) : [question.face.stem];
}

/** The ids that are right, of a key {options} or {order}; [] where the key is a text or not known. */
export const rightIds = (key) => (key && !Array.isArray(key) && (key.options || key.order)) || [];

/** The key in one line of words: letters of options, texts of blanks, the reference answer. "" = not known. */
export function keyWords(question, key) {
  if (!key) return "";
  if (Array.isArray(key)) return key.join("；");
  if (typeof key === "string") return key;
  const letters = (ids) => ids.map((id) => (question.face.options || []).find((one) => one.id === id)).filter(Boolean);
  if (key.options) return letters(key.options).map((one) => one.letter).join("");
  if (key.order) return letters(key.order).map((one) => one.letter).join(" → ");
  if (key.blanks) return Object.values(key.blanks).map((one) => [one.answers || one].flat().join(" / ")).join("；");
  return key.reference || "";
}

/** One option as an element: letter, text, and once it is known whether it is right and how many chose it. */
function option(choice, { right, known, count, most }) {
  const state = known ? (right ? "is-right" : "is-other") : "";
  const bar = element("span", { className: "contest-share", "aria-hidden": "true" });
  bar.style.setProperty("--share", most ? String(count / most) : "0");
  return element(
    "li",
    { className: `contest-option ${state}`.trim(), "data-option": choice.id },
    element("span", { className: "contest-letter" }, choice.letter),
    element("span", { className: "contest-option-text" }, choice.text),
    known && right && element("span", { className: "contest-tick" }, say("right-option")),
    count !== null && bar,
    count !== null && element("span", { className: "contest-count" }, say("people", { n: count })),
  );
}

/** The question as a list of elements. `reveal` (view.reveal or null) marks the key and shows how many chose what.
 * Short stems and few options get a larger type: `data-size` of the stem is 1 (large) to 4. */
export function drawQuestion(question, reveal) {
  const options = question.face.options || [];
  const letters = options.reduce((sum, one) => sum + one.text.length, 0) + question.face.stem.length;
  const size = [60, 140, 280].filter((limit) => letters > limit).length + 1;
  const right = rightIds(reveal && reveal.key);
  // Nobody of the audience has answered: no zeros beside the options.
  const counts = reveal && reveal.options && Object.keys(reveal.options).length ? reveal.options : null;
  const most = counts ? Math.max(1, ...Object.values(counts)) : 0;
  const drawnOptions = options.map((one) =>
    option(one, { right: right.includes(one.id), known: right.length > 0, count: counts ? counts[one.id] || 0 : null, most }),
  );
  return [
    element("div", { className: "contest-stem", "data-size": size }, stem(question)),
    options.length > 0 && element("ol", { className: "contest-options", "data-size": size }, drawnOptions),
    ...(question.face.parts || []).map((part) => element("p", { className: "contest-part" }, `${part.number}. ${part.stem}`)),
  ].filter(Boolean);
}

/** The order of a buzz as an ordered list; the winner marked, early presses named. null where nobody pressed. */
export function drawBuzz(view) {
  const buzz = view.buzz;
  if (!buzz || (!buzz.order.length && !buzz.early.length)) return null;
  const rows = buzz.order.map((one, place) =>
    element(
      "li",
      { className: `contest-press${one.seat === buzz.winner ? " is-first" : ""}` },
      element("span", { className: "contest-press-place" }, String(place + 1)),
      element("span", { className: "contest-press-name" }, teamName(view, one.seat)),
      element("span", { className: "contest-press-time" }, say("seconds", { n: (one.ms / 1000).toFixed(3) })),
    ),
  );
  const early = buzz.early.map((seat) => element("li", { className: "contest-press is-early" }, say("early", { team: teamName(view, seat) })));
  return element("ol", { className: "contest-presses" }, rows, early);
}
