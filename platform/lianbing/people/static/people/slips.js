"use strict";

/* The slips are shown once, so leaving them unprinted asks for a second thought. */
(function () {
  let printed = false;
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
