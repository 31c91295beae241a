// What the candidate sees. Everything from the paper goes in as text, never as HTML.
(function (exam) {
  "use strict";

  const byId = (id) => document.getElementById(id);
  exam.byId = byId;

  /** A text of the page with its places filled: say("unsaved", {n: 3}). */
  exam.say = function (key, places = {}) {
    const text = byId("texts").dataset[key] || "";
    return Object.keys(places).reduce((out, name) => out.split(`{${name}}`).join(places[name]), text);
  };

  /** An element with properties and children; texts become text nodes. */
  exam.element = function (tag, properties = {}, ...children) {
    const made = document.createElement(tag);
    Object.entries(properties).forEach(([name, value]) => {
      if (name in made) made[name] = value;
      else made.setAttribute(name, value);
    });
    made.append(...children);
    return made;
  };
  const { say, element } = exam;

  /** The head of a section above its questions: open on the first, folded on the others. */
  function sectionHead({ item, section }) {
    if (!section || !section.title) return [];
    const words = section.words.map((text) => element("p", {}, text));
    const about = `${section.title} · ${say("marks", { n: section.marks })}`;
    const head = element("details", { className: "exam-section" }, element("summary", {}, about), ...words);
    head.open = item.position === section.first;
    return [head];
  }

  /** The question form of an item; `ui` is what its kind draws with, `locked` shows it read-only. */
  exam.drawQuestion = function (paper, ui, locked) {
    const { item } = paper;
    const kind = exam.kinds[item.kind];
    const about = [
      say("question", { n: item.position, of: paper.items.length }),
      say(item.kind) || "",
      say("marks", { n: item.marks }),
    ].filter(Boolean);
    byId("question").replaceChildren(
      ...sectionHead(paper),
      element(
        "fieldset",
        { className: "question", disabled: locked },
        element(
          "legend",
          { id: "legend", tabIndex: -1 },
          element("span", { className: "question-about" }, about.join(" · ")),
          ...(kind.ownStem ? [] : [element("span", { className: "question-stem" }, ...exam.rich(item.stem))]),
        ),
        ...kind.draw(item, ui),
      ),
    );
    byId("previous").disabled = paper.current === 0;
    byId("next").hidden = paper.isLast;
    byId("finish").hidden = !paper.isLast;
    byId("place").textContent = `${item.position}/${paper.items.length}`;
  };

  /** Where the candidate is inside the question: the control and the caret; null outside. */
  exam.focusIn = function (form) {
    const at = document.activeElement;
    if (!at || !form.contains(at) || !at.dataset.key) return null;
    const typed = at.tagName === "TEXTAREA" || at.type === "text";
    return { key: at.dataset.key, caret: typed ? [at.selectionStart, at.selectionEnd] : null };
  };

  /** Go back there after the question was drawn anew. */
  exam.focusBack = function (form, place) {
    const at = place && Array.from(form.querySelectorAll("[data-key]")).find((one) => one.dataset.key === place.key);
    if (!at) return;
    at.focus({ preventScroll: true });
    if (place.caret) at.setSelectionRange(...place.caret);
  };

  /** The state of one answer as a word: unsaved, saved or blank. */
  exam.stateOf = function (paper, outbox, position) {
    if (outbox.isUnsaved(position) || exam.session.typing.has(position)) return "unsaved";
    return paper.isAnswered(position) ? "saved" : "blank";
  };

  /** The line under the question: a dot while it is being saved, a tick once the server has it. */
  exam.drawItemState = function (paper, outbox) {
    const { position } = paper.item;
    const state = exam.stateOf(paper, outbox, position);
    const line = byId("item-state");
    line.dataset.state = state;
    line.textContent = say({ unsaved: "stateSaving", saved: "stateSaved", blank: "stateBlank" }[state]);
    byId("clear").hidden = state === "blank";
    byId("flag").setAttribute("aria-pressed", String(paper.isFlagged(position)));
  };

  function describe(paper, outbox, position) {
    return [
      say("number", { n: position }),
      say(paper.isPartly(position) ? "partly" : paper.isAnswered(position) ? "answered" : "notAnswered"),
      paper.isFlagged(position) ? say("flagged") : "",
      outbox.isUnsaved(position) ? say("notSaved") : "",
    ]
      .filter(Boolean)
      .join(", ");
  }

  /** The grid of numbers: filled = answered, corner = flagged, dashes = not saved. */
  exam.drawGrid = function (paper, outbox) {
    const grid = byId("grid");
    if (grid.children.length !== paper.items.length) {
      grid.replaceChildren(
        ...paper.items.map((item, place) =>
          element("li", {}, element("button", { type: "button", className: "cell", "data-place": place }, String(item.position))),
        ),
      );
    }
    paper.items.forEach(({ position }, place) => {
      const cell = grid.children[place].firstChild;
      cell.classList.toggle("is-answered", paper.isAnswered(position));
      cell.classList.toggle("is-partly", paper.isPartly(position));
      cell.classList.toggle("is-flagged", paper.isFlagged(position));
      cell.classList.toggle("is-unsaved", outbox.isUnsaved(position));
      cell.setAttribute("aria-label", describe(paper, outbox, position));
      if (place === paper.current) cell.setAttribute("aria-current", "true");
      else cell.removeAttribute("aria-current");
    });
    byId("grid-sum").textContent = say("gridSum", {
      answered: paper.items.length - paper.unanswered.length,
      of: paper.items.length,
    });
  };

  /** The permanent counter; red once the oldest has waited 15 seconds. */
  exam.drawUnsaved = function (outbox) {
    const counter = byId("unsaved");
    const { held } = exam.session.typing;
    const typed = held && !outbox.isUnsaved(held.item) ? 1 : 0;
    const state = outbox.unsaved + typed === 0 ? "none" : outbox.oldest() > 15000 ? "late" : "some";
    const count = String(outbox.unsavedItems + typed);
    if (counter.dataset.count === count && counter.dataset.state === state) return;
    counter.dataset.count = count;
    counter.dataset.state = state;
    counter.textContent = say("unsaved", { n: count });
  };

  /** The banner under the header: kind is "", "offline", "ended" or "warn". */
  exam.banner = function (id, text) {
    const line = byId(id);
    if (line.textContent === text) return;
    line.textContent = text;
    line.hidden = !text;
  };

  /** Numbers one can tap, for the hand-in sheet. */
  exam.drawNumbers = function (id, positions, paper) {
    const block = byId(id);
    block.hidden = positions.length === 0;
    const places = positions.map((position) => paper.items.findIndex((item) => item.position === position));
    block.querySelector("ul").replaceChildren(
      ...positions.map((position, i) =>
        element("li", {}, element("button", { type: "button", className: "cell", "data-place": places[i] }, String(position))),
      ),
    );
    block.querySelector("b").textContent = String(positions.length);
  };

  /** The receipt in place of the question, built from the server's reply alone. */
  exam.drawReceipt = function (receipt, { left, late }) {
    byId("receipt-number").textContent = receipt.number;
    byId("receipt-time").textContent = exam.localTime(receipt.submitted_at);
    byId("receipt-answered").textContent = say("ofItems", { n: receipt.answered, of: receipt.items });
    byId("receipt-hash").textContent = String(receipt.answers_sha256 || "").slice(0, 16);
    byId("receipt-how").textContent = say(`how_${receipt.how}`) || "";
    const words = [left ? say("leftBehind", { n: left }) : "", late ? say("cameLate", { n: late }) : ""];
    byId("receipt-left").textContent = words.filter(Boolean).join(" ");
    byId("receipt-left").hidden = !left && !late;
    document.body.dataset.phase = "receipt";
    byId("receipt").hidden = false;
    byId("receipt-title").focus();
  };

  /** A moment of the server in Shanghai time, as staff read it. */
  exam.localTime = function (iso) {
    const moment = new Date(iso);
    if (Number.isNaN(moment.getTime())) return iso;
    const zone = byId("texts").dataset.zone || "Asia/Shanghai";
    return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: zone }).format(moment);
  };
})((window.lianbingExam = window.lianbingExam || {}));
