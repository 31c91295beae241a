// Feedback at once: reads an answer off the page and compares it with the key the page carries. The server's word
// comes later and counts. true = right, false = wrong, null = a filled-in text only the server can judge.
(function (drill) {
  "use strict";

  const DROPPED = /[\s、,;。.!?"'`´·…《》〈〉「」『』【】〔〕()[\]{}“”‘’_<>]+/g;
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(DROPPED, "");
  const same = (one, other) => one.length === other.length && one.every((value, at) => value === other[at]);

  const READ = {
    fill_blank(piece) {
      const blanks = Array.from(piece.querySelectorAll("[data-blank]"));
      const said = blanks.filter((input) => input.value.trim()).map((input) => [input.dataset.blank, input.value.trim()]);
      return said.length ? Object.fromEntries(said) : null;
    },
    ordering(piece) {
      const steps = Array.from(piece.querySelectorAll("select[data-step]"));
      const places = steps.map((select) => select.value);
      if (places.includes("") || new Set(places).size < places.length) return null;
      return steps.sort((one, other) => one.value - other.value).map((select) => select.dataset.step);
    },
  };

  function ticked(piece) {
    const found = Array.from(piece.querySelectorAll("input:checked"), (input) => input.value);
    return found.length ? found : null;
  }

  /** The answer in a form: {piece by part: answer}; null where nothing was answered. */
  drill.read = function (form) {
    const pieces = Array.from(form.querySelectorAll(".drill-piece"));
    const said = pieces.map((piece) => [piece.dataset.part, (READ[piece.dataset.kind] || ticked)(piece)]);
    const found = said.filter(([, answer]) => answer);
    return found.length ? Object.fromEntries(found) : null;
  };

  /** What goes to the server: a question without parts says its one answer by itself. */
  drill.response = (said) => ("" in said ? said[""] : said);

  /** A place for every text of a set of blanks whose answers may come in any order, each once. */
  function anyOrder(texts, accepted) {
    if (!texts.length) return true;
    return accepted.some((words, at) => {
      const rest = accepted.filter((_, other) => other !== at);
      return words.includes(texts[0]) && anyOrder(texts.slice(1), rest);
    });
  }

  function blanks(key, said) {
    const accepted = Object.fromEntries(Object.entries(key.blanks).map(([id, words]) => [id, words.map(plain)]));
    const text = (id) => plain(said[id] || "");
    const grouped = (key.sets || []).flat();
    const alone = Object.keys(accepted).filter((id) => !grouped.includes(id));
    const fits =
      alone.every((id) => accepted[id].includes(text(id))) &&
      (key.sets || []).every((group) => anyOrder(group.map(text), group.map((id) => accepted[id])));
    if (fits) return true;
    return Object.keys(accepted).every((id) => said[id]) ? null : false;
  }

  function piece(key, said) {
    if (said === undefined) return false;
    if (key.kind === "fill_blank") return blanks(key, said);
    if (key.kind === "ordering") return same(key.order, said);
    return same(key.options.slice().sort(), said.slice().sort());
  }

  /** Whether the whole of a question is right. */
  drill.grade = function (keys, said) {
    const found = Object.entries(keys).map(([part, key]) => piece(key, said[part]));
    if (found.includes(false)) return false;
    return found.includes(null) ? null : true;
  };

  /** Where a challenge run stands: the rule of rules/challenge.py, so that a run ends also without a signal. */
  drill.run = function (rights, asked, perLevel = 5) {
    const levels = Math.ceil(asked / perLevel);
    const run = { passed: 0, levels, spare: true, over: false };
    let clean = true;
    for (let place = 1; place <= Math.min(rights.length, asked); place += 1) {
      const right = rights[place - 1];
      if (!right && !run.spare) return { ...run, over: true };
      if (!right) run.spare = clean = false;
      if (place % perLevel && place < asked) continue;
      run.passed += 1;
      run.spare = run.spare || clean;
      clean = true;
    }
    return { ...run, over: run.passed === levels };
  };
})((window.lianbingDrill = window.lianbingDrill || {}));
