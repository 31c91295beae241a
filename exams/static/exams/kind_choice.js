// Questions with options: single, multiple and indefinite choice, true or false (with a reason where asked).
(function (exam) {
  "use strict";
  const several = (item) => ["multiple_choice", "indefinite_choice"].includes(item.kind);
  const chosen = (item, value) => (item.asks_reason ? exam.members(value).options : value) || [];
  const reason = (value) => exam.members(value).reason || "";

  /** The ids after one was chosen or unchosen, in canonical order. */
  exam.withOption = function (item, before, id, checked) {
    if (!several(item)) return checked ? [id] : [];
    const rest = before.filter((one) => one !== id);
    return (checked ? [...rest, id] : rest).sort();
  };

  /** The value of a choice with a reason. */
  exam.reasoned = (options, text) => (options.length || text ? { options, reason: text } : []);

  function option(item, choice, place, ui) {
    const { element } = exam;
    const input = element("input", {
      type: several(item) ? "checkbox" : "radio",
      name: ui.name,
      value: choice.id,
      checked: chosen(item, ui.value()).includes(choice.id),
      "data-key": `${ui.name}-${choice.id}`,
    });
    input.addEventListener("change", () => {
      const ids = exam.withOption(item, chosen(item, ui.value()), choice.id, input.checked);
      ui.change(item.asks_reason ? exam.reasoned(ids, reason(ui.value())) : ids);
    });
    return element(
      "label",
      { className: "option" },
      input,
      element("span", { className: "option-letter", "aria-hidden": "true" }, exam.letter(place)),
      element("span", { className: "option-text" }, choice.text),
    );
  }

  function draw(item, ui) {
    const options = item.options.map((choice, place) => option(item, choice, place, ui));
    const block = exam.element("div", { className: "options" }, ...options);
    if (!item.asks_reason) return [block];
    const box = exam.textBox(ui, {
      label: exam.say("reason"),
      heading: true,
      limit: item.limit,
      rows: 3,
      read: () => reason(ui.value()),
      write: (text) => exam.reasoned(chosen(item, ui.value()), text),
    });
    return [block, ...box];
  }

  function words(item, value) {
    const letters = item.options.map((one, place) => (chosen(item, value).includes(one.id) ? exam.letter(place) : ""));
    return [letters.join(""), item.asks_reason ? reason(value) : ""].filter(Boolean).join(" ");
  }

  function progress(item, value) {
    const parts = [chosen(item, value).length > 0, ...(item.asks_reason ? [Boolean(reason(value))] : [])];
    return [parts.filter(Boolean).length, parts.length];
  }

  ["single_choice", "multiple_choice", "indefinite_choice", "true_false"].forEach((name) => {
    exam.kinds[name] = { draw, words, progress };
  });
})((window.lianbingExam = window.lianbingExam || {}));
