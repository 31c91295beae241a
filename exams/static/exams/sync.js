// From journal to server. What is pending stays pending until the server says, in whole JSON, that it has
// it: `seq <= acked_through`. Everything from outside (sending, time, chance) comes in by the constructor.
(function (exam) {
  "use strict";

  const MOST = 200;
  const MOST_BYTES = 48 * 1024; // a request that outlives the page may hold 64 kB in all
  const JOURNAL_PATIENCE_MS = 250;

  /** What a reply to a batch means. Anything that is not plainly an answer is "failed", never an acknowledgement. */
  exam.judge = function (reply, lastSeq) {
    const data = reply && reply.data;
    if (!data) return { kind: "failed" };
    if (reply.status === 200) {
      const through = data.acked_through;
      const sound = Number.isInteger(through) && through >= 0 && through <= lastSeq;
      return sound ? { kind: "acked", through, data } : { kind: "failed" };
    }
    if (reply.status === 409 && data.error === "superseded") return { kind: "superseded", data };
    if (reply.status === 409 && data.error === "closed") return { kind: "closed", data };
    if (reply.status === 401) return { kind: "ticket", data };
    if (reply.status === 413) return { kind: "too_large" };
    if (reply.status === 400 && data.error === "bad_event") return { kind: "bad_event", data };
    return { kind: "failed" };
  };

  /** How long to wait after `failures` failures in a row: 1, 2, 4, 8, 10, 10 ... seconds, give or take 20 %. */
  exam.backoff = function (failures, random) {
    return Math.min(10000, 1000 * 2 ** Math.max(0, failures - 1)) * (0.8 + 0.4 * random());
  };

  /** As many of the events, from the first, as fit into so many bytes of JSON; the first one always does. */
  exam.fitting = function (events, most) {
    let bytes = 0;
    const end = events.findIndex((event, place) => {
      bytes += new TextEncoder().encode(JSON.stringify(event)).length + 1;
      return place > 0 && bytes > most;
    });
    return end < 0 ? events : events.slice(0, end);
  };

  exam.Outbox = class {
    /**
     * options: {clientId, journal, send(body, {keepalive, signal}), now(), random(), setTimer, clearTimer,
     * onChange(), onReply(data, askedAt), onStop(kind, data), onTicket(), onRefused(event, data), onGap()}
     */
    constructor(options) {
      Object.assign(this, options);
      this.lease = null;
      this.lastLease = 0;
      this.acked = 0;
      this.lastSeq = 0;
      this.log = new Map();
      this.pending = [];
      this.failures = 0;
      this.batchSize = MOST;
      this.round = 0;
      this.busy = null;
      this.timer = null;
      this.stopped = null;
      this.waiters = [];
    }

    /** Events of this client that an earlier page load wrote down. */
    restore(events, lastSeq) {
      events.forEach(({ client_id, lease, acked, ...event }) => this.remember({ ...event, written: true }));
      this.lastSeq = Math.max(this.lastSeq, lastSeq, 0, ...events.map((event) => event.seq));
    }

    remember(event) {
      if (this.log.has(event.seq)) return;
      event.born = this.now();
      this.log.set(event.seq, event);
      this.pending.push(event);
      this.pending.sort((one, other) => one.seq - other.seq);
    }

    /** Take the pen: the lease is ours, the server has this client's events up to `acked`. */
    begin(lease, acked) {
      this.lease = this.lastLease = lease;
      this.acked = acked;
      this.lastSeq = Math.max(this.lastSeq, acked);
      this.settle(acked);
      this.wake();
    }

    /** Write a change down ({item, value} or {item, flag}) and send it at once. */
    record(change) {
      this.lastSeq += 1;
      const event = { seq: this.lastSeq, ...change, mono_ms: Math.round(this.now()), written: false };
      this.remember(event);
      this.onChange();
      const stored = this.journal.append(this.clientId, this.lastLease, this.bare(event));
      const patience = new Promise((resolve) => this.setTimer(resolve, JOURNAL_PATIENCE_MS));
      Promise.race([stored, patience]).then(() => {
        event.written = true;
        this.flush();
      });
      return event;
    }

    bare({ written, born, ...event }) {
      return event;
    }

    get unsaved() {
      return this.pending.length;
    }

    /** How many questions have something unsaved: what the candidate is told. */
    get unsavedItems() {
      return new Set(this.pending.map((event) => event.item)).size;
    }

    /** Milliseconds since the oldest unsaved event was made; 0 when all is saved. */
    oldest() {
      return this.pending.length ? Math.max(0, this.now() - this.pending[0].born) : 0;
    }

    /** Whether something about this item has not been acknowledged. */
    isUnsaved(item) {
      return this.pending.some((event) => event.item === item);
    }

    body() {
      const ready = this.pending.filter((event) => event.written).slice(0, this.batchSize);
      const events = exam.fitting(ready.map((event) => this.bare(event)), MOST_BYTES);
      return { lease: this.lease, client_id: this.clientId, events };
    }

    /** Send what waits, unless a request is on its way: its reply sends the rest. */
    async flush() {
      if (this.stopped || this.lease === null) return;
      if (this.busy) return;
      const body = this.body();
      if (!body.events.length) return;
      this.clearTimer(this.timer);
      this.busy = new AbortController();
      const round = (this.round += 1);
      const reply = await this.send(body, { signal: this.busy.signal }).catch(() => null);
      const verdict = exam.judge(reply, this.lastSeq);
      if (round === this.round) this.busy = null;
      this.act(verdict, body, reply, round === this.round);
    }

    act(verdict, body, reply, current) {
      if (this.stopped) return;
      if (verdict.kind === "acked") this.accept(verdict, body, reply, current);
      else if (verdict.kind === "superseded" || verdict.kind === "closed") this.stop(verdict.kind, verdict.data);
      else if (!current) return;
      else if (verdict.kind === "ticket") this.onTicket(verdict.data);
      else if (verdict.kind === "bad_event") this.refuse(verdict.data);
      else this.fail(verdict.kind);
      this.onChange();
    }

    accept({ through, data }, body, reply, current) {
      this.failures = 0;
      this.settle(through);
      this.onReply(data, reply.askedAt);
      if (!current) return;
      if (through < body.events[0].seq - 1) this.reopen(through);
      if (!this.pending.length) return;
      if (through >= body.events[0].seq) this.flush();
      else this.retry(1);
    }

    /** The server lacks events it had once (restored from a copy): everything after `through` waits again. */
    reopen(through) {
      const known = [...this.log.values()].filter((event) => event.seq > through);
      this.pending = known.sort((one, other) => one.seq - other.seq);
      this.acked = through;
      if (!known.length || known[0].seq > through + 1) this.onGap();
    }

    settle(through) {
      const rest = this.pending.filter((event) => event.seq > through);
      const moved = rest.length < this.pending.length;
      this.pending = rest;
      this.acked = Math.max(this.acked, through);
      if (moved) this.journal.acknowledged(this.clientId, through);
      this.onChange();
      if (!rest.length) this.waiters.splice(0).forEach((resolve) => resolve("drained"));
    }

    fail(kind) {
      if (kind === "too_large") this.batchSize = Math.max(1, Math.floor(this.batchSize / 2));
      this.failures += 1;
      this.retry(this.failures);
    }

    retry(failures) {
      this.clearTimer(this.timer);
      this.timer = this.setTimer(() => this.flush(), exam.backoff(failures, this.random));
    }

    /** The server names an event it cannot store: it must not hold up those behind it. */
    refuse(data) {
      const bad = this.log.get(data.seq);
      if (!bad) {
        this.fail("failed");
        return;
      }
      this.pending = this.pending.filter((event) => event !== bad);
      this.onRefused(bad, data);
    }

    /** Go on as another client of the same browser: what is pending is numbered and written down anew. */
    renumber(clientId) {
      const waiting = this.pending;
      this.journal.acknowledged(this.clientId, this.lastSeq);
      Object.assign(this, { clientId, log: new Map(), pending: [], lastSeq: 0, acked: 0, lease: null });
      waiting.forEach(({ seq, written, born, mono_ms, ...change }) => this.record(change));
    }

    /** Try at once, whatever was planned: the network is back, the page is in front again, time is short. */
    wake() {
      if (this.busy) {
        this.busy.abort();
        this.busy = null;
        this.round += 1;
      }
      this.failures = 0;
      this.flush();
    }

    /** The page may be about to go: send all that waits in a request that outlives it. A bonus, never relied on. */
    flushKeepalive() {
      if (this.stopped || this.lease === null || !this.pending.length) return;
      this.pending.forEach((event) => {
        event.written = true;
      });
      const body = this.body();
      this.send(body, { keepalive: true }).then(
        (reply) => this.act(exam.judge(reply, this.lastSeq), body, reply, false),
        () => null,
      );
    }

    /** Resolves "drained" once nothing is pending, "stopped" when sending has ended for good. */
    drained() {
      if (this.stopped) return Promise.resolve("stopped");
      if (!this.pending.length) return Promise.resolve("drained");
      return new Promise((resolve) => this.waiters.push(resolve));
    }

    /** Put events in the ranges [[from, to], ...] back into the queue (the server says it lacks them). */
    resend(ranges) {
      const lacks = (seq) => ranges.some(([from, to]) => from <= seq && seq <= to);
      const waiting = new Set(this.pending);
      this.log.forEach((event, seq) => lacks(seq) && waiting.add(event));
      this.pending = [...waiting].sort((one, other) => one.seq - other.seq);
      this.flush();
    }

    stop(kind, data) {
      this.stopped = kind;
      this.clearTimer(this.timer);
      this.waiters.splice(0).forEach((resolve) => resolve("stopped"));
      this.onStop(kind, data || {});
    }
  };
})((window.lianbingExam = window.lianbingExam || {}));
