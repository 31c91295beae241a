// The player of a lesson: counts while somebody is there, writes a beat down every quarter of a minute and
// sends it, waits out a lost signal, and does what the server says (docs/reference/learning-time.md).
(function (learn) {
  "use strict";

  const LOOK_MS = 1000;
  const BEAT_MS = 15000;
  const MOST_RANGES = 40;
  const byId = (id) => document.getElementById(id);

  class Player {
    constructor(data, words, store) {
      Object.assign(this, { data, words, store, state: data.state, lease: null, seq: 0, failures: 0 });
      Object.assign(this, { active: 0, playing: 0, unsent: 0, held: true, timer: null, busy: false, again: false });
      this.films = new learn.Films(Array.from(document.querySelectorAll("video[data-film]")));
      this.presence = new learn.Presence(data.idle_ms, () => this.fellIdle());
      this.check = new learn.Check(words, (body) => this.record("try", body));
      this.notes = new learn.Notes(words, this.films, (body) => this.record("note", body));
    }

    async start() {
      this.resume(this.state.place);
      this.listen();
      this.draw();
      if (!this.data.learns) return;
      (await this.store.all()).forEach(({ kind, body }) => {
        if (kind === "try") this.check.restore(body.uid);
        if (kind === "note") this.notes.show(body);
      });
      if (!this.store.kept) learn.say(byId("learn-trouble"), this.words.unkept);
      await this.flush();
      await this.open();
      setInterval(() => this.look(), LOOK_MS);
    }

    listen() {
      window.addEventListener("online", () => this.hurry());
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") return this.hurry();
        this.films.pause();
        return this.beat(true);
      });
      byId("learn-here").addEventListener("click", () => this.open());
      byId("learn-back").addEventListener("click", () => this.cameBack());
    }

    /** Go on where one was, on whatever device that was. */
    resume([film, ms, scrolled]) {
      this.films.goTo(film, ms);
      const whole = document.documentElement.scrollHeight - window.innerHeight;
      if (scrolled > 20 && scrolled < 980 && !location.hash) window.scrollTo(0, (whole * scrolled) / 1000);
    }

    place() {
      const whole = document.documentElement.scrollHeight - window.innerHeight;
      const scrolled = whole > 0 ? Math.round((1000 * window.scrollY) / whole) : 0;
      return [...this.films.place(), Math.max(0, Math.min(1000, scrolled))];
    }

    /** Take the clock. Without a signal the last opening goes on, if this lesson was opened here before. */
    async open() {
      const reply = await learn.call(this.data.urls.open, {}, this.data);
      if (reply.status === 200) {
        Object.assign(this, { lease: reply.data.lease, seq: 0, held: true, state: reply.data.state });
        await this.store.remember({ lease: this.lease }).catch(() => null);
        this.signal(true);
      } else if (reply.status === 0) await this.openAgain();
      else this.trouble(reply);
      this.draw();
    }

    async openAgain() {
      const last = await this.store.remembered().catch(() => null);
      if (last && this.lease === null) {
        const waiting = (await this.store.all()).filter((one) => one.kind === "beat" && one.lease === last.lease);
        this.lease = last.lease;
        this.seq = Math.max(last.seq || 0, ...waiting.map((one) => one.body.seq), 0);
      }
      this.signal(false);
    }

    /** Once a second: who is there, what runs. */
    look() {
      const passed = this.presence.step();
      const ran = this.films.step(passed || LOOK_MS);
      if (passed && this.counts()) {
        this.active += passed;
        if (ran) this.playing += passed;
      }
      if (this.active >= BEAT_MS) this.beat();
      this.draw();
    }

    counts() {
      return this.held && this.lease !== null && this.data.learns;
    }

    /** Write down what passed since the last beat. `leaving`: the page goes out of sight. */
    async beat(leaving) {
      const active = Math.round(this.active);
      if (!active || !this.counts()) return;
      const body = {
        seq: (this.seq += 1),
        active: Math.min(60000, active),
        playing: Math.min(active, Math.round(this.playing)),
        ranges: this.films.take(MOST_RANGES),
        place: this.place(),
      };
      this.active = this.playing = 0;
      await this.record("beat", body, leaving);
      this.store.remember({ lease: this.lease, seq: this.seq }).catch(() => null);
    }

    async record(kind, body, leaving) {
      try {
        await this.store.add({ kind, lease: this.lease, body });
      } catch (error) {
        await this.fallBack({ kind, lease: this.lease, body });
      }
      await this.flush(leaving);
    }

    /** The browser's storage gave up: go on in the page's own memory with what it still held. */
    async fallBack(record) {
      const rows = await this.store.all().catch(() => []);
      this.store = learn.inMemory(rows);
      await this.store.add(record);
      learn.say(byId("learn-trouble"), this.words.unkept);
    }

    /** Send what waits until nothing does, or until there is no signal. */
    async flush(keepalive) {
      if (this.busy) return void (this.again = true);
      this.busy = true;
      try {
        for (let going = true; going; ) going = await this.sendOne(keepalive);
      } finally {
        this.busy = false;
      }
      if (this.again) {
        this.again = false;
        await this.flush();
      }
    }

    /** One request. True when something went through and more may wait. */
    async sendOne(keepalive) {
      const records = await this.store.all();
      this.waits(records.length);
      if (!records.length) return false;
      const { keys, body } = learn.batch(records, this.lease);
      const reply = await learn.call(this.data.urls.sync, body, { ...this.data, keepalive });
      if (reply.status === 200) {
        await this.store.drop(keys);
        this.failures = 0;
        this.signal(true);
        this.heard(reply.data, body.lease);
        this.waits(records.length - keys.length);
        return records.length > keys.length;
      }
      if (reply.status === 0 || reply.status >= 500) this.wait();
      else this.trouble(reply);
      return false;
    }

    heard(data, lease) {
      if (data.state) this.state = data.state;
      if (lease === this.lease && !data.held) this.held = false;
      data.tries.forEach((one) => this.check.heard(one));
      data.notes.forEach((one) => this.notes.heard(one));
      if (data.completed) {
        byId("learn-completed").hidden = false;
        this.lease = null;
      }
      this.draw();
    }

    /** No signal: try again, ever more slowly. */
    wait() {
      this.failures += 1;
      this.signal(false);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.hurry(), learn.backoff(this.failures));
    }

    /** The signal may be back. */
    async hurry() {
      if (!this.data.learns) return;
      await this.flush();
      if (this.lease === null && byId("learn-completed").hidden) await this.open();
    }

    trouble({ status, data }) {
      const box = byId("learn-trouble");
      learn.say(box, status === 401 ? this.words.signedOut : (data && data.message) || this.words.refused);
      if (status !== 401) return;
      const link = Object.assign(document.createElement("a"), { href: this.data.urls.sign_in, textContent: this.words.signIn });
      box.append(" ", link);
    }

    signal(there) {
      byId("learn-offline").hidden = there;
      if (there) byId("learn-trouble").hidden = this.store.kept;
      else if (this.lease === null) learn.say(byId("learn-trouble"), this.words.offline);
    }

    waits(count) {
      this.unsent = count;
      this.draw();
    }

    fellIdle() {
      this.films.pause();
      this.beat();
      byId("learn-idle").showModal();
    }

    cameBack() {
      byId("learn-idle").close();
      this.presence.back();
    }

    what() {
      const { state, words } = this;
      if (state.done) return words.done;
      if (!this.held) return words.paused;
      const served = state.credited >= state.needed;
      if (served && state.films_seen === false) return `${words.film} ${this.seen()}%`;
      if (served) return state.checked || !byId("check-form") ? words.time : words.check;
      return this.counts() && !this.presence.idle ? words.counting : words.paused;
    }

    /** The part of the films that has run, in percent. */
    seen() {
      const sum = (name) => (this.state.films || []).reduce((all, film) => all + film[name], 0);
      return sum("length") ? Math.floor((100 * sum("seen")) / sum("length")) : 100;
    }

    draw() {
      const { credited, needed, done } = this.state;
      const shown = Math.min(needed, credited + (this.counts() ? this.active : 0));
      byId("learn-clock").textContent = learn.clockText(shown / 1000);
      byId("learn-meter").value = needed ? (100 * shown) / needed : 100;
      byId("learn-bar").dataset.state = done ? "done" : this.counts() ? "counting" : "paused";
      if (byId("learn-state").textContent !== this.what()) byId("learn-state").textContent = this.what();
      byId("learn-elsewhere").hidden = this.held;
      const unsent = byId("learn-unsent");
      unsent.dataset.count = this.unsent;
      learn.say(unsent, this.unsent && this.failures ? `${this.words.unsent} ${this.unsent}` : "");
    }
  }

  /** On https the page opened can be opened again without a signal. */
  function keepPage(worker) {
    if (!window.isSecureContext || !navigator.serviceWorker) return;
    navigator.serviceWorker.register(worker, { scope: "/courses/" }).catch(() => null);
    navigator.serviceWorker.ready.then((one) => one.active.postMessage({ keep: location.pathname }));
  }

  async function start() {
    const data = JSON.parse(byId("player-data").textContent);
    document.querySelectorAll("[data-if]").forEach((part) => {
      part.hidden = (part.dataset.if === "secure") !== window.isSecureContext;
    });
    keepPage(data.urls.worker);
    const store = await learn.openStore(data.page);
    new Player(data, { ...byId("player-words").dataset }, store).start();
  }

  document.addEventListener("DOMContentLoaded", start);
})((window.lianbingLearn = window.lianbingLearn || {}));
