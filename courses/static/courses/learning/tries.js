// The questions at the end of a lesson, and the notes beside it. Both are written down first and sent then.
(function (learn) {
  "use strict";

  const byId = (id) => document.getElementById(id);

  /** How each kind is read off its part of the form; null while something is missing. */
  const READ = {
    fill_blank(set) {
      const blanks = Array.from(set.querySelectorAll("[data-blank]"));
      if (blanks.some((input) => !input.value.trim())) return null;
      return Object.fromEntries(blanks.map((input) => [input.dataset.blank, input.value.trim()]));
    },
    ordering(set) {
      const steps = Array.from(set.querySelectorAll("select[data-step]"));
      const places = steps.map((select) => select.value);
      if (places.includes("") || new Set(places).size < places.length) return null;
      return steps.sort((one, other) => one.value - other.value).map((select) => select.dataset.step);
    },
  };

  function ticked(set) {
    const found = Array.from(set.querySelectorAll("input:checked"), (input) => input.value);
    return found.length ? found : null;
  }

  /** What was answered: {name: answer}, or null where a question has no answer yet. */
  function answered(form) {
    const sets = Array.from(form.querySelectorAll("fieldset[data-name]"));
    const read = sets.map((set) => [set.dataset.name, (READ[set.dataset.kind] || ticked)(set)]);
    return read.every(([, answer]) => answer) ? Object.fromEntries(read) : null;
  }

  /** A form takes answers from now on; until then its button is off, so that nothing is sent past the store. */
  const ready = (form) => form.querySelectorAll("button[type=submit]").forEach((button) => (button.disabled = false));

  /** The check. `record(body)` writes a try down and sends it. */
  learn.Check = class {
    constructor(words, record) {
      this.form = byId("check-form");
      this.waiting = null;
      if (!this.form) return;
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        const answers = answered(this.form);
        learn.say(byId("check-problem"), answers ? "" : words.blank);
        if (!answers || this.waiting) return;
        this.waiting = learn.uuid();
        this.hold();
        record({ uid: this.waiting, answers });
      });
      byId("check-again").addEventListener("click", () => this.again());
      ready(this.form);
    }

    /** A try is under way: nothing else can be sent meanwhile. */
    hold() {
      this.form.querySelectorAll("input, select, button").forEach((input) => (input.disabled = true));
      byId("check-waiting").hidden = false;
    }

    /** A try that an earlier load of the page wrote down still waits. */
    restore(uid) {
      if (!this.form || this.waiting) return;
      this.waiting = uid;
      this.hold();
    }

    again() {
      this.form.reset();
      this.form.hidden = false;
      byId("check-again").hidden = true;
      byId("check-result").textContent = "";
      this.form.scrollIntoView({ block: "start" });
    }

    /** The server's word on a try: {uid, passed, html} or {uid, problem}. */
    heard(reply) {
      if (!this.form || reply.uid !== this.waiting) return;
      this.waiting = null;
      byId("check-waiting").hidden = true;
      this.form.querySelectorAll("input, select, button").forEach((input) => (input.disabled = false));
      learn.say(byId("check-problem"), reply.problem || "");
      if (reply.problem) return;
      // The server's own page piece, from this site alone; every text in it was escaped there.
      byId("check-result").innerHTML = reply.html;
      this.form.hidden = true;
      byId("check-again").hidden = Boolean(reply.passed);
      byId("check-passed").hidden = !reply.passed;
      byId("check-result").focus();
    }
  };

  /** The notes. `record(body)` writes one down and sends it. */
  learn.Notes = class {
    constructor(words, films, record) {
      Object.assign(this, { words, rows: new Map() });
      document.addEventListener("click", (event) => {
        const mark = event.target.closest("[data-second]");
        if (mark) films.goTo(films.current, Number(mark.dataset.second) * 1000 || 1);
      });
      const form = byId("note-form");
      if (!form) return;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const field = byId("note-text");
        const text = field.value.trim();
        if (!text) return;
        const body = { uid: learn.uuid(), text, second: films.second() };
        field.value = "";
        this.show(body);
        record(body);
      });
      ready(form);
    }

    /** A note on the page, marked until the server has it. */
    show({ uid, text, second }) {
      if (this.rows.has(uid)) return;
      const row = document.createElement("li");
      if (second !== null && second !== undefined) {
        const mark = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small" });
        mark.dataset.second = second;
        mark.textContent = learn.clockText(second);
        row.append(mark, " ");
      }
      const words = Object.assign(document.createElement("span"), { textContent: text, className: "prewrap" });
      const state = Object.assign(document.createElement("span"), { textContent: this.words.waiting, className: "badge badge-warn" });
      row.append(words, " ", state);
      byId("note-list").append(row);
      this.rows.set(uid, { row, state });
    }

    heard({ uid, problem }) {
      const known = this.rows.get(uid);
      if (!known) return;
      if (problem) known.state.textContent = problem;
      else known.state.remove();
    }
  };

  /** Show a text, or nothing. */
  learn.say = function (element, text) {
    element.textContent = text;
    element.hidden = !text;
  };
})((window.lianbingLearn = window.lianbingLearn || {}));
