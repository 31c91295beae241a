// The countdown. The server says how much is left; only the monotonic clock counts in between, so that
// changing the phone's clock changes nothing.
(function (exam) {
  "use strict";

  /** Milliseconds left as people read them: 1:05:09 or 45:09. A begun second counts as a second. */
  exam.countdownText = function (ms) {
    const seconds = Math.max(0, Math.ceil(ms / 1000));
    const two = (n) => String(n).padStart(2, "0");
    const minutes = two(Math.floor(seconds / 60) % 60);
    const hours = Math.floor(seconds / 3600);
    return `${hours ? `${hours}:` : ""}${minutes}:${two(seconds % 60)}`;
  };

  exam.Countdown = class {
    /** `now` gives monotonic milliseconds (performance.now). */
    constructor(now) {
      this.now = now;
      this.endsAt = null;
      this.syncedAt = null;
      this.guessed = false;
      this.passed = new Set();
    }

    /** Take over what a reply said. `askedAt`: when its request left; half the way there and back is gone. */
    sync(remainingMs, askedAt) {
      if (!Number.isFinite(remainingMs)) return;
      const now = this.now();
      const travel = askedAt === undefined ? 0 : Math.min((now - askedAt) / 2, 5000);
      this.endsAt = now + remainingMs - travel;
      this.syncedAt = now;
      this.guessed = false;
      this.passed.forEach((mark) => {
        if (this.remaining() > mark + 2000) this.passed.delete(mark);
      });
    }

    /** Reloaded while offline: shown as not confirmed, and nothing is decided by it until the server has spoken. */
    guess(remainingMs) {
      this.endsAt = this.now() + Math.max(0, remainingMs);
      this.guessed = true;
    }

    remaining() {
      return this.endsAt === null ? Infinity : Math.max(0, this.endsAt - this.now());
    }

    /** How long ago the server last confirmed the time, in milliseconds. */
    age() {
      return this.syncedAt === null ? Infinity : this.now() - this.syncedAt;
    }

    /** Those of `marks` (milliseconds left) that have been reached since they were last asked about. */
    reached(marks) {
      const left = this.remaining();
      const fresh = marks.filter((mark) => left <= mark && !this.passed.has(mark));
      fresh.forEach((mark) => this.passed.add(mark));
      return fresh;
    }
  };
})((window.lianbingExam = window.lianbingExam || {}));
