// Large type is remembered in this browser; before the text is drawn, so that nothing jumps.
(function () {
  "use strict";
  try {
    if (window.localStorage.getItem("law-large") === "1") document.documentElement.classList.add("large-type");
  } catch (error) {
    // storage is closed to us: the switch works for this page only
  }
})();
