// Case analysis: the stem stays at hand above the parts, which are drawn by their own kinds.
(function (exam) {
  "use strict";

  function stem(item) {
    const { element, say } = exam;
    return element(
      "details",
      { className: "case-stem", open: true },
      element("summary", {}, say("caseStem")),
      element("div", { className: "case-text", tabIndex: 0, role: "region", "aria-label": say("caseStem") }, ...exam.rich(item.stem)),
    );
  }

  /** What a part changes is put into the answer of the whole case. */
  function uiOf(item, part, number, ui) {
    const whole = (value) => exam.tidyObject({ ...exam.members(ui.value()), [part.id]: value });
    return {
      name: `${ui.name}-${part.id}`,
      label: number,
      value: () => exam.members(ui.value())[part.id] || [],
      change: (value) => ui.change(whole(value)),
      type: (value) => ui.type(whole(value)),
      commit: () => ui.commit(),
    };
  }

  function block(item, part, ui) {
    const { element, say } = exam;
    const number = item.position ? `${item.position}.${part.number}` : String(part.number);
    const kind = exam.kinds[part.kind];
    const about = [number, say(part.kind), say("marks", { n: part.marks })].filter(Boolean).join(" · ");
    return element(
      "fieldset",
      { className: "question case-part", "data-part": part.id },
      element(
        "legend",
        {},
        element("span", { className: "question-about" }, about),
        ...(kind.ownStem ? [] : [element("span", { className: "question-stem" }, ...exam.rich(part.stem))]),
      ),
      ...kind.draw(part, uiOf(item, part, number, ui)),
    );
  }

  exam.kinds.case_analysis = {
    ownStem: true,
    draw: (item, ui) => [stem(item), ...item.parts.map((part) => block(item, part, ui))],
    words(item, value) {
      const answered = item.parts.filter((part) => !exam.isBlank(value[part.id]));
      return answered.map((part) => `(${part.number}) ${exam.kinds[part.kind].words(part, value[part.id])}`).join("  ");
    },
    progress(item, value) {
      const parts = item.parts.map((part) => exam.progress(part, exam.members(value)[part.id] || []));
      return parts.reduce(([done, of], [n, most]) => [done + n, of + most], [0, 0]);
    },
  };
})((window.lianbingExam = window.lianbingExam || {}));
