// Ordering: tap the steps one after the other; every step placed can be moved up, down or taken back.
(function (exam) {
  "use strict";

  function button(text, label, key, work, off = false) {
    const made = exam.element(
      "button",
      { type: "button", className: "btn step-btn", "aria-label": label, "data-key": key, disabled: off },
      text,
    );
    made.addEventListener("click", work);
    return made;
  }

  function moved(list, from, to) {
    const rest = list.filter((_, place) => place !== from);
    return [...rest.slice(0, to), list[from], ...rest.slice(to)];
  }

  class Board {
    constructor(item, ui) {
      Object.assign(this, { item, ui });
      const { element, say } = exam;
      this.placed = element("ol", { className: "steps-placed", "aria-label": say("stepsPlaced") });
      this.pool = element("div", { className: "steps-pool", role: "group", "aria-label": say("stepsLeft") });
      this.said = element("p", { className: "visually-hidden", role: "status" });
      this.hint = element("p", { className: "steps-hint" }, say("stepsHint"));
      this.nodes = [this.hint, this.placed, this.pool, this.said];
      this.draw();
    }

    get given() {
      const value = this.ui.value();
      return Array.isArray(value) ? value : [];
    }

    key(id, what) {
      return `${this.ui.name}-${id}-${what}`;
    }

    /** Show the new order, say it, and keep the focus on what was pressed. */
    set(list, said, keys) {
      this.ui.change(list);
      this.draw();
      this.said.textContent = said;
      const controls = [...this.placed.querySelectorAll("button"), ...this.pool.querySelectorAll("button")];
      const next = keys.map((key) => controls.find((one) => one.dataset.key === key && !one.disabled)).find(Boolean);
      if (next || controls[0]) (next || controls[0]).focus();
    }

    put(option) {
      const rest = this.item.options.filter((one) => one.id !== option.id && !this.given.includes(one.id));
      const list = [...this.given, option.id];
      const said = exam.say("stepAt", { n: list.length, text: option.text });
      this.set(list, said, rest.length ? [this.key(rest[0].id, "put")] : [this.key(option.id, "up")]);
    }

    move(option, from, to) {
      const ways = to < from ? ["up", "down"] : ["down", "up"];
      const said = exam.say("stepAt", { n: to + 1, text: option.text });
      this.set(moved(this.given, from, to), said, ways.map((way) => this.key(option.id, way)));
    }

    takeBack(option) {
      const list = this.given.filter((id) => id !== option.id);
      this.set(list, exam.say("stepBack", { text: option.text }), [this.key(option.id, "put")]);
    }

    row(id, place) {
      const { element, say } = exam;
      const option = this.item.options.find((one) => one.id === id);
      const last = this.given.length - 1;
      const name = { text: option.text };
      return element(
        "li",
        { className: "step" },
        element("span", { className: "step-text" }, option.text),
        element(
          "span",
          { className: "step-moves" },
          button("↑", say("stepUp", name), this.key(id, "up"), () => this.move(option, place, place - 1), place === 0),
          button("↓", say("stepDown", name), this.key(id, "down"), () => this.move(option, place, place + 1), place === last),
          button("✕", say("stepRemove", name), this.key(id, "back"), () => this.takeBack(option)),
        ),
      );
    }

    draw() {
      const { given } = this;
      const left = this.item.options.filter((option) => !given.includes(option.id));
      this.placed.replaceChildren(...given.map((id, place) => this.row(id, place)));
      this.placed.hidden = given.length === 0;
      this.pool.replaceChildren(
        ...left.map((option) => button(option.text, "", this.key(option.id, "put"), () => this.put(option))),
      );
      this.pool.querySelectorAll("button").forEach((one) => one.removeAttribute("aria-label"));
      this.pool.hidden = left.length === 0;
      this.hint.hidden = left.length === 0;
    }
  }

  exam.kinds.ordering = {
    draw: (item, ui) => new Board(item, ui).nodes,
    words: (item, value) =>
      value.map((id) => (item.options.find((option) => option.id === id) || {}).text).join(" → "),
    progress: (item, value) => [Array.isArray(value) ? value.length : 0, item.options.length],
  };
})((window.lianbingExam = window.lianbingExam || {}));
