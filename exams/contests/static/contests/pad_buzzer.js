// The buzzer: one huge button, pressed with a thumb, with space or with enter, and pressed once.
import { element, say, teamName } from "./show.js";
import { buzzerOf, may, openingOf, winnerOf } from "./pad_stage.js";

const WORDS = { not_yet: "not-yet" };

function words(state, view, you, kept) {
  const key = WORDS[state] || state;
  if (state === "other") {
    const at = view.buzz.order.findIndex((one) => one.seat === you.seat);
    const first = view.buzz.order[0];
    const late = at > 0 ? say("buzz-other-place", { n: at + 1, ms: Math.round(view.buzz.order[at].ms - first.ms) }) : "";
    return [say("buzz-other", { team: teamName(view, winnerOf(view)) }), late];
  }
  if (state === "pressed" && kept) return [say("buzz-pressed"), say("buzz-kept")];
  if (state === "first" && view.turn.by === "voice") return [say("buzz-first"), say("say-it")];
  return [say(`buzz-${key}`), say(`buzz-${key}-more`)];
}

export class Buzzer {
  /** `press(turn)` is called for the one press that counts. */
  constructor(press) {
    this.big = element("b", { className: "buzzer-word" });
    this.small = element("span", { className: "buzzer-more" });
    this.button = element("button", { type: "button", className: "buzzer", id: "buzzer" }, this.big, this.small);
    this.press = press;
    this.turn = null;
    this.armed = false;
    // The finger going down counts, not the finger going up; click serves keyboards and screen readers.
    this.button.addEventListener("pointerdown", (event) => event.button === 0 && this.go());
    this.button.addEventListener("click", () => this.go());
    document.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (![" ", "Enter"].includes(event.key) || event.repeat || !this.button.isConnected) return;
    if (event.target.closest("input, textarea, select, a, button, summary") && event.target !== this.button) return;
    event.preventDefault();
    this.go();
  }

  go() {
    if (!this.armed) return;
    this.armed = false;
    this.press(this.turn);
  }

  /** Show the state; `kept` = the press waits for a connection. Returns the state. */
  draw(view, you, done, kept) {
    const state = buzzerOf(view, you, done);
    const [big, small] = words(state, view, you, kept);
    this.turn = view.turn;
    this.armed = ["open", "not_yet"].includes(state) && may(you, "press") && done.pressed !== openingOf(view.turn);
    this.button.dataset.state = state;
    if (this.big.textContent !== big) this.big.textContent = big;
    if (this.small.textContent !== small) this.small.textContent = small;
    this.button.setAttribute("aria-disabled", String(!this.armed));
    return state;
  }
}
