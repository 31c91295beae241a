// What the host's and the judges' desk have in common: the live room, the question with its key, the moves with their
// keys, undo, the score board, what happened. Moves go by HTTP, so the desk works without the live connection too.
import { openRoom } from "./room.js";
import { fold, keyOf, plan } from "./moves.js";
import { prepare } from "./forms.js";
import { Board, Clock, drawBuzz, drawQuestion, element, fill, keyWords, playerName, roundWords, say, signed, teamName, verdictWords } from "./show.js";
import { verdictsOf } from "./sounds.js";

export const el = (id) => document.getElementById(id);

/** How a key is written on the desk. */
const keyName = (key) => (key === "SPACE" ? say("key-space") : key);

const JUDGING = ["ruled", "scored", "fouled", "overridden"];

/** The time of day where the contest is held, whatever the clock of this machine is set to. */
const timeText = (at) => new Date(at).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });

export class Desk {
  /** `extra(view, staff, desk)` draws what only one of the desks has; `pick(move)` = which moves it offers,
   * `apart(move)` = which of them `extra` draws itself. */
  constructor({ extra = () => {}, pick = () => true, apart = () => false } = {}) {
    this.extra = extra;
    this.apart = apart;
    this.pick = pick;
    this.view = null;
    this.staff = null;
    this.own = el("main").dataset.roles.split(" ");
    this.barred = el("barred") ? JSON.parse(el("barred").textContent) : {};
    this.busy = false;
    this.moves = [];
    const { roomUrl: url, ticket, snapshot, act, move } = el("main").dataset;
    this.clock = new Clock(el("clock"), () => (this.room ? this.room.now() : Date.now()));
    this.board = new Board(el("board"), false);
    document.addEventListener("keydown", (event) => this.onKey(event));
    el("undo").addEventListener("click", () => this.undo());
    this.room = openRoom({ url, ticket, snapshot, act, move, onView: (...given) => this.onView(...given), onLink: (state) => this.onLink(state) });
  }

  onView(view, you, staff) {
    this.view = view;
    this.you = you;
    if (staff) this.staff = staff;
    this.draw();
    if (this.told) this.told();
  }

  onLink(state) {
    el("link").dataset.state = state;
    el("link").textContent = say(`link-${state}`);
  }

  draw() {
    const { view } = this;
    const staff = this.staff || { may: [], log: [], pads: [], judges: [] };
    this.drawHead(view);
    this.drawTurn(view, staff);
    this.drawMoves(staff);
    this.clock.set(view.clock);
    const answering = view.turn && (view.turn.team || (view.buzz && view.buzz.winner));
    this.board.update(view, answering || null);
    this.drawLog(staff);
    this.extra(view, staff, this);
  }

  drawHead(view) {
    const { match, round, turn } = view;
    el("phase").textContent = match.paused ? say("phase-paused") : say(`phase-${match.phase}`);
    el("phase").dataset.phase = match.paused ? "paused" : match.phase;
    fill(el("round"), [round, turn && turn.number, turn && turn.value], () => {
      if (!round) return null;
      const parts = [round.title || roundWords(round.kind), turn && say("turn-of", { n: turn.number, of: round.items }), turn && turn.value && say("worth", { n: turn.value })];
      return parts.filter(Boolean).map((words) => element("span", {}, words));
    });
    fill(el("last"), view.last, () => (view.last ? view.last.words : null));
    fill(el("pause"), [match.paused, match.reason], () => (match.paused ? say("paused-because", { reason: match.reason || "" }) : null));
  }

  drawTurn(view, staff) {
    const { turn, question, reveal, answers } = view;
    const key = reveal ? reveal.key : staff.key;
    fill(el("turn"), turn && [turn.phase, turn.team, turn.player, turn.who, view.teams.length], () => {
      if (!turn) return null;
      const who = turn.team ? teamName(view, turn.team) : say(turn.who === "audience" ? "audience" : "everybody");
      const player = turn.player ? turn.player.name || playerName(view, turn.player.id) : "";
      return [element("b", {}, [who, player].filter(Boolean).join(" · ")), element("span", { className: "badge" }, say(`turn-${turn.phase}`))];
    });
    fill(el("question"), question && [turn && turn.id, question, key, reveal && reveal.options], () => (question ? drawQuestion(question, { key, options: reveal && reveal.options }) : null));
    fill(el("no-question"), Boolean(question), () => (question ? null : say("no-question")));
    fill(el("key"), question && [question, key, staff.explanation, staff.reference], () => {
      if (!question || !key) return null;
      const words = keyWords(question, key);
      return [words && element("p", {}, element("b", {}, say("key", { key: words }))), staff.explanation && element("p", {}, staff.explanation), staff.reference && element("p", { className: "muted" }, staff.reference)];
    });
    fill(el("buzz"), [view.buzz, view.teams.length], () => drawBuzz(view));
    fill(el("answers"), answers, () => (answers ? say("answered", answers) : null));
    const verdicts = verdictsOf(view);
    fill(el("verdicts"), [verdicts, view.teams.length], () =>
      verdicts.map((one) => element("li", { className: `host-verdict is-${one.verdict}` }, `${teamName(view, one.seat)}：${verdictWords(one.verdict)} ${Number(one.points) ? signed(one.points) : ""}`)),
    );
  }

  /** A move as a button with its key, greyed with the reason where it may not be made. */
  button(move, primary, proposed = false) {
    const made = element(
      "button",
      { type: "button", className: `btn host-move${primary ? " btn-primary" : ""}`, "aria-disabled": move.why ? "true" : null, "data-action": move.action },
      element("span", {}, move.label),
      proposed && element("span", { className: "host-proposed" }, say("pad-says")),
      move.key && element("kbd", {}, keyName(move.key)),
    );
    made.addEventListener("click", (event) => {
      // After a click with the mouse the space bar must mean "begin" again and not this button.
      if (event.detail) made.blur();
      if (move.why) this.refuse(move.why);
      else this.make(move);
    });
    return element("li", {}, made, move.why && element("small", { className: "host-why" }, move.why));
  }

  /** The moves for the roles of whoever sits here; what would judge their own unit's team is barred with the reason. */
  offered(may) {
    const mine = may.filter((move) => this.pick(move) && (!move.roles || move.roles.some((role) => this.own.includes(role))));
    const bar = (move) => (JUDGING.includes(move.action) && move.data && this.barred[String(move.data.team)]) || "";
    const told = mine.map((move) => (move.why || !bar(move) ? move : { ...move, why: bar(move), barred: true }));
    return fold(told, (action) => say(`move-${action}`));
  }

  drawMoves(staff) {
    const all = this.offered(staff.may);
    const proposed = staff.proposed || {};
    const seats = new Set(all.filter((move) => move.action === "ruled" && (!move.why || move.barred)).map((move) => move.data.team));
    const many = seats.size > 1 && Boolean(this.view.turn) && !this.view.turn.team;
    const accept = many && this.accepted(all, proposed);
    this.moves = plan([...(accept && accept.length ? [this.acceptance(accept)] : []), ...all.filter((move) => !move.why || move.barred)]);
    const apart = (move) => this.apart(move) || (many && move.action === "ruled");
    fill(el("moves"), [this.moves, proposed], () => {
      const forward = this.moves.filter((move) => move.forward && !apart(move));
      const wanted = (move) => move.action === "ruled" && proposed[String(move.data.team)] === move.data.verdict;
      const first = forward.find((move) => !move.why && wanted(move)) || forward.find((move) => !move.why);
      return forward.map((move) => this.button(move, move === first, wanted(move)));
    });
    fill(el("rulings"), [many, this.moves, proposed], () => (many ? this.drawRulings([...seats], proposed) : null));
    fill(el("mending"), [this.moves], () => this.moves.filter((move) => !move.forward).map((move) => this.button(move, false)));
    const refused = all.filter((move) => move.why && !move.barred);
    el("refused-box").hidden = !refused.length;
    fill(el("refused"), refused, () => refused.map((move) => element("li", {}, element("b", {}, move.label), ` ${move.why}`)));
    const undo = this.undoable(staff);
    el("undo").disabled = !undo;
    el("undo-what").textContent = undo ? undo.words : say("nothing-to-undo");
  }

  /** The rulings that the pads' answers propose, for the teams that wait for one. */
  accepted(all, proposed) {
    return all.filter((move) => move.action === "ruled" && !move.why && proposed[String(move.data.team)] === move.data.verdict);
  }

  /** One move that makes all of them, one after the other. */
  acceptance(rulings) {
    return { action: "accepted", label: say("as-pads-say", { n: rulings.length }), key: "A", data: {}, rulings };
  }

  /** All teams answered at once: a row for each, what its pad says is marked. */
  drawRulings(seats, proposed) {
    return seats.map((seat) => {
      const rulings = this.moves.filter((move) => move.action === "ruled" && move.data.team === seat);
      const bar = rulings.find((move) => move.why);
      if (bar) return element("li", { className: "host-ruling" }, element("b", {}, teamName(this.view, seat)), element("small", { className: "host-why" }, bar.why));
      const buttons = rulings.map((move) => {
        const words = { ...move, label: verdictWords(move.data.verdict) };
        return this.button(words, false, proposed[String(seat)] === move.data.verdict);
      });
      return element("li", { className: "host-ruling" }, element("b", {}, teamName(this.view, seat)), element("ul", { className: "host-moves" }, buttons));
    });
  }

  /** What the big undo would take back: {seq, words}, or null. */
  undoable(staff) {
    if (staff.undo !== undefined) return staff.undo;
    return (staff.log || []).find((line) => line.undoable) || null;
  }

  drawLog(staff) {
    fill(el("log"), staff.log, () =>
      (staff.log || []).slice(0, 60).map((line) =>
        element("li", { className: line.undone ? "is-undone" : "" }, element("time", {}, timeText(line.at)), element("span", {}, line.words)),
      ),
    );
  }

  refuse(words) {
    el("refusal").textContent = words;
    el("refusal").hidden = !words;
  }

  /** Ask what is missing, then make the move. One at a time: the next waits for the answer of the server. */
  async make(move) {
    if (this.busy) return;
    this.busy = true;
    document.body.classList.add("is-busy");
    try {
      const ready = await prepare(move, this.view, this.staff);
      if (!ready) return;
      this.refuse("");
      if (move.rulings) await this.makeAll(move.rulings);
      else await this.room.move(move.action, ready.data, ready.reason);
    } catch (trouble) {
      this.refuse(trouble.text || trouble.message || say("did-not-work"));
    } finally {
      this.busy = false;
      document.body.classList.remove("is-busy");
    }
  }

  /** One move after the other; the next waits until the room has told of the one before. */
  async makeAll(moves) {
    for (const move of moves) {
      const told = new Promise((resolve) => {
        this.told = resolve;
        setTimeout(resolve, 3000);
      });
      await this.room.move(move.action, move.data, "");
      await told;
    }
  }

  undo() {
    const what = this.staff && this.undoable(this.staff);
    if (what) this.make({ action: "undone", label: say("undo"), text: what.words, data: { seq: what.seq }, reason: true });
  }

  onKey(event) {
    const key = keyOf(event);
    if (!key || document.querySelector("dialog[open]")) return;
    if (event.target.closest && event.target.closest("button, a, summary") && ["SPACE", "ENTER"].includes(key)) return;
    const move = this.moves.find((one) => one.key === key);
    if (key !== "U" && !move) return;
    event.preventDefault();
    if (key === "U") this.undo();
    else this.make(move);
  }
}
