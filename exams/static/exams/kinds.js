// What every kind of question offers the exam page. `exam.kinds[name]` is
// {draw(item, ui): elements, words(item, value): text, progress(item, value): [answered, of]};
// `ui` is {name, label, value(), change(value), type(value), commit()}: `change` is written down at once, `type`
// when the candidate pauses. Values are canonical, equal to what the server's `parse` makes of them.
(function (exam) {
  "use strict";
  exam.kinds = {};

  const BLANK = /^[ \t\n\u00a0\u3000]*$/;
  // eslint-disable-next-line no-control-regex
  const FORBIDDEN = /[\x00-\x08\x0b-\x1f\x7f]/g;
  const BROKEN = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

  /** A text as the server keeps it: "\n" ends lines, nothing unprintable, at most `limit` long; "" for a blank. */
  exam.tidyText = function (text, limit) {
    const plain = text.replace(/\r\n?/g, "\n").replace(FORBIDDEN, "");
    const short = plain.slice(0, limit).replace(BROKEN, "");
    return BLANK.test(short) ? "" : short;
  };

  /** An object without blank members and with its keys sorted; [] when nothing is left. */
  exam.tidyObject = function (members) {
    const keys = Object.keys(members)
      .filter((key) => !exam.isBlank(members[key]))
      .sort();
    if (!keys.length) return [];
    return keys.reduce((made, key) => ({ ...made, [key]: members[key] }), {});
  };

  /** The members of an answer that is an object; {} for a blank. */
  exam.members = (value) => (exam.isBlank(value) || Array.isArray(value) ? {} : value);

  /** How much of a question is answered: [answered, of]. */
  exam.progress = (item, value) => exam.kinds[item.kind].progress(item, value);

  /** An answer in a few words, for a list. */
  exam.wordsOf = function (item, value) {
    const words = exam.isBlank(value) ? "" : exam.kinds[item.kind].words(item, value);
    return words.length > 160 ? `${words.slice(0, 160)}…` : words;
  };

  /** Let a field be typed into, with an input method too: nothing is taken while characters are being composed. */
  exam.listenTyping = function (field, ui, read) {
    const typed = () => ui.type(read());
    field.addEventListener("input", (event) => event.isComposing || typed());
    field.addEventListener("compositionend", typed);
    field.addEventListener("change", () => ui.commit());
  };
})((window.lianbingExam = window.lianbingExam || {}));
