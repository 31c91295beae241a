// The player of a set on a phone: one question at a time, what is right at once, every answer written down first
// and sent when there is a signal. Without this script the forms of the page work by themselves.
(function (drill) {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const DAY_MS = 86400000;
  const fill = (text, values) => Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), text);

  class Player {
    constructor(data, words, store) {
      Object.assign(this, { data, words, points: 0 });
      this.cards = Array.from(document.querySelectorAll(".drill-card"));
      this.known = new Map(data.questions.map((one) => [one.version, one]));
      this.order = data.order.map((version) => ({ version, right: this.known.has(version) && this.known.get(version).right }));
      this.uids = new Map();
      this.queue = new drill.Queue({
        store,
        urls: data.urls,
        csrf: data.csrf,
        told: (reply) => this.heard(reply),
        changed: () => this.draw(),
      });
    }

    async start() {
      this.cards.forEach((card) => card.querySelector("form").addEventListener("submit", (event) => this.submit(event, card)));
      document.addEventListener("keydown", (event) => this.key(event));
      const before = await this.queue.store.answered(this.data.set).catch(() => []);
      before.filter(({ version }) => this.known.has(version) && !this.isAnswered(version)).forEach((one) => {
        this.uids.set(one.uid, one.version);
        this.order.push({ version: one.version, right: one.right });
      });
      const shown = this.cards.find((card) => !card.hidden);
      if (!shown || this.isAnswered(this.versionOf(shown)) || this.over()) this.next(false);
      this.draw();
      document.body.dataset.ready = "yes";
      this.queue.flush();
    }

    versionOf(card) {
      return Number(card.dataset.version);
    }

    isAnswered(version) {
      return this.order.some((one) => one.version === version);
    }

    run() {
      return drill.run(this.order.map(({ right }) => right), this.data.asked);
    }

    over() {
      return this.data.challenge && (Boolean(this.ended) || this.run().over);
    }

    submit(event, card) {
      event.preventDefault();
      const version = this.versionOf(card);
      const form = event.target;
      const said = drill.read(form);
      form.querySelector(".drill-blank").hidden = Boolean(said);
      if (!said || this.isAnswered(version)) return;
      // The submitter is known since Chromium 81.
      const guessed = Boolean(event.submitter && event.submitter.name === "guessed");
      const right = drill.grade(this.known.get(version).key, said);
      const body = { uid: drill.uuid(), version, response: drill.response(said), guessed, said_at: new Date().toISOString() };
      this.uids.set(body.uid, version);
      this.order.push({ version, right, uid: body.uid });
      this.reveal(card, said, right, guessed);
      this.draw();
      this.keep();
      this.queue.put({ kind: "answer", set: this.data.set, body });
    }

    keep() {
      const answers = this.order.map(({ version, right, uid }) => ({ version, right, uid }));
      this.queue.store.remember(this.data.set, answers).catch(() => null);
    }

    /** Show what is right in the place of the form. */
    reveal(card, said, right, guessed) {
      const box = card.querySelector(".drill-feedback");
      const verdict = byId("drill-verdict").content.cloneNode(true);
      const view = card.querySelector("template").content.cloneNode(true);
      this.markChosen(card, view, said);
      const bar = byId("drill-next").content.cloneNode(true);
      this.wireKeep(bar.querySelector(".drill-keep"), card);
      bar.querySelector(".drill-go").addEventListener("click", () => this.next(true));
      box.replaceChildren ? box.replaceChildren(verdict, view, bar) : box.append(verdict, view, bar);
      this.say(card, right, guessed);
      card.querySelector("form").hidden = true;
      box.hidden = false;
      const left = this.cards.some((one) => !this.isAnswered(this.versionOf(one)));
      const go = box.querySelector(".drill-go");
      go.textContent = left && !this.over() ? this.words.next : this.words.finish;
      card.scrollIntoView({ block: "start" });
      go.focus({ preventScroll: true });
    }

    say(card, right, guessed) {
      const line = card.querySelector(".drill-feedback .alert");
      line.className = `alert alert-${right === null ? "warn" : right ? "ok" : "bad"}`;
      line.querySelector("strong").textContent = right === null ? this.words.unsure : right ? this.words.right : this.words.wrong;
      if (guessed) line.querySelector(".drill-due").textContent = this.words.guessed;
    }

    /** One's own answer in the view that shows what is right. */
    markChosen(card, view, said) {
      const lists = Array.from(view.querySelectorAll("ul.question-options"));
      const pieces = Array.from(card.querySelectorAll(".drill-piece"));
      const ticks = pieces.filter((piece) => piece.querySelector(".check"));
      ticks.forEach((piece, at) => {
        const chosen = said[piece.dataset.part] || [];
        Array.from(piece.querySelectorAll(".check input")).forEach((input, place) => {
          const line = lists[at] && lists[at].children[place];
          if (!line || !chosen.includes(input.value)) return;
          if (!line.classList.contains("is-right")) line.classList.add("is-wrong");
          const badge = Object.assign(document.createElement("span"), { className: "badge badge-info", textContent: this.words.chosen });
          line.append(" ", badge);
        });
      });
      const typed = pieces.filter((piece) => !piece.querySelector(".check")).map((piece) => this.typed(piece));
      if (!typed.length) return;
      const line = Object.assign(document.createElement("p"), { textContent: `${this.words.yours}: ${typed.join("; ")}` });
      view.firstElementChild.after(line);
    }

    typed(piece) {
      const steps = Array.from(piece.querySelectorAll("select[data-step]"));
      const blanks = Array.from(piece.querySelectorAll("[data-blank]"), (input) => input.value.trim() || "—");
      steps.sort((one, other) => one.value - other.value);
      return steps.length ? steps.map((select) => select.getAttribute("aria-label")).join(" → ") : blanks.join(" / ");
    }

    wireKeep(button, card) {
      const draw = (on) => {
        button.setAttribute("aria-pressed", String(on));
        button.textContent = on ? this.words.kept : this.words.keep;
        card.dataset.kept = on ? "1" : "0";
      };
      draw(card.dataset.kept === "1");
      button.addEventListener("click", () => {
        draw(card.dataset.kept !== "1");
        this.queue.put({ kind: "bookmark", set: this.data.set, body: { version: this.versionOf(card), on: card.dataset.kept === "1" } });
      });
    }

    /** The next question without an answer, or the result. */
    next(focus) {
      const card = this.over() ? null : this.cards.find((one) => !this.isAnswered(this.versionOf(one)));
      this.cards.forEach((one) => (one.hidden = one !== card));
      byId("drill-done").hidden = Boolean(card);
      window.scrollTo(0, 0);
      if (focus) (card ? card.querySelector(".drill-place") : byId("drill-done")).focus({ preventScroll: true });
      this.draw();
    }

    /** The server's word: it may be another than the page's, and it knows when the question comes again. */
    heard(reply) {
      this.points += reply.points || 0;
      if (reply.message) this.end(reply);
      if (reply.shared && reply.shared.length) this.drawShared(reply.shared);
      reply.taken.forEach((one) => {
        const entry = this.order.find(({ version }) => version === one.version);
        if (!entry || !this.uids.has(one.uid)) return;
        entry.right = one.right;
        const card = this.cards.find((found) => this.versionOf(found) === one.version);
        if (card.querySelector(".drill-feedback").hidden) return;
        this.say(card, one.right, false);
        if (one.due) card.querySelector(".drill-due").textContent = this.comesAgain(one.due);
      });
      this.keep();
      this.draw();
    }

    /** The run was over before these arrived, by answers of another page: they do not count. */
    end({ message, ignored }) {
      // The queue also sends what another page left; that is not told here.
      const gone = new Set(ignored.filter((uid) => this.uids.has(uid)).map((uid) => this.uids.get(uid)));
      if (!gone.size) return;
      this.ended = message;
      this.order = this.order.filter(({ version }) => !gone.has(version));
    }

    comesAgain(due) {
      const days = Math.round((new Date(due) - Date.now()) / DAY_MS);
      return days < 2 ? this.words.soon : fill(this.words.again, { n: days });
    }

    /** 1-9 and A-H choose, Enter goes on. */
    key(event) {
      const card = this.cards.find((one) => !one.hidden);
      const types = /^(TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.type === "text";
      if (!card || types || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const pressed = event.key.toUpperCase();
      const place = "123456789".indexOf(pressed) >= 0 ? Number(pressed) - 1 : "ABCDEFGH".indexOf(pressed);
      const inputs = card.querySelectorAll(".drill-form:not([hidden]) .check input");
      if (pressed.length !== 1 || place < 0 || !inputs[place]) return;
      inputs[place].click();
      event.preventDefault();
    }

    draw() {
      const { queue, words } = this;
      byId("drill-offline").hidden = !(queue.failures && !queue.problem) || !queue.waiting;
      const trouble = queue.problem ? words[queue.problem] || queue.problem : this.ended || (queue.store.kept ? "" : words.unkept);
      drill.say(byId("drill-trouble"), trouble);
      if (queue.problem === "signedOut") this.offerSignIn();
      const unsent = byId("drill-unsent");
      unsent.dataset.count = queue.waiting;
      drill.say(unsent, queue.waiting && queue.failures ? `${words.unsent} ${queue.waiting}` : "");
      this.drawRun();
      this.drawResults();
    }

    offerSignIn() {
      const link = Object.assign(document.createElement("a"), { href: this.data.urls.sign_in, textContent: this.words.signIn });
      byId("drill-trouble").append(" ", link);
    }

    drawRun() {
      const meter = byId("drill-meter");
      if (meter) meter.value = this.order.length;
      if (!this.data.challenge) return;
      const { passed, levels, spare } = this.run();
      const level = Math.min(passed + 1, levels);
      drill.say(byId("drill-run"), `${fill(this.words.level, { level, levels })}${spare ? " ♥" : ""}`);
      if (byId("drill-climbed")) byId("drill-climbed").textContent = fill(this.words.climbed, { passed, levels });
    }

    /** How others did with the question of the day. */
    drawShared(lines) {
      const box = byId("drill-shared");
      if (!box) return;
      box.textContent = "";
      lines.forEach((line) => box.append(Object.assign(document.createElement("p"), { textContent: line })));
      box.hidden = false;
    }

    drawResults() {
      if (!byId("drill-right")) return;
      byId("drill-right").textContent = this.order.filter(({ right }) => right).length;
      byId("drill-points").textContent = this.points ? fill(this.words.points, { n: this.points }) : "";
      this.order.forEach(({ version, right }) => {
        const row = document.querySelector(`[data-result="${version}"]`);
        if (!row) return;
        const badge = row.querySelector(".badge");
        row.hidden = false;
        badge.className = `badge badge-${right === null ? "warn" : right ? "ok" : "bad"}`;
        badge.textContent = right === null ? "…" : right ? this.words.right : this.words.wrong;
      });
    }
  }

  async function start() {
    const data = JSON.parse(byId("drill-data").textContent);
    drill.carry(data.urls.worker, location.pathname);
    const store = await drill.openStore(data.officer);
    await new Player(data, { ...byId("drill-words").dataset }, store).start();
  }

  document.addEventListener("DOMContentLoaded", start);
})((window.lianbingDrill = window.lianbingDrill || {}));
