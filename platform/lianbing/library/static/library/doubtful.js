// Tick all editions of the page at once.
(function () {
  "use strict";
  const all = document.querySelector("[data-tick-all]");
  if (!all) return;
  all.hidden = false;
  all.querySelector("input").addEventListener("change", (event) => {
    document.querySelectorAll('input[name="edition"]').forEach((box) => { box.checked = event.target.checked; });
  });
})();
