// The queue of what was answered and not yet confirmed: sent in its order, one request at a time, again and again
// until the server has said that it has it. Every answer bears an id of its own, so that twice is once.
(function (drill) {
  "use strict";

  const MOST = 50;

  /** What may go in one request: answers of one set in a row, or one bookmark. */
  function batch(records) {
    const first = records[0];
    if (first.kind === "bookmark") return [first];
    const end = records.findIndex((one) => one.kind !== "answer" || one.set !== first.set);
    return records.slice(0, end < 0 ? MOST : Math.min(end, MOST));
  }

  /** `told(reply)` hears what the server said of a batch, `changed()` whenever what waits or the signal changes. */
  drill.Queue = class {
    constructor({ store, urls, csrf, told, changed }) {
      Object.assign(this, { store, urls, csrf, told, changed, failures: 0, waiting: 0, problem: "" });
      Object.assign(this, { busy: null, again: false, timer: null });
      window.addEventListener("online", () => this.flush());
      document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.flush());
    }

    /** Write a record down, then send. */
    async put(record) {
      try {
        await this.store.add(record);
      } catch (error) {
        const rows = await this.store.all().catch(() => []);
        this.store = drill.inMemory(rows);
        await this.store.add(record);
      }
      this.waiting += 1;
      this.changed();
      this.flush();
    }

    /** Send what waits until nothing does, or until there is no signal. */
    flush() {
      if (this.busy) {
        this.again = true;
        return this.busy;
      }
      clearTimeout(this.timer);
      this.busy = this.run().finally(() => {
        this.busy = null;
        if (!this.again) return;
        this.again = false;
        this.flush();
      });
      return this.busy;
    }

    async run() {
      for (let going = true; going; ) going = await this.sendOne().catch(() => false);
    }

    /** One request. True when something went through and more may wait. */
    async sendOne() {
      const records = await this.store.all();
      this.waiting = records.length;
      this.changed();
      if (!records.length) return false;
      const sent = batch(records);
      const reply = await this.send(sent);
      // A set that is somebody else's or gone cannot be sent ever; what the queue holds of it would only stop the rest.
      if (reply.status === 200 || reply.status === 404) {
        await this.store.drop(sent.map((record) => record.key));
        Object.assign(this, { failures: 0, problem: "", waiting: records.length - sent.length });
        if (reply.status === 200 && sent[0].kind === "answer") this.told(reply.data);
        this.changed();
        return true;
      }
      this.refused(reply);
      return false;
    }

    send(sent) {
      const bodies = sent.map((record) => record.body);
      if (sent[0].kind === "bookmark") return drill.call(this.urls.bookmark, bodies[0], { csrf: this.csrf });
      const url = `${this.urls.sets}${sent[0].set}/answers`;
      return drill.call(url, { answers: bodies, sent_at: new Date().toISOString() }, { csrf: this.csrf });
    }

    refused({ status, data }) {
      this.failures += 1;
      if (status === 401 || status === 403) this.problem = "signedOut";
      else if (status && status < 500) this.problem = (data && data.message) || "refused";
      else this.timer = setTimeout(() => this.flush(), drill.backoff(this.failures));
      this.changed();
    }
  };
})((window.lianbingDrill = window.lianbingDrill || {}));
