"use strict";

/* Prints the slips. The page is shown once, so leaving it unprinted asks for a second thought. */
(function () {
  let printed = false;
  const button = document.querySelector("[data-print]");
  if (!button) return;
  button.addEventListener("click", function () {
    window.print();
  });
  window.addEventListener("afterprint", function () {
    printed = true;
  });
  window.addEventListener("beforeunload", function (event) {
    if (!printed) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
})();
