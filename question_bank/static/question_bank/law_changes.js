// Enter beside a reason retires. The key y says of the article in front of the reader: its ticked questions are still right.
(function () {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter" && event.target.name === "reason") {
      event.preventDefault();
      event.target.form.querySelector("[value=retire]").click();
      return;
    }
    if (event.key !== "y" && event.key !== "Y") return;
    if (/^(TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.type === "text") return;
    const form = event.target.closest("form[data-change]");
    if (form) form.querySelector("[data-still-right]").click();
  });
})();
