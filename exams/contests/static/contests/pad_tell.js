// What a pad tells: one line in large type, the question when others answer it, and below it answer or standing.
import { Board, drawQuestion, element, fill, keyWords, plain, playerName, say, scoreOf, signed, stem, teamName, verdictWords } from "./show.js";
import { answerWords } from "./pad_answer.js";
import { answerOf, isAsked, isTimeUp } from "./pad_stage.js";

const WITH_QUESTION = ["buzzer", "say", "listen", "sent", "ruling", "choosing", "reveal"];
const WITH_BOARD = ["waiting", "between", "finished"];
const TONES = { right: "ok", wrong: "bad", timeout: "bad" };

const line = (title, text = "", tone = "") => ({ title, text, tone });

/** Who answers while this seat listens; whoever is about to answer is told to get ready. */
function others(view, you) {
  const { turn } = view;
  const asked = turn.who === "all" || (turn.who === "audience" && you.role === "audience") || isAsked(view, you);
  if (asked && turn.phase === "shown") return line(say("ready"), say("ready-more"));
  if (asked && isTimeUp(view, Infinity)) return line(say("time-up"), say("time-up-more"), "bad");
  if (turn.who === "audience") return line(say("all-listen"));
  if (turn.team === null || turn.team === undefined) return line(say("between"));
  const team = teamName(view, turn.team);
  const player = turn.player ? turn.player.name || playerName(view, turn.player.id) : "";
  return line(player ? say("others-player", { team, player }) : say("others", { team }));
}

function finished(view, you) {
  const own = scoreOf(view, you.seat) || you;
  const known = own.points !== null && own.points !== undefined;
  return line(say("finished"), known ? say("finished-more", { place: own.place || "–", points: plain(own.points) }) : "");
}

/** Whether the audience answers, or everybody: then nobody is ruled on. */
const byCrowd = (view) => Boolean(view.turn) && ["all", "audience"].includes(view.turn.who);

/** The verdict on this seat's answer; of a team that was not asked, nothing. */
function verdict(view, you, done) {
  if (you.result) {
    const { verdict: word, points } = you.result;
    return line(verdictWords(word), points === null || points === undefined ? "" : say("your-points", { n: signed(points) }), TONES[word] || "");
  }
  const everybody = byCrowd(view) && you.role === "audience";
  if (everybody && answerOf(view, you, done) === undefined) return line(say("not-answered"), "", "bad");
  const ruled = (view.reveal && view.reveal.verdicts) || (view.turn && view.turn.verdicts) || [];
  const last = ruled[ruled.length - 1];
  if (last && !everybody) {
    const words = { team: teamName(view, last.seat), verdict: verdictWords(last.verdict), points: signed(last.points) };
    return line(say("other-verdict", words));
  }
  return line("");
}

function sent(view, you, done) {
  const response = answerOf(view, you, done);
  const given = view.question ? answerWords(view.question, response) : "";
  return line(say("sent"), [given, say("sent-more")].filter(Boolean).join(" · "), "ok");
}

const TELL = {
  waiting: () => line(say("waiting"), say("waiting-more")),
  finished,
  paused: (view) => line(say("paused"), view.match.reason || ""),
  between: () => line(say("between"), say("between-more")),
  reveal: verdict,
  choosing: (view) => line(say("choosing", { team: teamName(view, view.turn.chooser || view.turn.team) })),
  chosen: () => line(say("chosen")),
  sent,
  say: () => line(say("say-it"), say("say-it-more"), "go"),
  ruling: (view, you, done) => [verdict(view, you, done), line(say(byCrowd(view) ? "wait-reveal" : "wait-ruling"))].find((one) => one.title),
  listen: others,
  replaced: () => line(say("replaced"), say("replaced-more"), "bad"),
};

/** The large line. */
export function drawTold(holder, stage, view, you, done) {
  const facts = TELL[stage] ? TELL[stage](view, you, done) : line("");
  holder.dataset.tone = facts.tone;
  fill(holder, facts, () => {
    if (!facts.title) return null;
    const again = stage === "replaced" && element("p", {}, element("a", { className: "btn btn-primary", href: say("join") }, say("join-again")));
    return [element("p", { className: "pad-told-title" }, facts.title), facts.text && element("p", {}, facts.text), again];
  });
}

/** The question, where it is not a form of one's own: with the key once it is shown. */
export function drawQuestionOf(holder, stage, view) {
  const { question, reveal } = view;
  const shown = WITH_QUESTION.includes(stage) && question ? question : null;
  const counted = reveal && Object.keys(reveal.options || {}).length > 0;
  const facts = shown && [shown, stage === "reveal" && reveal ? { ...reveal, options: counted ? reveal.options : null } : null];
  fill(holder, facts, () => {
    if (!shown) return null;
    return shown.face.options ? drawQuestion(shown, facts[1]) : element("div", { className: "contest-stem" }, stem(shown));
  });
}

function revealed(view) {
  const { question, reveal } = view;
  const key = question ? keyWords(question, reveal.key) : "";
  const articles = (reveal.articles || []).map((one) =>
    element("li", {}, one.url ? element("a", { href: one.url, target: "_blank", rel: "noopener" }, one.text) : one.text),
  );
  return [
    key && element("p", { className: "pad-key" }, say("key-is", { key })),
    reveal.explanation && element("p", { className: "prewrap" }, reveal.explanation),
    articles.length > 0 && element("ul", { className: "bullets" }, articles),
  ];
}

/** The teams by rank, this seat's own marked; in the audience, its best and oneself. */
function standing(view, you) {
  if (you.role !== "audience" && view.scores.length) {
    const list = element("ol", { "aria-label": say("ranking") });
    new Board(list).update(view, you.seat);
    return list;
  }
  const top = (view.board && view.board.top) || [];
  if (!top.length) return null;
  return element(
    "ol",
    { className: "pad-top", "aria-label": say("ranking") },
    top.map((one) => element("li", {}, element("span", {}, String(one.place)), element("span", {}, one.name), element("b", {}, plain(one.points)))),
  );
}

/** Below: key and explanation after a question, the standing between questions, the round's rules before the first. */
export function drawMore(holder, stage, view, you) {
  if (stage === "reveal" && view.reveal) {
    fill(holder, [stage, view.reveal], () => revealed(view));
    return;
  }
  const shown = WITH_BOARD.includes(stage);
  const rules = stage === "between" && view.round ? view.round.words || [] : [];
  fill(holder, shown && [stage, rules, view.scores, view.teams, view.board, you.seat], () => {
    if (!shown) return null;
    return [rules.length > 0 && element("ul", { className: "bullets" }, rules.map((text) => element("li", {}, text))), standing(view, you)];
  });
}
