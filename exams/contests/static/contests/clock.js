// The clock of a turn: a ring and the seconds left, by the server's time. Paused, it stands still.
const RING = "http://www.w3.org/2000/svg";

/** Milliseconds as people read them: 9, 59, 2:05. A begun second counts as a second. */
export function secondsText(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return seconds < 60 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function ring() {
  const svg = document.createElementNS(RING, "svg");
  svg.setAttribute("viewBox", "0 0 100 100");
  svg.setAttribute("aria-hidden", "true");
  ["clock-track", "clock-left"].forEach((name) => {
    const circle = document.createElementNS(RING, "circle");
    Object.entries({ class: name, cx: 50, cy: 50, r: 44, pathLength: 100 }).forEach(([key, value]) => circle.setAttribute(key, value));
    svg.append(circle);
  });
  return svg;
}

export class Clock {
  /** `holder` is filled with the ring; `now()` gives the server's milliseconds; `onSecond(secondsLeft)` is called
   * once for every whole second that begins while the clock runs, with 0 when the time is over. */
  constructor(holder, now, onSecond = () => {}) {
    this.holder = holder;
    this.now = now;
    this.onSecond = onSecond;
    this.clock = null;
    this.total = 0;
    this.told = null;
    this.words = document.createElement("b");
    this.words.className = "clock-words";
    holder.classList.add("contest-clock");
    holder.setAttribute("role", "timer");
    holder.replaceChildren(ring(), this.words);
    this.timer = setInterval(() => this.draw(), 100);
    this.draw();
  }

  /** Take over `view.clock`: null = no clock, {ends_at, total?} = runs, {left, total?} = stands still. */
  set(clock) {
    const same = JSON.stringify(clock) === JSON.stringify(this.clock);
    if (same) return;
    const other = !clock || !this.clock || clock.ends_at !== this.clock.ends_at;
    this.clock = clock;
    if (other) this.told = null;
    const left = this.left();
    this.total = Math.max((clock && clock.total) || 0, left === null ? 0 : left, clock && clock.left !== null ? this.total : 0);
    this.draw();
  }

  /** Milliseconds left; null = no clock. */
  left() {
    if (!this.clock) return null;
    if (this.clock.ends_at === null || this.clock.ends_at === undefined) return this.clock.left === undefined ? null : this.clock.left;
    return Math.max(0, this.clock.ends_at - this.now());
  }

  draw() {
    const left = this.left();
    this.holder.hidden = left === null;
    if (left === null) return;
    const running = Boolean(this.clock.ends_at);
    const seconds = Math.ceil(left / 1000);
    this.words.textContent = secondsText(left);
    this.holder.style.setProperty("--left", String(this.total ? Math.min(1, left / this.total) : 0));
    this.holder.dataset.state = !running ? "paused" : seconds <= 5 ? "short" : "running";
    if (!running || seconds === this.told) return;
    const first = this.told === null && seconds === 0;
    this.told = seconds;
    // A page that opens after the end does not ring the end once more.
    if (!first) this.onSecond(seconds);
  }

  close() {
    clearInterval(this.timer);
  }
}
