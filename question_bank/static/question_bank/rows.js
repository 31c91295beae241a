/* Lists of rows in the question form: options, blanks, steps, scoring points. Without this script the spare rows do. */
"use strict";
(() => {
  function serve(box) {
    const add = box.querySelector("[data-add]");
    const most = Number(box.dataset.most);
    const rows = () => Array.from(box.querySelectorAll("[data-row]"));

    function number() {
      rows().forEach((row, place) => {
        const letter = row.querySelector("[data-letter]");
        const name = letter ? String.fromCharCode(65 + place) : String(place + 1);
        const right = row.querySelector("[data-right]");
        const shown = letter || row.querySelector("[data-number]");
        if (right) right.value = String(place);
        if (shown) shown.textContent = name;
        for (const field of row.querySelectorAll("[data-label]")) {
          field.setAttribute("aria-label", `${field.dataset.label} ${name}`);
        }
        row.querySelector("[data-remove]").hidden = rows().length <= 1;
      });
      add.hidden = rows().length >= most;
    }

    function changed() {
      number();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }

    add.addEventListener("click", () => {
      const last = rows()[rows().length - 1];
      const row = last.cloneNode(true);
      for (const field of row.querySelectorAll("input")) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = false;
        else field.value = "";
      }
      last.after(row);
      changed();
      row.querySelector("[data-text]").focus();
    });

    box.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove]");
      if (!button) return;
      const row = button.closest("[data-row]");
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      changed();
      const text = next && next.querySelector("[data-text]");
      (text || add).focus();
    });

    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches("input[type=text]")) return;
      event.preventDefault();
      const row = event.target.closest("[data-row]");
      const next = row && row.nextElementSibling;
      const text = next && next.querySelector("[data-text]");
      if (text) text.focus();
      else if (!add.hidden) add.click();
    });
    number();
  }

  document.querySelectorAll("[data-rows]").forEach(serve);
})();
