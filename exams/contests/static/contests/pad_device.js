// What a pad asks of the phone: a short buzz in the hand, a screen that stays on, and a draft that survives a reload.

let touched = false;
document.addEventListener("pointerdown", () => (touched = true), { once: true, capture: true });

/** Vibrate where the phone can; `pattern` in milliseconds. Browsers refuse (and complain) before the first touch. */
export function vibrate(pattern) {
  if (touched && navigator.vibrate) navigator.vibrate(pattern);
}

/** Keep the screen on while the page is shown. Phones allow it on secure pages only; elsewhere nothing happens. */
export function stayAwake() {
  if (!navigator.wakeLock) return;
  let lock = null;
  const ask = () => {
    if (document.hidden || (lock && !lock.released)) return;
    navigator.wakeLock.request("screen").then((got) => (lock = got), () => {});
  };
  document.addEventListener("visibilitychange", ask);
  document.addEventListener("pointerdown", ask);
  ask();
}

/** The answer somebody is working on, kept for this match on this phone until the next question. */
export class Draft {
  constructor(match) {
    this.key = `lianbing-pad-${match}`;
    this.held = null;
    try {
      this.held = JSON.parse(sessionStorage.getItem(this.key));
    } catch (error) {
      this.held = null;
    }
  }

  /** The draft of a turn; [] = a blank. */
  of(turn) {
    return this.held && this.held.turn === turn ? this.held.value : [];
  }

  set(turn, value) {
    this.held = { turn, value };
    try {
      sessionStorage.setItem(this.key, JSON.stringify(this.held));
    } catch (error) {
      // A browser that stores nothing keeps the draft on the page alone.
    }
  }
}
