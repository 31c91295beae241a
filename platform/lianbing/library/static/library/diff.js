// From one change to the next: by the buttons, or with the keys j and k.
(function () {
  "use strict";
  const changes = Array.from(document.querySelectorAll("[data-change]"));
  const tools = document.querySelector("[data-changes]");
  if (!tools || !changes.length) return;
  const where = tools.querySelector("[data-change-where]");
  let place = -1;

  function go(step) {
    if (place < 0 && step < 0) place = 0;
    place = (place + step + changes.length) % changes.length;
    changes[place].focus({ preventScroll: true });
    changes[place].scrollIntoView({ block: "start" });
    where.textContent = place + 1 + " / " + changes.length;
  }

  tools.hidden = false;
  where.textContent = "– / " + changes.length;
  tools.querySelector("[data-change-next]").addEventListener("click", () => go(1));
  tools.querySelector("[data-change-previous]").addEventListener("click", () => go(-1));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "j" || event.key === "J") go(1);
    if (event.key === "k" || event.key === "K") go(-1);
  });
  changes.forEach((change, number) => change.addEventListener("focus", () => { place = number; }));
})();
