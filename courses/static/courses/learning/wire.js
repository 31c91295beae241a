// How the player reaches the server: what goes in one request.
(function (learn, kept) {
  "use strict";

  const MOST_BEATS = 200;
  const MOST_ROWS = 20;

  /** As `kept.call`; what is no JSON, such as the page of a wireless network's portal, is "no signal" here. */
  learn.call = async function (url, body, options) {
    const reply = await kept.call(url, body, options);
    return reply.data ? reply : { status: 0, data: null };
  };
  learn.backoff = kept.backoff;

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
})((window.lianbingLearn = window.lianbingLearn || {}), window.lianbingKept);
