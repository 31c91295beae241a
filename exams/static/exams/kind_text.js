// Questions answered in words: short answer and essay, and the box that a reason is written in.
(function (exam) {
  "use strict";

  /** A labelled box with a counter. options: {label, heading: whether it shows, limit, rows, read(): text, write(text): value} */
  exam.textBox = function (ui, { label, heading, limit, rows, read, write }) {
    const { element, say } = exam;
    const counter = element("p", { className: "text-count", id: `${ui.name}-count` });
    const box = element("textarea", {
      className: "text-answer",
      name: `${ui.name}-text`,
      rows,
      maxLength: limit,
      spellcheck: false,
      "aria-label": ui.label ? `${ui.label} ${label}` : label,
      "aria-describedby": counter.id,
      "data-key": `${ui.name}-text`,
    });
    const count = () => {
      counter.textContent = say("written", { n: box.value.length, of: limit });
      counter.dataset.full = String(box.value.length >= limit);
    };
    box.value = read();
    count();
    box.addEventListener("input", count);
    exam.listenTyping(box, ui, () => write(exam.tidyText(box.value, limit)));
    const shown = heading ? [element("p", { className: "text-label", "aria-hidden": "true" }, label)] : [];
    return [...shown, box, counter];
  };

  const kind = (rows) => ({
    draw: (item, ui) =>
      exam.textBox(ui, {
        label: exam.say("yourAnswer"),
        limit: item.limit,
        rows,
        read: () => (exam.isBlank(ui.value()) ? "" : ui.value()),
        write: (text) => text || [],
      }),
    words: (item, value) => value,
    progress: (item, value) => [exam.isBlank(value) ? 0 : 1, 1],
  });
  exam.kinds.short_answer = kind(7);
  exam.kinds.essay = kind(14);
})((window.lianbingExam = window.lianbingExam || {}));
