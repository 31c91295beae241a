/* The projector: another code every fifteen seconds, fetched from the server; hidden while there is no connection. */
(function () {
  "use strict";
  var body = document.body, el = function (id) { return document.getElementById(id); };
  var end = performance.now() + Number(body.dataset.next), timer = 0;

  function show(now) {
    var picture = el("picture");
    picture.textContent = "";
    if (now.svg) {
      var made = new DOMParser().parseFromString(now.svg, "image/svg+xml").documentElement;
      picture.appendChild(document.importNode(made, true));
    }
    el("digits").textContent = now.digits;
    el("here").textContent = now.here;
    el("expected").textContent = now.expected;
    el("closed").hidden = now.open;
    el("trouble").hidden = true;
    end = performance.now() + now.next_ms;
  }

  function hide() {
    el("picture").textContent = "";
    el("digits").textContent = "";
    el("trouble").hidden = false;
  }

  function ask(changed) {
    var stop = new AbortController(), limit = setTimeout(function () { stop.abort(); }, 5000);
    return fetch(body.dataset.now, { headers: { accept: "application/json" }, signal: stop.signal, cache: "no-store" })
      .then(function (answer) {
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.json();
      })
      .then(show)
      .catch(function () { if (changed || performance.now() > end) { hide(); } })
      .then(function () { clearTimeout(limit); plan(); });
  }

  /* The counter moves every three seconds, the code when its time is over. */
  function plan() {
    clearTimeout(timer);
    var left = end - performance.now();
    timer = setTimeout(function () { ask(left <= 3000); }, left > 0 ? Math.min(left, 3000) : 2000);
  }

  setInterval(function () { el("left").value = Math.max(0, end - performance.now()); }, 250);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { ask(true); } });
  var full = el("full");
  if (document.documentElement.requestFullscreen) {
    full.hidden = false;
    full.addEventListener("click", function () {
      if (document.fullscreenElement) { document.exitFullscreen(); } else { document.documentElement.requestFullscreen(); }
    });
  }
  if (navigator.wakeLock) { navigator.wakeLock.request("screen").catch(function () {}); }
  plan();
})();
