// Shows beside each marking rule only the settings it has. Without this script all of them are shown.
(function () {
  "use strict";
  function fit(box) {
    var uses = JSON.parse(box.dataset.uses);
    var wanted = (uses[box.querySelector("select").value] || "").split(" ");
    box.querySelectorAll("[data-setting-of]").forEach(function (one) {
      one.hidden = wanted.indexOf(one.dataset.settingOf) < 0;
    });
  }
  document.querySelectorAll(".rule-fields").forEach(function (box) {
    fit(box);
    box.querySelector("select").addEventListener("change", function () { fit(box); });
  });
})();
