// The two calls of the player. A reply counts only when it is whole JSON; everything else is "no signal".
(function (learn) {
  "use strict";

  const PATIENCE_MS = 10000;
  const MOST_BEATS = 200;
  const MOST_ROWS = 20;

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  /** One POST. Resolves {status, data}; status 0 = no signal, 401 = signed out. Never rejects. */
  learn.call = async function (url, body, { csrf, keepalive = false } = {}) {
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
      return data && typeof data === "object" ? { status: reply.status, data } : { status: 0, data: null };
    } catch (error) {
      return { status: 0, data: null };
    } finally {
      clearTimeout(timer);
    }
  };

  /** How long to wait after so many failures in a row: 2, 4, 8, 15, 15 ... seconds. */
  learn.backoff = (failures) => Math.min(15000, 1000 * 2 ** Math.max(1, failures));

  /**
   * The next request out of what waits: {body, keys}. Beats of one opening at a time; tries and notes beside
   * them, with the oldest opening's beats first.
   */
  learn.batch = function (records, lease) {
    const beats = records.filter((record) => record.kind === "beat");
    const turn = beats.length ? beats[0].lease : lease || 0;
    const sent = beats.filter((record) => record.lease === turn).slice(0, MOST_BEATS);
    const tries = records.filter((record) => record.kind === "try").slice(0, MOST_ROWS);
    const notes = records.filter((record) => record.kind === "note").slice(0, MOST_ROWS);
    const bodies = (rows) => rows.map((record) => record.body);
    return {
      keys: [...sent, ...tries, ...notes].map((record) => record.key),
      body: { lease: turn, beats: bodies(sent), tries: bodies(tries), notes: bodies(notes) },
    };
  };

  /** Seconds as 4:05 or 1:04:05. */
  learn.clockText = function (seconds) {
    const two = (n) => String(n).padStart(2, "0");
    const whole = Math.max(0, Math.floor(seconds));
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  };
})((window.lianbingLearn = window.lianbingLearn || {}));
