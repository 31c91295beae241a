// Copies the citation of a hit. The page works without it; the buttons appear only where it runs.
(function () {
  "use strict";

  document.querySelectorAll("button[data-copy]").forEach((button) => {
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => {
      window.lianbingCopy(button.dataset.copy).then((done) => {
        button.textContent = done ? button.dataset.done : button.dataset.failed;
        button.focus();
        window.setTimeout(() => { button.textContent = label; }, 2000);
      });
    });
  });
})();
