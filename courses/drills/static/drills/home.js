// The front page of drills: carries today's set along, and sends what an earlier page could not.
(function (drill) {
  "use strict";

  const byId = (id) => document.getElementById(id);

  async function start() {
    const data = JSON.parse(byId("drill-data").textContent);
    drill.carry(data.urls.worker, location.pathname, ...data.carried);
    if (!data.officer) return;
    const words = byId("drill-words").dataset;
    const store = await drill.openStore(data.officer);
    let sent = 0;
    const queue = new drill.Queue({
      store,
      urls: data.urls,
      csrf: data.csrf,
      told: (reply) => (sent += reply.taken.length),
      changed: () => {
        drill.say(byId("drill-unsent"), queue.waiting ? `${words.unsent} ${queue.waiting}` : "");
        // The figures on the page are from before what has just been sent.
        if (sent && !queue.waiting) location.reload();
      },
    });
    queue.flush();
  }

  document.addEventListener("DOMContentLoaded", start);
})((window.lianbingDrill = window.lianbingDrill || {}));
