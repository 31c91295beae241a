// Whether somebody is there: the page is in front, and it was touched within the last minutes. The machine's
// own clock never counts, only the time between two looks.
(function (learn) {
  "use strict";

  const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart", "scroll"];
  const LONGEST_STEP_MS = 5000;

  learn.Presence = class {
    /** `idleMs`: after so long without a touch `onIdle()` is called once. */
    constructor(idleMs, onIdle) {
      Object.assign(this, { idleMs, onIdle, idle: false });
      this.touched = this.looked = performance.now();
      TOUCHES.forEach((name) => document.addEventListener(name, () => this.touch(), { passive: true, capture: true }));
    }

    touch() {
      if (!this.idle) this.touched = performance.now();
    }

    /** Somebody said that they are there. */
    back() {
      this.idle = false;
      this.touched = this.looked = performance.now();
    }

    /** Milliseconds since the last look that somebody was there; 0 while the page is hidden or nobody is. */
    step() {
      const now = performance.now();
      const passed = Math.min(LONGEST_STEP_MS, Math.max(0, now - this.looked));
      this.looked = now;
      if (document.visibilityState !== "visible" || this.idle) return 0;
      if (now - this.touched > this.idleMs) {
        this.idle = true;
        this.onIdle();
        return 0;
      }
      return passed;
    }
  };
})((window.lianbingLearn = window.lianbingLearn || {}));
