// The projector of the hall. Shows what the view says, in type that is read at twenty metres, and sounds the cues.
// Stages: wait (rules, how to join), play (a question), rest (a round's rules or the standing), end (final ranking).
import { openRoom } from "./room.js";
import { Board, Clock, drawBuzz, drawQuestion, element, fill, keyWords, plain, playerName, roundWords, say, signed, teamName, verdictWords } from "./show.js";
import { Sounds, cues, verdictsOf } from "./sounds.js";

const el = (id) => document.getElementById(id);
const main = el("main");
const sounds = new Sounds();
let shown = null;
let wantsBoard = false;
let room = null;

const clock = new Clock(el("clock"), () => (room ? room.now() : Date.now()), (seconds) => {
  if (seconds === 0) sounds.play("up");
  else if (seconds <= 5) sounds.play("tick");
});
const board = new Board(el("board"));

/** Which stage of the projector a view asks for. */
function stageOf(view) {
  if (view.match.phase === "waiting") return "wait";
  if (["finished", "confirmed"].includes(view.match.phase)) return "end";
  const shows = view.turn && (view.question || view.turn.phase === "choosing" || view.turn.declined);
  return shows && !wantsBoard ? "play" : "rest";
}

/** Smaller type, down to `least` of the full size, until what is in `box` fits into it. Whether it does. */
function fit(box, least) {
  for (let size = 100; size >= least * 100; size -= 5) {
    box.style.setProperty("--fit", String(size / 100));
    if (box.scrollHeight <= box.clientHeight + 1) return true;
  }
  return false;
}

/** The whole question must be on the picture: first the type gives way, then the explanation, then the scores. */
function fitQuestion() {
  const fits = (tight, least) => {
    document.body.dataset.tight = tight;
    return fit(el("question"), least);
  };
  return fits("no", 0.7) || fits("explanation", 0.7) || fits("scores", 0.6) || fits("scores", 0.35);
}

/** Whose turn it is in words; "" where the buzz order says it. */
function whoWords(view) {
  const { turn } = view;
  const player = turn.player ? playerName(view, turn.player.id) || turn.player.name : "";
  const chooser = turn.chooser || turn.team;
  if (turn.phase === "choosing") return say(turn.targets && turn.targets.length ? "choosing-for" : "choosing", { team: teamName(view, chooser) });
  if (turn.declined) return say("declined", { team: teamName(view, chooser) });
  if (turn.over) return "";
  if (turn.team) return player ? say("answering-player", { team: teamName(view, turn.team), player }) : say("answering", { team: teamName(view, turn.team) });
  if (turn.who === "audience") return say("audience-answers");
  if (view.round && ["buzzer", "sudden_death"].includes(view.round.kind)) {
    if (view.buzz && view.buzz.winner === null && (view.buzz.tied || []).length) return say("press-again", { teams: view.buzz.tied.map((seat) => teamName(view, seat)).join(" · ") });
    if (view.buzz && view.buzz.order.length) return "";
    return say(turn.opened ? "may-press" : "wait-press");
  }
  return turn.who === "all" ? say("all-answer") : "";
}

function drawRound(view) {
  const { round, turn } = view;
  fill(el("round"), [round && round.title, turn && turn.number, round && round.items, turn && turn.value], () => {
    if (!round) return null;
    const name = round.title || roundWords(round.kind);
    const number = turn ? say("turn-of", { n: turn.number, of: round.items }) : "";
    const worth = turn && turn.value ? element("b", { className: "screen-worth" }, say("worth", { n: turn.value })) : null;
    return [element("span", {}, name), number && element("span", {}, number), worth];
  });
}

function verdictLine(view, one) {
  return element(
    "p",
    { className: `screen-verdict is-${one.verdict}` },
    element("span", {}, teamName(view, one.seat)),
    element("b", {}, `${verdictWords(one.verdict)} ${Number(one.points) ? signed(one.points) : ""}`.trim()),
  );
}

/** What may be chosen, while a team chooses. */
function choosing(view) {
  const { choices = [] } = view.turn;
  return choices.length ? element("ul", { className: "screen-choices" }, choices.map((worth) => element("li", {}, say("worth", { n: worth })))) : element("p", {}, "");
}

function drawPlay(view) {
  const { turn, question, reveal, answers } = view;
  fill(el("question"), [turn.id, question, turn.choices, reveal && [reveal.key, reveal.options]], () => (question ? drawQuestion(question, reveal) : choosing(view)));
  const verdicts = verdictsOf(view);
  const who = verdicts.length ? "" : whoWords(view);
  fill(el("who"), who, () => who || null);
  el("who").classList.toggle("is-go", Boolean(turn.opened) && turn.phase === "open");
  fill(el("verdicts"), [verdicts, view.teams], () => verdicts.slice(0, 6).map((one) => verdictLine(view, one)));
  fill(el("buzz"), [view.buzz, view.teams, verdicts.length], () => drawBuzz(view));
  el("play").dataset.ruled = String(verdicts.length > 0);
  el("play").dataset.buzzed = String(Boolean(view.buzz));
  fill(el("answers"), answers, () => answers && say("answered", answers));
  fill(el("key"), reveal && [reveal, question], () => {
    const key = reveal && question && keyWords(question, reveal.key);
    if (!key) return null;
    const sources = (reveal.articles || []).map((one) => one.text).join("；");
    return [element("b", {}, say("key", { key })), reveal.explanation && element("span", { className: "screen-explanation" }, reveal.explanation), sources && element("span", { className: "screen-source" }, sources)];
  });
}

function drawRest(view, stage) {
  const { round, match } = view;
  const facts = [stage, round && round.title, round && round.words, match.phase, wantsBoard];
  fill(el("words"), facts, () => {
    if (stage === "end") return [element("h2", {}, say("final")), element("p", {}, say(match.phase === "confirmed" ? "confirmed" : "unconfirmed"))];
    if (!round || wantsBoard) return element("h2", {}, say("standing"));
    return [element("h2", {}, round.title || roundWords(round.kind)), element("p", {}, round.words.map((line) => element("span", {}, line)))];
  });
}

function drawTop(view) {
  const top = view.board ? view.board.top : [];
  fill(el("top"), top, () =>
    top.slice(0, 10).map((one) =>
      element("li", { className: "screen-top-row" }, element("span", {}, String(one.place)), element("span", {}, one.name), element("b", {}, plain(one.points))),
    ),
  );
}

function drawTeams(view) {
  fill(el("teams"), view.teams, () => view.teams.map((team) => element("li", {}, element("b", {}, String(team.seat)), team.name)));
}

function draw(view) {
  const stage = stageOf(view);
  document.body.dataset.stage = stage;
  document.body.dataset.teams = view.teams.length ? (view.teams.length > 8 ? "many" : "some") : "none";
  ["wait", "play"].forEach((name) => (el(name).hidden = name !== stage));
  el("rest").hidden = !["rest", "end"].includes(stage);
  el("board").hidden = stage === "wait" || !view.scores.length;
  drawRound(view);
  if (stage === "wait") drawTeams(view);
  if (stage === "play") drawPlay(view);
  else if (stage !== "wait") drawRest(view, stage);
  el("top").hidden = true;
  if (stage === "rest" || stage === "end") drawTop(view);
  if (stage === "wait") fit(el("rules"), 0.5);
  clock.set(stage === "play" ? view.clock : null);
  // During a question a team keeps its column; between questions the rows stand by rank.
  board.byPlace = stage !== "play";
  const answering = view.turn && (view.turn.team || (view.buzz && view.buzz.winner));
  if (!el("board").hidden) board.update(view, stage === "play" ? answering || null : null);
  if (stage === "play") fitQuestion();
  fill(el("pause"), [view.match.paused, view.match.reason], () =>
    view.match.paused ? [element("b", {}, say("paused")), view.match.reason && element("span", {}, view.match.reason)] : null,
  );
}

function onView(view) {
  cues(shown, view).forEach((cue) => sounds.play(cue));
  shown = view;
  draw(view);
  if (view.last && el("spoken").textContent !== view.last.words) el("spoken").textContent = view.last.words;
}

// The hall need not read of a connection that is back within three seconds.
let trouble = 0;
function onLink(state) {
  clearTimeout(trouble);
  el("link").textContent = say(`link-${state}`);
  if (state === "live") el("link").hidden = true;
  else trouble = setTimeout(() => (el("link").hidden = false), 3000);
}

// ---- sound, full screen, the score board on demand ----
function showSound() {
  el("sound").hidden = sounds.ready;
  el("mute").setAttribute("aria-pressed", String(sounds.muted));
  el("volume").value = String(sounds.volume);
}

async function unlock() {
  if (sounds.ready) return;
  if (await sounds.unlock()) showSound();
}

function toggleFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
}

function toggleBoard() {
  wantsBoard = !wantsBoard;
  el("scores").setAttribute("aria-pressed", String(wantsBoard));
  if (shown) draw(shown);
}

function toggleMute() {
  sounds.setMuted(!sounds.muted);
  showSound();
}

el("mute").addEventListener("click", toggleMute);
el("scores").addEventListener("click", toggleBoard);
el("volume").addEventListener("input", () => {
  sounds.setVolume(el("volume").value);
  showSound();
});
el("volume").addEventListener("change", () => sounds.play("tick"));
if (document.documentElement.requestFullscreen) {
  el("full").hidden = false;
  el("full").addEventListener("click", toggleFull);
}
document.addEventListener("click", unlock);
document.addEventListener("keydown", (event) => {
  unlock();
  if (event.ctrlKey || event.altKey || event.metaKey || event.target === el("volume")) return;
  const act = { m: toggleMute, b: toggleBoard, f: toggleFull }[event.key.toLowerCase()];
  if (act) act();
});

// The bar of buttons is not for the hall: it goes when the mouse has rested for a while.
let rest = 0;
function awake() {
  el("foot").classList.remove("is-away");
  clearTimeout(rest);
  rest = setTimeout(() => el("foot").classList.toggle("is-away", sounds.ready && !el("foot").contains(document.activeElement)), 4000);
}
["mousemove", "keydown", "focusin"].forEach((name) => document.addEventListener(name, awake));
if (navigator.wakeLock) navigator.wakeLock.request("screen").catch(() => {});

showSound();
awake();
room = openRoom({ url: main.dataset.roomUrl, ticket: main.dataset.ticket, snapshot: main.dataset.snapshot, act: main.dataset.act, onView, onLink });
