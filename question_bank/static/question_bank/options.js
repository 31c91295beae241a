/* Adding and removing options of a question. Without this script the spare rows do. */
"use strict";
(() => {
  const box = document.querySelector("[data-options]");
  const add = box && box.querySelector("[data-add]");
  if (!add) return;
  const most = Number(box.dataset.most);
  const rows = () => Array.from(box.querySelectorAll("[data-option]"));

  function number() {
    rows().forEach((row, place) => {
      const letter = String.fromCharCode(65 + place);
      const text = row.querySelector("[data-text]");
      row.querySelector("[data-right]").value = String(place);
      row.querySelector("[data-letter]").textContent = letter;
      text.setAttribute("aria-label", `${text.dataset.label} ${letter}`);
      row.querySelector("[data-remove]").hidden = rows().length <= 2;
    });
    add.hidden = rows().length >= most;
  }

  add.addEventListener("click", () => {
    const last = rows()[rows().length - 1];
    const row = last.cloneNode(true);
    row.querySelector("[data-right]").checked = false;
    row.querySelector("[data-text]").value = "";
    last.after(row);
    number();
    row.querySelector("[data-text]").focus();
  });

  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    const row = button.closest("[data-option]");
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    number();
    const text = next && next.querySelector("[data-text]");
    (text || add).focus();
  });

  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-text]")) {
      event.preventDefault();
      const next = event.target.closest("[data-option]").nextElementSibling;
      const text = next && next.querySelector("[data-text]");
      if (text) text.focus();
      else if (!add.hidden) add.click();
    }
  });
  number();
})();
