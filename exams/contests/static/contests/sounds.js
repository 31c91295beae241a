// The sounds of a contest, made in the browser: no file, no request. Browsers keep quiet until the first click or
// key, so a page calls unlock() from one. Volume and mute are kept on this machine.

// Each cue is a list of notes: [frequency in Hz, start in s, length in s, shape].
const CUES = {
  open: [[523.25, 0, 0.16, "triangle"], [783.99, 0.14, 0.42, "triangle"]],
  buzz: [[196, 0, 0.5, "square"], [392, 0, 0.18, "square"]],
  right: [[659.25, 0, 0.14, "sine"], [783.99, 0.12, 0.14, "sine"], [1046.5, 0.24, 0.55, "sine"]],
  wrong: [[233.08, 0, 0.26, "sawtooth"], [174.61, 0.24, 0.6, "sawtooth"]],
  tick: [[1174.66, 0, 0.07, "sine"]],
  up: [[440, 0, 0.22, "triangle"], [440, 0.3, 0.22, "triangle"], [330, 0.6, 0.7, "triangle"]],
};
// Shapes differ in how loud they seem at the same amplitude.
const LOUD = { sine: 0.8, triangle: 0.8, square: 0.22, sawtooth: 0.26 };
const KEPT = "lianbing-contest-sound";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || {};
  } catch (trouble) {
    return {};
  }
}

export class Sounds {
  constructor() {
    const { volume = 70, muted = false } = kept();
    this.volume = Math.min(100, Math.max(0, Number(volume) || 0));
    this.muted = Boolean(muted);
    this.audio = null;
    this.played = [];
  }

  /** Whether the browser lets this page sound. */
  get ready() {
    return Boolean(this.audio) && this.audio.state === "running";
  }

  /** Call from a click or a key. Resolves to `ready`. */
  async unlock() {
    const Audio = window.AudioContext || window.webkitAudioContext;
    if (!Audio) return false;
    this.audio = this.audio || new Audio();
    if (this.audio.state !== "running") await this.audio.resume().catch(() => {});
    return this.ready;
  }

  /** Volume 0 to 100; setting it above 0 ends the mute. */
  setVolume(volume) {
    this.volume = Math.min(100, Math.max(0, Number(volume) || 0));
    this.muted = this.volume === 0;
    this.keep();
  }

  setMuted(muted) {
    this.muted = muted;
    this.keep();
  }

  keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ volume: this.volume, muted: this.muted }));
    } catch (trouble) {
      // A browser that keeps nothing starts with the usual volume next time.
    }
  }

  /** Sound one cue: open, buzz, right, wrong, tick, up. Silent when muted or not unlocked. */
  play(name) {
    this.played = [...this.played.slice(-19), name];
    if (!this.ready || this.muted) return false;
    const start = this.audio.currentTime + 0.02;
    CUES[name].forEach(([frequency, at, length, shape]) => this.note(frequency, start + at, length, shape));
    return true;
  }

  note(frequency, at, length, shape) {
    const tone = this.audio.createOscillator();
    const gain = this.audio.createGain();
    // Ears hear loudness as a power: half way on the slider is a quarter of the amplitude.
    const peak = LOUD[shape] * (this.volume / 100) ** 2;
    tone.type = shape;
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(Math.max(0.0002, peak), at + 0.012);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + length);
    tone.connect(gain).connect(this.audio.destination);
    tone.start(at);
    tone.stop(at + length + 0.02);
  }
}

/** The verdicts of a turn that are known: [{seat, verdict, points}]. */
export const verdictsOf = (view) => (view.turn && view.turn.verdicts) || (view.reveal && view.reveal.verdicts) || [];

/** The cues that lie between two views, in order: what was opened, who buzzed, what was ruled. */
export function cues(before, now) {
  if (!before || before.match.paused !== now.match.paused) return [];
  const turn = (view) => (view.turn ? view.turn.id : null);
  const same = turn(before) === turn(now);
  const found = [];
  const opened = (view) => Boolean(view.turn && view.turn.opened);
  if (opened(now) && !(same && opened(before))) found.push("open");
  const winner = (view) => (view.buzz ? view.buzz.winner : null);
  if (winner(now) !== null && !(same && winner(before) === winner(now))) found.push("buzz");
  const old = same ? verdictsOf(before).map((one) => `${one.seat}`) : [];
  const fresh = verdictsOf(now).filter((one) => !old.includes(`${one.seat}`));
  if (fresh.some((one) => one.verdict === "right")) found.push("right");
  else if (fresh.some((one) => ["wrong", "timeout"].includes(one.verdict))) found.push("wrong");
  return found;
}
