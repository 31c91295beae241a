// An import goes on by itself, step by step; without a script one presses the button.
(function () {
  "use strict";
  const form = document.querySelector("form[data-continue]");
  if (form) window.setTimeout(() => form.submit(), 150);
})();
