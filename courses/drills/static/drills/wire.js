// How pages of drills reach the server, and what they say.
(function (drill, kept) {
  "use strict";

  drill.call = kept.call;
  drill.backoff = kept.backoff;

  /** On https a page of drills can be opened again without a signal; also today's set, before it was ever opened. */
  drill.carry = function (worker, ...paths) {
    if (!window.isSecureContext || !navigator.serviceWorker) return;
    navigator.serviceWorker.register(worker, { scope: "/drills/" }).catch(() => null);
    navigator.serviceWorker.ready.then((one) => paths.forEach((path) => one.active.postMessage({ keep: path })));
  };

  /** Show a text, or nothing. */
  drill.say = function (element, text) {
    element.textContent = text;
    element.hidden = !text;
  };
})((window.lianbingDrill = window.lianbingDrill || {}), window.lianbingKept);
