// The contents list is open where there is room beside the text; printing by a button.
(function () {
  "use strict";
  const contents = document.getElementById("contents");
  const roomy = window.matchMedia("(min-width: 1024px)");
  if (contents && roomy.matches) contents.open = true;
  if (contents) {
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a") && !roomy.matches) contents.open = false;
    });
  }
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
