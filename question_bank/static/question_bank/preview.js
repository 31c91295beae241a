/* Shows the question as a candidate sees it while it is written. */
"use strict";
(() => {
  const pane = document.querySelector("[data-preview]");
  const form = pane && document.querySelector("form[data-previewed]");
  if (!form || !window.fetch) return;
  const body = pane.querySelector("[data-preview-body]");
  let timer = 0;
  let asked = 0;

  async function show() {
    const mine = ++asked;
    try {
      const answer = await fetch(pane.dataset.preview, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
      });
      const told = answer.ok ? await answer.text() : "";
      if (mine === asked && told) body.innerHTML = told;
    } catch (error) {
      // Without a connection the last picture stays.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 400);
  });
  pane.querySelectorAll("[data-width]").forEach((button) => {
    button.addEventListener("click", () => {
      body.classList.toggle("is-phone", button.dataset.width === "phone");
      pane.querySelectorAll("[data-width]").forEach((other) => {
        other.setAttribute("aria-pressed", String(other === button));
      });
    });
  });
  pane.hidden = false;
  show();
})();
