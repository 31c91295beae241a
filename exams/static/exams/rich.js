// A stem with pictures and tables, drawn as elements; texts become text nodes. The rules: question_bank/rules/rich.py.
(function (exam) {
  "use strict";

  const PICTURE = /^!\[([^\]\n]{0,200})\]\(picture:([0-9a-f]{32})\)$/;
  const ROW = /^\|.*\|$/;
  const RULE = /^\|(?:\s*:?-{2,}:?\s*\|)+$/;

  /** The pictures this page carries, as data addresses by id. */
  exam.pictures = {};

  function kindOf(line) {
    const bare = line.trim();
    if (PICTURE.test(bare)) return "picture";
    return bare.length > 1 && ROW.test(bare) ? "table" : "text";
  }

  /** Neighbouring lines of one kind; a table of a single line is text. */
  function runs(lines) {
    const found = [];
    lines.forEach((line) => {
      const kind = kindOf(line);
      const last = found[found.length - 1];
      if (last && last.kind === kind) last.lines.push(line);
      else found.push({ kind, lines: [line] });
    });
    found.forEach((run) => {
      if (run.kind === "table" && run.lines.length === 1) run.kind = "text";
    });
    return found;
  }

  function picture(line) {
    const [, words, id] = PICTURE.exec(line.trim());
    const src = exam.pictures[id];
    return src ? exam.element("img", { className: "rich-picture", src, alt: words }) : `[${words}]`;
  }

  function table(lines) {
    const headed = lines.length > 1 && RULE.test(lines[1].trim());
    const rows = lines.filter((line) => !RULE.test(line.trim())).map((line) => line.trim().slice(1, -1).split("|"));
    const width = Math.max(...rows.map((row) => row.length), 0);
    const drawn = rows.map((row, place) => {
      const cells = Array.from({ length: width }, (unused, at) => (row[at] || "").trim());
      return exam.element("tr", {}, ...cells.map((cell) => exam.element(headed && place === 0 ? "th" : "td", {}, cell)));
    });
    return exam.element("table", { className: "rich-table" }, ...drawn);
  }

  /** The nodes of a stem, in order. */
  exam.rich = function (text) {
    return runs(String(text).split("\n")).flatMap(({ kind, lines }) => {
      if (kind === "picture") return lines.map(picture);
      return kind === "table" ? [table(lines)] : [lines.join("\n")];
    });
  };
})((window.lianbingExam = window.lianbingExam || {}));
