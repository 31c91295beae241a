// The pad of a team, a player or somebody in the audience. The room tells what is; this page shows the one thing
// one can do now, large enough for a wet thumb, and sends it once.
import { openRoom } from "./room.js";
import { Clock, plain, say, scoreOf } from "./show.js";
import { AnswerForm } from "./pad_answer.js";
import { Buzzer } from "./pad_buzzer.js";
import { ChoiceForm } from "./pad_choice.js";
import { Draft, stayAwake, vibrate } from "./pad_device.js";
import { drawMore, drawQuestionOf, drawTold } from "./pad_tell.js";
import { NOTHING_DONE, isTimeUp, openingOf, stageOf } from "./pad_stage.js";

const byId = (id) => document.getElementById(id);
const main = byId("main");
const act = byId("act");
const FRESH_FOR = 60000;

const pad = { view: null, you: null, done: { ...NOTHING_DONE }, refusal: null, link: "connecting", felt: "", turn: 0, resultOf: null, result: null, old: null };
let room = null;
const now = () => (room ? room.now() : Date.now());

/** Send one act of the turn that is on; a refusal is shown, and what was done here is done no more. */
function send(what, data, undo) {
  const turn = pad.view.turn.id;
  pad.refusal = null;
  room.act(what, data).catch((error) => {
    pad.refusal = { turn, text: error.text || say("refused") };
    undo();
    draw();
  });
  draw();
}

const answer = new AnswerForm(byId("answer"), new Draft(main.dataset.match), (turn, response) => {
  pad.done.answered = { turn, response };
  send("answer", { response }, () => {
    pad.done.answered = null;
    answer.reopen();
  });
});

const buzzer = new Buzzer((turn) => {
  pad.done.pressed = openingOf(turn);
  vibrate(60);
  send("press", {}, () => {
    pad.done.pressed = "";
  });
});

function decide(what, data) {
  pad.done.chosen = pad.view.turn.id;
  send(what, data, () => {
    pad.done.chosen = 0;
    choice.reopen();
  });
}
const choice = new ChoiceForm(byId("choice"), (data) => decide("choose", data), () => decide("decline", {}));

const TELL_LEFT = [10, 5];
const clock = new Clock(byId("clock"), now, (left) => {
  if (TELL_LEFT.includes(left)) speak(say("seconds-left", { n: left }));
  draw();
});

/** Say something to a screen reader, when it has nothing else to say. */
function speak(text) {
  byId("spoken").textContent = text;
}

/** Feel in the hand what one might not see in the rain: it opened, one was first, one was too early. */
function feel(state) {
  if (state === pad.felt) return;
  pad.felt = state;
  const pattern = { "buzzer-open": 40, "buzzer-first": [90, 60, 90], "buzzer-early": 300, answer: 40 }[state];
  if (pattern) vibrate(pattern);
  if (state.startsWith("buzzer-")) speak(`${buzzer.big.textContent} ${buzzer.small.textContent}`);
}

function showActs(stage) {
  const acts = { answer: [answer.button], buzzer: [buzzer.button], choose: [choice.go, choice.no] }[stage] || [];
  if (acts.length !== act.children.length || acts.some((one, place) => act.children[place] !== one)) act.replaceChildren(...acts);
  act.hidden = acts.length === 0;
  byId("answer").hidden = stage !== "answer";
  byId("choice").hidden = stage !== "choose";
}

function showScore() {
  const { view, you } = pad;
  const own = scoreOf(view, you.seat) || { points: you.points, place: you.place };
  const known = own.points !== null && own.points !== undefined;
  byId("points").textContent = known ? say("points-are", { n: plain(own.points) }) : "";
  byId("place").textContent = known && own.place ? say("place-is", { n: own.place }) : "";
  const { round, turn } = view;
  byId("where").textContent = !round ? "" : turn ? say("where-round", { round: round.title, n: round.asked || turn.number }) : round.title;
}

function showForms(stage) {
  const { view, you } = pad;
  if (stage === "answer" && view.question) answer.open(view.turn, view.question);
  else if (stage !== "paused") answer.close();
  if (stage === "choose") choice.open(view, you);
  else choice.close();
  if (stage === "answer") answer.refresh(isTimeUp(view, now()));
}

function showBanner() {
  const { view, refusal, link } = pad;
  const refused = refusal && view.turn && refusal.turn === view.turn.id ? refusal.text : "";
  const text = refused || (link === "lost" ? say("link-waits") : "");
  const banner = byId("banner");
  banner.hidden = !text;
  banner.classList.toggle("is-bad", Boolean(refused));
  if (banner.textContent !== text) banner.textContent = text;
}

/** The room tells a seat its result when there is one, not that a new question has none: an old one is not shown. */
function withoutOldResult(view, you) {
  const turn = view.turn ? view.turn.id : 0;
  if (turn !== pad.resultOf) Object.assign(pad, { resultOf: turn, old: pad.result });
  pad.result = you.result;
  return you.result && you.result === pad.old ? { ...you, result: null } : you;
}

/** Another question begins at its head. */
function showTop() {
  const turn = pad.view.turn ? pad.view.turn.id : 0;
  if (turn === pad.turn) return;
  pad.turn = turn;
  byId("scroll").scrollTop = 0;
}

/** Show everything anew from `pad`; what has not changed stays as it stands. */
function draw() {
  const { view, you, done } = pad;
  if (!view || !you) return;
  const stage = pad.link === "replaced" ? "replaced" : stageOf(view, you, done);
  document.body.dataset.stage = stage;
  clock.set(stage === "finished" || stage === "replaced" ? null : view.clock);
  showForms(stage);
  const state = stage === "buzzer" ? `buzzer-${buzzer.draw(view, you, done, pad.link === "lost")}` : stage;
  showActs(stage);
  drawTold(byId("told"), stage, view, you, done);
  drawQuestionOf(byId("question"), stage, view);
  drawMore(byId("more"), stage, view, you);
  showScore();
  showBanner();
  showTop();
  feel(state);
}

/** The light of the connection. A ticket that has run out is renewed by loading the page again, not over and over. */
function showLink(state) {
  pad.link = { http: "slow", offline: "lost", ended: "lost", gone: "replaced" }[state] || state;
  byId("link").dataset.state = pad.link;
  byId("link-words").textContent = say(`link-${pad.link}`);
  if (state === "ended" && performance.now() > FRESH_FOR) location.reload();
  draw();
}

room = openRoom({
  url: main.dataset.roomUrl,
  ticket: main.dataset.ticket,
  snapshot: main.dataset.snapshot,
  act: main.dataset.act,
  onView: (view, you) => {
    Object.assign(pad, { view, you: withoutOldResult(view, you) });
    draw();
  },
  onLink: showLink,
});
stayAwake();
