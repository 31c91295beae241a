// Copies the citation of a hit. The page works without it; the buttons appear only where it runs.
(function () {
  "use strict";

  // navigator.clipboard is there over https only; on plain http the old way serves.
  function byHand(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    field.setAttribute("readonly", "");
    document.body.appendChild(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch (error) {
      done = false;
    }
    field.remove();
    return done;
  }

  document.querySelectorAll("button[data-copy]").forEach((button) => {
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => {
      const say = (done) => {
        button.textContent = done ? button.dataset.done : button.dataset.failed;
        button.focus();
        window.setTimeout(() => { button.textContent = label; }, 2000);
      };
      const text = button.dataset.copy;
      if (window.isSecureContext && navigator.clipboard) {
        navigator.clipboard.writeText(text).then(() => say(true), () => say(byHand(text)));
      } else {
        say(byHand(text));
      }
    });
  });
})();
