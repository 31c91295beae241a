// Fill in: the blanks stand in the stem itself, each with its number.
(function (exam) {
  "use strict";

  function widen(input) {
    const wide = Array.from(input.value).reduce((sum, char) => sum + (char > "\u2e7f" ? 1.05 : 0.62), 0);
    input.style.width = `${Math.max(5, Math.min(wide + 2, 40))}em`;
  }

  /** Enter goes to the next blank instead of anywhere else. */
  function onEnter(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const all = Array.from(event.target.form.querySelectorAll(".blank-input"));
    const next = all[all.indexOf(event.target) + 1];
    if (next) next.focus();
    else event.target.blur();
  }

  function blank(item, piece, ui) {
    const { element, say } = exam;
    const name = say("blank", { n: piece.number });
    const input = element("input", {
      type: "text",
      className: "blank-input",
      name: `${ui.name}-${piece.blank}`,
      value: exam.members(ui.value())[piece.blank] || "",
      maxLength: item.limit,
      placeholder: piece.hint,
      spellcheck: false,
      "aria-label": [ui.label, name, piece.hint].filter(Boolean).join(" "),
      autocomplete: "off",
      autocapitalize: "off",
      enterkeyhint: "next",
      "data-key": `${ui.name}-${piece.blank}`,
    });
    widen(input);
    input.addEventListener("input", () => widen(input));
    input.addEventListener("keydown", onEnter);
    exam.listenTyping(input, ui, () =>
      exam.tidyObject({ ...exam.members(ui.value()), [piece.blank]: exam.tidyText(input.value, item.limit) }),
    );
    return element("span", { className: "blank" }, element("span", { className: "blank-number", "aria-hidden": "true" }, String(piece.number)), input);
  }

  exam.kinds.fill_blank = {
    ownStem: true,
    draw: (item, ui) => [
      exam.element(
        "div",
        { className: "question-stem blank-stem" },
        ...item.pieces.flatMap((piece) => (piece.blank ? [blank(item, piece, ui)] : exam.rich(piece.text))),
      ),
    ],
    words(item, value) {
      const filled = item.pieces.filter((piece) => piece.blank && value[piece.blank]);
      return filled.map((piece) => `${piece.number}. ${value[piece.blank]}`).join("  ");
    },
    progress(item, value) {
      const blanks = item.pieces.filter((piece) => piece.blank);
      return [blanks.filter((piece) => exam.members(value)[piece.blank]).length, blanks.length];
    },
  };
})((window.lianbingExam = window.lianbingExam || {}));
