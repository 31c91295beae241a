// The list of a bank: one tick for the whole page, and how many are ticked. Works without it, tick by tick.
(function () {
  "use strict";

  const all = document.querySelector("[data-tick-all]");
  if (!all) return;
  const ticks = Array.from(document.querySelectorAll("input[name=question]"));
  all.addEventListener("change", () => ticks.forEach((tick) => { tick.checked = all.checked; }));
  document.addEventListener("change", (event) => {
    if (event.target.name !== "question") return;
    const on = ticks.filter((tick) => tick.checked).length;
    all.checked = on === ticks.length;
    all.indeterminate = on > 0 && on < ticks.length;
  });
})();
