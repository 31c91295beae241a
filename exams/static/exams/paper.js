// The candidate's paper as the page holds it: questions, answers, flags, and which of them are saved.
(function (exam) {
  "use strict";

  const same = (one, other) => exam.canonicalValue(one || []) === exam.canonicalValue(other || []);

  exam.Paper = class {
    constructor(data) {
      this.items = data.items;
      this.sections = data.sections || [];
      this.current = 0;
      this.load(data.answers, data.flags);
    }

    /** Take over the server's answers and flags. */
    load(answers, flags) {
      this.answers = { ...answers };
      this.flags = new Set(flags);
    }

    /** Put a change on top: {item, value} or {item, flag}. */
    apply({ item, value, flag }) {
      if (value === undefined) this.flags[flag ? "add" : "delete"](item);
      else if (exam.isBlank(value)) delete this.answers[item];
      else this.answers[item] = value;
    }

    get item() {
      return this.items[this.current];
    }

    /** The section in which the question shown stands: {title, words, first, last, marks}, or undefined. */
    get section() {
      const { position } = this.item;
      return this.sections.find((one) => one.first <= position && position <= one.last);
    }

    get isLast() {
      return this.current === this.items.length - 1;
    }

    /** Move to the question at this place (from 0), if there is one. */
    go(place) {
      if (place < 0 || place >= this.items.length) return false;
      this.current = place;
      return true;
    }

    valueOf(position) {
      return this.answers[position] || [];
    }

    isAnswered(position) {
      return !exam.isBlank(this.valueOf(position));
    }

    /** Whether some of a question is answered, but not all of it. */
    isPartly(position) {
      const item = this.items.find((one) => one.position === position);
      const [answered, of] = exam.progress(item, this.valueOf(position));
      return this.isAnswered(position) && answered < of;
    }

    isFlagged(position) {
      return this.flags.has(position);
    }

    positions(test) {
      return this.items.map((item) => item.position).filter(test);
    }

    get unanswered() {
      return this.positions((position) => !this.isAnswered(position));
    }

    get partly() {
      return this.positions((position) => this.isPartly(position));
    }

    get flagged() {
      return this.positions((position) => this.isFlagged(position));
    }

    /** The changes that make the server's copy equal to what the candidate sees here. */
    differences(answers, flags) {
      const theirs = new Set(flags);
      const values = this.positions((position) => !same(this.answers[position], answers[position]));
      const marks = this.positions((position) => this.flags.has(position) !== theirs.has(position));
      return [
        ...values.map((item) => ({ item, value: this.valueOf(item) })),
        ...marks.map((item) => ({ item, flag: this.flags.has(item) })),
      ];
    }
  };

  /** The letter under which the option at this place is shown: A, B, C ... */
  exam.letter = (place) => String.fromCharCode(65 + place);
})((window.lianbingExam = window.lianbingExam || {}));
