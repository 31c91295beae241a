// Handing in: send what is left, then submit with the fingerprint, until the server gives a receipt.
(function (exam) {
  "use strict";

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** What a reply to submit means. */
  exam.judgeSubmit = function (reply) {
    const data = reply && reply.data;
    if (!data) return "failed";
    if (reply.status === 200 && data.state === "submitted" && data.receipt) return "done";
    if (reply.status === 401) return "ticket";
    const known = ["missing", "mismatch", "superseded", "closed"];
    return reply.status === 409 && known.includes(data.error) ? data.error : "failed";
  };

  exam.HandIn = class {
    /** options: {wire, outbox, paper, onDone(receipt), onWaiting(failures), onTicket(): Promise} */
    constructor(options) {
      Object.assign(this, options);
      this.wanted = false;
      this.running = null;
    }

    /** Start, or join what is running. Resolves when a receipt came, sending stopped, or it was called off. */
    start() {
      this.wanted = true;
      this.running = this.running || this.run().finally(() => (this.running = null));
      return this.running;
    }

    /** Go back to answering. A receipt may still come when the request was already on its way. */
    callOff() {
      this.wanted = false;
    }

    async run() {
      let failures = 0;
      while (this.wanted) {
        this.outbox.flush();
        await Promise.race([this.outbox.drained(), pause(1000)]);
        if (this.outbox.stopped || !this.wanted) return;
        if (this.outbox.unsaved || this.outbox.lease === null) {
          this.onWaiting((failures += 1));
          continue;
        }
        const verdict = await this.attempt();
        if (verdict === "over") return;
        if (verdict === "failed") {
          this.onWaiting((failures += 1));
          await pause(exam.backoff(failures, Math.random));
        }
      }
    }

    async attempt() {
      const { outbox, paper } = this;
      const reply = await this.wire
        .submit({
          lease: outbox.lease,
          client_id: outbox.clientId,
          final_seq: outbox.lastSeq,
          answers_sha256: exam.fingerprint(paper.answers),
        })
        .catch(() => null);
      const verdict = exam.judgeSubmit(reply);
      if (verdict === "done") this.onDone(reply.data.receipt);
      else if (verdict === "missing") outbox.resend(reply.data.missing);
      else if (verdict === "mismatch") {
        paper.differences(reply.data.answers, [...paper.flags]).forEach((change) => outbox.record(change));
      } else if (verdict === "ticket") await this.onTicket();
      else if (verdict === "superseded" || verdict === "closed") outbox.stop(verdict, reply.data);
      if (verdict === "missing" || verdict === "mismatch") await pause(300);
      return ["done", "superseded", "closed"].includes(verdict) ? "over" : verdict;
    }
  };
})((window.lianbingExam = window.lianbingExam || {}));
