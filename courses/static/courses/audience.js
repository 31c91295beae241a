// Says how many people an audience has while one ticks. Without a script the button in the field does it.
(function () {
  "use strict";
  const PARTS = ["units", "posts", "ranks", "categories", "duties", "joined_after"];

  function wire(box) {
    const form = box.closest("form");
    const shown = box.querySelector("[data-audience-count]");
    if (!form || box.dataset.ready) return;
    box.dataset.ready = "yes";
    let waiting = 0;
    const count = () => {
      const all = new FormData(form);
      const data = new FormData();
      data.append("csrfmiddlewaretoken", all.get("csrfmiddlewaretoken") || "");
      PARTS.forEach((part) => all.getAll(`${box.dataset.name}-${part}`).forEach((value) => data.append(`audience-${part}`, value)));
      fetch(box.dataset.audience, { method: "POST", body: data, credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.json() : { text: "" }))
        .then((answer) => { shown.textContent = answer.text; }, () => { shown.textContent = ""; });
    };
    box.addEventListener("change", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(count, 250);
    });
    box.querySelector("[name$='-count']").addEventListener("click", (event) => {
      event.preventDefault();
      count();
    });
    count();
  }

  document.querySelectorAll("[data-audience]").forEach(wire);
})();
