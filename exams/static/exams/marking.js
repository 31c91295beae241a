// Marking by keyboard: a number turns a point (not met, met, half met), 0 clears, Enter saves, S puts back, U goes to the last.
// The sum shown is a help for the eye; the server computes the marks.
(function () {
  "use strict";
  var form = document.querySelector("[data-marking]");
  var points = Array.prototype.slice.call(form.querySelectorAll(".point"));
  var sum = form.querySelector("[data-sum]");
  var full = Number(form.dataset.full);
  var TURN = { "": "full", full: "half", half: "" };
  var SHARE = { "": 0, half: 0.5, full: 1 };
  var sent = false;

  function level(point) {
    var chosen = point.querySelector("input:checked");
    return chosen ? chosen.value : "";
  }
  function set(point, value) {
    point.querySelector('input[value="' + value + '"]').checked = true;
  }
  function tell() {
    var typed = form.querySelector("input[name=marks]");
    var total = typed ? Number(typed.value || 0) : 0;
    points.forEach(function (point) {
      var earned = Number(point.dataset.worth) * SHARE[level(point)];
      total += Math.floor(earned * 100 + 0.5 + 1e-9) / 100;
      point.dataset.level = level(point);
    });
    sum.textContent = String(Math.round(Math.min(total, full) * 100) / 100);
  }
  function key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    var writing = event.target.matches("input[type=text], textarea");
    // A letter is nothing to a field of marks: the keys U and S work there too.
    var figures = event.target.matches("input[type=number]");
    if (event.key === "Enter" && !event.target.matches("a, button, summary")) {
      event.preventDefault();
      form.requestSubmit();
    } else if (writing) {
      return;
    } else if (event.key === "u" || event.key === "U") {
      location.assign(form.dataset.last);
    } else if ((event.key === "s" || event.key === "S") && form.querySelector("[data-put-back]")) {
      form.querySelector("[data-put-back]").click();
    } else if (figures) {
      return tell();
    } else if (event.key === "0") {
      points.forEach(function (point) { set(point, ""); });
    } else if (/^[1-9]$/.test(event.key) && points[event.key - 1]) {
      var point = points[event.key - 1];
      set(point, TURN[level(point)]);
      point.scrollIntoView({ block: "nearest" });
    }
    tell();
  }
  form.addEventListener("change", tell);
  form.addEventListener("input", tell);
  form.addEventListener("submit", function (event) {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", function () { sent = false; tell(); });
  document.addEventListener("keydown", key);
  tell();
})();
