// The calls of drills. A reply counts only when it is whole JSON; everything else is "no signal".
(function (drill) {
  "use strict";

  const PATIENCE_MS = 10000;

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  /** One POST. Resolves {status, data}; status 0 = no signal, 401 = signed out. Never rejects. */
  drill.call = async function (url, body, { csrf, keepalive = false } = {}) {
    const hands = new AbortController();
    const timer = keepalive ? null : setTimeout(() => hands.abort(), PATIENCE_MS);
    try {
      const reply = await fetch(url, {
        method: "POST",
        headers: {
          Accept: "application/json",
          "Content-Type": "application/json",
          "X-CSRFToken": cookie("csrftoken") || csrf,
        },
        body: JSON.stringify(body),
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        keepalive,
        signal: hands.signal,
      });
      if (reply.type === "opaqueredirect") return { status: 401, data: {} };
      const data = await reply.json().catch(() => null);
      if (data && typeof data === "object") return { status: reply.status, data };
      return { status: reply.status === 403 || reply.status === 404 ? reply.status : 0, data: null };
    } catch (error) {
      return { status: 0, data: null };
    } finally {
      clearTimeout(timer);
    }
  };

  /** How long to wait after so many failures in a row: 2, 4, 8, 15, 15 ... seconds. */
  drill.backoff = (failures) => Math.min(15000, 1000 * 2 ** Math.max(1, failures));

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
})((window.lianbingDrill = window.lianbingDrill || {}));
