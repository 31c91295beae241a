// One page load of one attempt: takes the pen, keeps paper, journal, outbox and clock in step, and ends
// with the receipt. It knows the protocol; `taking.js` knows the buttons.
(function (exam) {
  "use strict";
  const { byId, say } = exam;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  exam.Session = class {
    /** options: {data, draw(): states only, redraw(): the question too} */
    constructor({ data, draw, redraw }) {
      Object.assign(this, { data, draw, redraw });
      this.paper = new exam.Paper(data);
      this.wire = new exam.Wire(data.urls, data.csrf);
      this.clock = new exam.Countdown(() => performance.now());
      if (data.kept) this.clock.guess(Date.parse(data.deadline) - Date.now() - data.kept.skew);
      else this.clock.sync(data.remaining_ms);
      this.phase = "open";
      this.failed = 0;
      this.heals = 0;
      this.late = 0;
      this.leasing = null;
      this.leasedAt = -Infinity;
      this.channel = this.listen();
      this.typing = this.makeTyping();
    }

    makeTyping() {
      return new exam.Typing({
        record: (item, value) => this.change({ item, value }),
        onChange: () => this.draw(),
        now: () => performance.now(),
        setTimer: (work, ms) => setTimeout(work, ms),
        clearTimer: (timer) => clearTimeout(timer),
      });
    }

    /** What the page shows as the answer of a question: what is being typed, else what was written down. */
    valueOf(item) {
      const typed = this.typing.valueOf(item);
      return typed === undefined ? this.paper.valueOf(item) : typed;
    }

    /** Open the journal, show what it holds, take the pen. */
    async open() {
      const { journal, deviceId } = await exam.openJournal(this.data.attempt, () => this.draw());
      this.journal = journal;
      this.deviceId = deviceId;
      this.client = exam.claimClient(this.data.attempt);
      this.left = await journal.events().catch(() => []);
      this.outbox = this.makeOutbox();
      this.outbox.lastLease = Math.max(0, ...this.left.map((record) => record.lease));
      const own = this.left.filter((record) => record.client_id === this.client.id);
      this.outbox.restore(own, this.client.seq);
      this.outbox.pending = this.outbox.pending.filter((event) => !own.find((r) => r.seq === event.seq).acked);
      if (this.data.kept) this.replay();
      this.outbox.pending.forEach((event) => this.paper.apply(event));
      this.handIn = this.makeHandIn();
      this.redraw();
      this.draw();
      await this.takeLease();
    }

    /** Reloaded while offline: what was changed since the paper was kept, saved or not, is in the journal. */
    replay() {
      const ours = this.left.filter((record) => record.lease >= this.outbox.lastLease - 1);
      ours.forEach((record) => this.paper.apply(record));
    }

    makeOutbox() {
      return new exam.Outbox({
        clientId: this.client.id,
        journal: this.journal,
        send: (body, options) => this.wire.events(body, options),
        now: () => performance.now(),
        random: Math.random,
        setTimer: (work, ms) => setTimeout(work, ms),
        clearTimer: (timer) => clearTimeout(timer),
        onChange: () => this.draw(),
        onReply: (reply, askedAt) => this.heard(reply, askedAt),
        onStop: (kind, reply) => this.stopped(kind, reply),
        onTicket: () => this.takeLease(),
        onRefused: (event, reply) => this.refused(event, reply),
        onGap: () => this.heal(),
      });
    }

    makeHandIn() {
      return new exam.HandIn({
        wire: this.wire,
        outbox: this.outbox,
        paper: this.paper,
        onDone: (receipt) => this.finish(receipt),
        onWaiting: () => this.draw(),
        onTicket: () => this.takeLease(),
      });
    }

    listen() {
      if (!window.BroadcastChannel) return null;
      const channel = new BroadcastChannel("lianbing-exam");
      channel.onmessage = ({ data }) => {
        const ours = data.attempt === this.data.attempt && data.client !== this.client.id;
        if (ours && this.outbox && this.outbox.lease !== null && data.lease > this.outbox.lease) {
          this.outbox.stop("superseded", {});
        }
      };
      return channel;
    }

    /** The candidate changed something: it shows at once and is written down, then sent. */
    change(change) {
      if (this.phase !== "open" || this.outbox.stopped) return;
      const { item, value } = change;
      if (value !== undefined) this.typing.drop(item);
      if (value !== undefined && exam.canonicalValue(value) === exam.canonicalValue(this.paper.valueOf(item))) {
        this.draw();
        return;
      }
      this.paper.apply(change);
      this.outbox.record(change);
      this.draw();
    }

    /** Take or keep the pen; one call at a time. */
    takeLease(password) {
      this.leasing = this.leasing || this.lease(password).finally(() => (this.leasing = null));
      return this.leasing;
    }

    /** Who asks for the pen; with the lease held so far, so that a forgotten tab never takes it back by itself. */
    ids() {
      const body = { client_id: this.client.id, device_id: this.deviceId };
      return this.outbox.lease === null ? body : { ...body, lease: this.outbox.lease };
    }

    async lease(password) {
      for (;;) {
        const body = this.ids();
        if (password) body.password = password;
        if (performance.now() - this.leasedAt < 1000) await pause(1000);
        const reply = await this.wire.lease(body).catch(() => null);
        password = undefined;
        if (this.isAnswer(reply) ? await this.leased(reply) : await this.waited()) return;
        if (this.outbox.stopped) return;
      }
    }

    /** JSON is an answer; a bare refusal is one only when it comes again and again (a proxy may be ill). */
    isAnswer(reply) {
      if (!reply || reply.status >= 500) return false;
      return Boolean(reply.data) || ([401, 403, 404].includes(reply.status) && this.failed > 2);
    }

    async waited() {
      this.failed += 1;
      this.draw();
      await this.beforeRetry(exam.backoff(this.failed, Math.random));
      return false;
    }

    /** Wait for the back-off, or for the network to come back, whichever is sooner. */
    beforeRetry(ms) {
      return Promise.race([pause(ms), new Promise((resolve) => (this.hurry = resolve))]);
    }

    async leased({ status, data, askedAt }) {
      data = data || {};
      this.renewed = false;
      if (status === 200 && data.lease) {
        this.failed = 0;
        return this.begin(data, askedAt);
      }
      if (status === 409 && data.error === "held_elsewhere") await this.askTakeOver();
      else if (data.error === "too_many_clients") {
        exam.banner("trouble", say("tooMany"));
        this.outbox.stop("superseded", data);
        return true;
      } else if (status === 409) {
        this.outbox.stop(data.error === "superseded" ? "superseded" : "closed", data);
        return true;
      } else if ([401, 403, 404].includes(status)) await this.askSignIn(status);
      else await this.waited();
      return this.renewed;
    }

    begin(reply, askedAt) {
      this.typing.commit();
      this.leasedAt = performance.now();
      this.clock.sync(reply.remaining_ms, askedAt);
      if (reply.state !== "open") {
        this.outbox.stop("closed", reply);
        return true;
      }
      const { outbox } = this;
      if (this.overtook(reply)) return false;
      const raised = outbox.lease === null && reply.lease > outbox.lastLease;
      const fresh = outbox.lease === null;
      const sorted = exam.sortLeft(this.left, { clientId: this.client.id, lease: reply.lease, raised });
      this.left = [...(reply.offered || []), ...sorted.overtaken];
      const mine = outbox.pending.slice();
      if (fresh) this.paper.load(reply.answers, reply.flags);
      outbox.lastLease = reply.lease;
      this.adopt(fresh ? sorted.adopted : []);
      if (fresh) mine.forEach((event) => this.paper.apply(event));
      outbox.begin(reply.lease, reply.acked_through);
      const skew = Date.parse(reply.server_now) - Date.now();
      this.journal.savePaper({ ...this.data, answers: reply.answers, flags: reply.flags, kept: { skew } });
      if (this.channel) {
        this.channel.postMessage({ attempt: this.data.attempt, client: this.client.id, lease: reply.lease });
      }
      exam.offerOvertaken(this.paper, this.left, ({ item, value }) => {
        this.change({ item, value });
        this.redraw();
      });
      if (fresh) this.redraw();
      this.draw();
      return true;
    }

    /** Our own unsent events were made before another device wrote: go on under a new name, offer them. */
    overtook(reply) {
      const { outbox } = this;
      const own = this.left.filter((record) => record.client_id === this.client.id && !record.acked);
      if (outbox.lease !== null || !own.some((record) => record.lease && record.lease < reply.lease - 1)) return false;
      this.client = { id: exam.uuid(), seq: 0 };
      const fresh = outbox.pending.filter((event) => !own.find((record) => record.seq === event.seq));
      Object.assign(outbox, { clientId: this.client.id, log: new Map(), pending: [], lastSeq: 0, lastLease: reply.lease });
      fresh.forEach(({ item, value, flag }) => outbox.record(value === undefined ? { item, flag } : { item, value }));
      return true;
    }

    /** Answers an earlier load of this browser could not send become ours, in the order they were made. */
    adopt(records) {
      const clients = new Map();
      records.forEach(({ client_id, seq, item, value, flag }) => {
        const change = value === undefined ? { item, flag } : { item, value };
        this.paper.apply(change);
        this.outbox.record(change);
        clients.set(client_id, seq);
      });
      clients.forEach((seq, client) => this.journal.acknowledged(client, seq));
    }

    heard(reply, askedAt) {
      this.failed = 0;
      this.clock.sync(reply.remaining_ms, askedAt);
      if (reply.answers_sha256 && !this.outbox.unsaved && reply.answers_sha256 !== exam.fingerprint(this.paper.answers)) {
        this.heal();
      }
    }

    /** The server's copy differs from what the candidate sees although all is acknowledged: send the difference. */
    async heal() {
      if (this.heals >= 3 || this.healing) return;
      this.heals += 1;
      this.healing = true;
      const reply = await this.wire.lease(this.ids()).catch(() => null);
      this.healing = false;
      if (!reply || reply.status !== 200 || !reply.data || this.outbox.unsaved) return;
      if (reply.data.lease !== this.outbox.lease) return;
      this.paper.differences(reply.data.answers, reply.data.flags).forEach((change) => this.outbox.record(change));
    }

    /** One event the server cannot store: say so, go on as a new client with the rest. */
    refused(event, reply) {
      exam.banner("trouble", say("refused", { n: event.item, why: reply.message || "" }));
      this.client = { id: exam.uuid(), seq: 0 };
      this.outbox.renumber(this.client.id);
      this.takeLease();
    }

    askTakeOver() {
      return exam.askPassword("take-over", async (password) => {
        const body = { ...this.ids(), password };
        const reply = await this.wire.lease(body).catch(() => null);
        if (!reply || !reply.data) return say("offlineNow");
        if (reply.status === 403) return say("wrongPassword");
        if (reply.status !== 200) return say("tryAgain");
        this.renewed = this.begin(reply.data, reply.askedAt);
        return "";
      });
    }

    askSignIn(status) {
      const problem = status === 404 ? say("otherUser") : "";
      const attempt = async (password) => {
        const result = await this.wire.signIn(this.data.candidate.staff_number, password);
        if (result === "offline") return say("offlineNow");
        return result === "ok" ? "" : say("wrongPassword");
      };
      return exam.askPassword("sign-in-again", attempt, problem);
    }

    /** Ask how things stand: the time, an end by somebody else, a new holder. */
    async poll() {
      if (!this.outbox || this.outbox.stopped || this.outbox.lease === null) return null;
      const reply = await this.wire.status().catch(() => null);
      if (!reply || !reply.data || reply.status >= 500) {
        this.failed += 1;
        this.draw();
        return null;
      }
      if (reply.status === 401) this.takeLease();
      if (reply.status !== 200) return null;
      this.failed = 0;
      this.clock.sync(reply.data.remaining_ms, reply.askedAt);
      if (reply.data.state !== "open") this.outbox.stop("closed", reply.data);
      else if (reply.data.lease > this.outbox.lease) this.outbox.stop("superseded", {});
      else if (this.outbox.unsaved && !this.outbox.busy) this.outbox.flush();
      this.draw();
      return reply.data;
    }

    /** The network is back or the page is in front again. */
    wake() {
      if (this.hurry) this.hurry();
      if (!this.outbox) return;
      this.outbox.wake();
      this.poll();
    }

    /** The countdown is at zero: what is shown is sent, the server confirms that it is over, then it is handed in. */
    async timeUp() {
      if (this.phase !== "open" || this.outbox.stopped) return;
      this.typing.commit();
      this.phase = "closing";
      this.draw();
      this.outbox.wake();
      let reply = await this.poll();
      while (!reply && !this.outbox.stopped) {
        await this.beforeRetry(2000);
        reply = await this.poll();
      }
      if (this.outbox.stopped) return;
      if (reply.remaining_ms > 1000) {
        this.phase = "open";
        this.draw();
        return;
      }
      this.handIn.start();
    }

    stopped(kind, reply) {
      if (this.phase === "receipt") return;
      this.phase = kind;
      if (kind === "closed") this.closed(reply);
      this.draw();
    }

    /** What was not acknowledged in time goes to the server's quarantine: it does not count, but it is not lost. */
    async sendLate(reply) {
      const { outbox } = this;
      outbox.lease = outbox.lease === null ? reply.lease : outbox.lease;
      for (let tries = 0; outbox.pending.length && outbox.lease && tries < 5; tries += 1) {
        outbox.pending.forEach((event) => (event.written = true));
        const body = outbox.body();
        const answer = await this.wire.events(body).catch(() => null);
        if (exam.judge(answer, outbox.lastSeq).kind === "closed") {
          this.late += body.events.length;
          outbox.settle(body.events[body.events.length - 1].seq);
        } else await pause(1000);
      }
    }

    async closed(reply) {
      await this.sendLate(reply || {});
      for (let turn = 0; turn < 60; turn += 1) {
        if (reply && reply.receipt) return this.finish(reply.receipt);
        await pause(turn ? 3000 : 300);
        const answer = await this.wire.status().catch(() => null);
        reply = answer && answer.data;
      }
      return location.reload();
    }

    /** The receipt is here. The journal goes, unless something in it never reached the server. */
    finish(receipt) {
      if (this.phase === "receipt") return;
      this.phase = "receipt";
      const left = this.outbox.unsaved;
      this.outbox.stopped = this.outbox.stopped || "submitted";
      if (!left) this.journal.clear();
      ["hand-in", "sign-in-again", "take-over", "navigator-sheet", "overtaken"].forEach(exam.hide);
      byId("hand-in").dataset.phase = "";
      exam.drawReceipt(receipt, { left, late: this.late });
      this.draw();
    }

    /** The page is out of sight: it may never come back. */
    hide() {
      if (!this.outbox) return;
      this.typing.commit();
      this.outbox.flushKeepalive();
    }

    /** The page goes away, perhaps for good. */
    leave() {
      if (!this.outbox) return;
      this.hide();
      if (this.phase === "open" || this.phase === "closing") {
        exam.leaveClient(this.data.attempt, { id: this.client.id, seq: this.outbox.lastSeq });
      }
    }
  };
})((window.lianbingExam = window.lianbingExam || {}));
