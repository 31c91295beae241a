// The score board: one row for a team, kept by its seat. Rows glide to their new place and points count up,
// calmly, and not at all for those who asked their device for less motion.
import { element, plain, say, signed } from "./show.js";

const GLIDE = 700;
const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Board {
  /** `holder` is an <ol>. `byPlace`: rows stand by rank (true) or by seat (false). */
  constructor(holder, byPlace = true) {
    this.holder = holder;
    this.byPlace = byPlace;
    this.rows = new Map();
    holder.classList.add("contest-board");
  }

  /** Show `view.teams` and `view.scores`; `current` = the seat whose turn it is, or null. */
  update(view, current = null) {
    const before = new Map([...this.rows].map(([seat, row]) => [seat, row.getBoundingClientRect().top]));
    const order = this.byPlace ? (a, b) => a.place - b.place || a.seat - b.seat : (a, b) => a.seat - b.seat;
    const scores = [...view.scores].sort(order);
    const known = new Set(scores.map((score) => score.seat));
    [...this.rows.keys()].filter((seat) => !known.has(seat)).forEach((seat) => this.drop(seat));
    scores.forEach((score) => this.row(view, score, current));
    const rows = scores.map((score) => this.rows.get(score.seat));
    if (rows.some((row, place) => this.holder.children[place] !== row)) this.holder.replaceChildren(...rows);
    this.holder.style.setProperty("--teams", String(Math.max(1, rows.length)));
    if (!calm()) rows.forEach((row, place) => this.glide(row, before.get(scores[place].seat)));
  }

  drop(seat) {
    this.rows.get(seat).remove();
    this.rows.delete(seat);
  }

  row(view, score, current) {
    const team = view.teams.find((one) => one.seat === score.seat);
    const row = this.rows.get(score.seat) || this.make(score.seat);
    const set = (name, text) => {
      const cell = row.querySelector(`.board-${name}`);
      if (cell.textContent !== text) cell.textContent = text;
    };
    set("place", String(score.place));
    set("name", team ? team.name : say("seat", { n: score.seat }));
    set("unit", team && team.unit && team.unit !== team.name ? team.unit : "");
    set("out", score.out ? say("out") : "");
    row.classList.toggle("is-current", score.seat === current);
    row.classList.toggle("is-out", Boolean(score.out));
    this.points(row, String(score.points));
  }

  make(seat) {
    const cell = (name) => element("span", { className: `board-${name}` });
    const name = element("span", { className: "board-team" }, cell("name"), cell("unit"), cell("out"));
    const row = element("li", { className: "board-row", "data-seat": seat }, cell("place"), name, cell("change"), cell("points"));
    this.rows.set(seat, row);
    return row;
  }

  /** New points: the difference is shown beside them for a while and the number counts up or down to it. */
  points(row, now) {
    const cell = row.querySelector(".board-points");
    const was = row.dataset.points;
    row.dataset.points = now;
    if (was === now) return;
    cell.textContent = plain(now);
    if (was === undefined) return;
    const change = Math.round((Number(now) - Number(was)) * 100) / 100;
    const mark = row.querySelector(".board-change");
    mark.textContent = signed(change);
    mark.className = `board-change is-shown ${change < 0 ? "is-loss" : "is-gain"}`;
    clearTimeout(row.fade);
    row.fade = setTimeout(() => mark.classList.remove("is-shown"), 4000);
    if (!calm()) this.count(cell, Number(was), Number(now), now);
  }

  count(cell, from, to, exact) {
    const began = performance.now();
    const step = (at) => {
      const part = Math.min(1, (at - began) / GLIDE);
      if (cell.parentNode.dataset.points !== exact) return;
      cell.textContent = part < 1 ? plain(Math.round(from + (to - from) * part)) : plain(exact);
      if (part < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  glide(row, top) {
    if (top === undefined) return;
    const shift = top - row.getBoundingClientRect().top;
    if (!shift) return;
    row.animate([{ transform: `translateY(${shift}px)` }, { transform: "none" }], { duration: GLIDE, easing: "ease-in-out" });
  }
}
