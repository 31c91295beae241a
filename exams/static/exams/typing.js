// What is being typed becomes an event when the writer pauses, at the latest after a while, and whenever the
// page needs it: never one event per key.
(function (exam) {
  "use strict";
  const PAUSE_MS = 1200;
  const LONGEST_MS = 8000;

  exam.Typing = class {
    /** options: {record(item, value), onChange(), now(), setTimer, clearTimer} */
    constructor(options) {
      Object.assign(this, options);
      this.held = null;
      this.timer = null;
      this.since = 0;
    }

    /** Hold a value that is being typed. */
    type(item, value) {
      if (this.held && this.held.item !== item) this.commit();
      if (!this.held) this.since = this.now();
      this.held = { item, value };
      this.clearTimer(this.timer);
      const left = Math.max(0, this.since + LONGEST_MS - this.now());
      this.timer = this.setTimer(() => this.commit(), Math.min(PAUSE_MS, left));
      this.onChange();
    }

    /** Whether something typed for this item is not written down yet. */
    has(item) {
      return Boolean(this.held) && this.held.item === item;
    }

    /** The value being typed for an item, or undefined. */
    valueOf(item) {
      return this.has(item) ? this.held.value : undefined;
    }

    /** Forget what is held for an item: a newer value already holds it. */
    drop(item) {
      if (!this.has(item)) return;
      this.clearTimer(this.timer);
      this.held = null;
    }

    /** Write down what is held, now. */
    commit() {
      if (!this.held) return;
      const { item, value } = this.held;
      this.drop(item);
      this.record(item, value);
    }
  };
})((window.lianbingExam = window.lianbingExam || {}));
