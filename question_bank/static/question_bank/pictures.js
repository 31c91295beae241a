/* Sends a picture and writes the line that shows it into the text one was writing in. */
"use strict";
(() => {
  const box = document.querySelector("[data-picture-box]");
  if (!box || !window.fetch) return;
  const file = box.querySelector("input[type=file]");
  const note = box.querySelector("[data-picture-note]");
  const form = box.closest("form");
  const stems = () => Array.from(form.querySelectorAll("textarea[name$=stem]"));
  let last = stems()[0];

  form.addEventListener("focusin", (event) => {
    if (stems().includes(event.target)) last = event.target;
  });

  function insert(markup) {
    const at = last.selectionEnd === undefined ? last.value.length : last.selectionEnd;
    const before = last.value.slice(0, at).replace(/\n?$/, last.value.slice(0, at) ? "\n" : "");
    const after = last.value.slice(at).replace(/^\n?/, "\n");
    last.value = `${before}${markup}${after}`;
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  }

  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    const data = new FormData();
    data.append("picture", file.files[0]);
    data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    note.textContent = "…";
    try {
      const answer = await fetch(box.dataset.address, { method: "POST", body: data, credentials: "same-origin" });
      const told = await answer.json();
      note.textContent = told.error || "";
      if (told.markup) insert(told.markup);
    } catch (error) {
      note.textContent = box.dataset.failed;
    }
    file.value = "";
  });
})();
