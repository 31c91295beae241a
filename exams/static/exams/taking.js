// The page of an exam being taken: buttons, keys, the countdown's ticks, and what follows from them.
(function (exam) {
  "use strict";
  const { byId, say } = exam;
  const POLL_MS = 9000; // time given by staff shows within ten seconds
  const FLUSH_AT = [10000, 3000, 0];
  const SAY_AT = [600000, 300000, 60000];
  const wide = window.matchMedia("(min-width: 60rem)");
  let session = null;

  const editable = () => session.phase === "open" && session.outbox && !session.outbox.stopped;

  function ended() {
    if (session.phase === "superseded") return say("superseded");
    if (session.phase === "closed") return say("closed");
    if (session.phase === "closing") return say("timeUp");
    return "";
  }

  function offline() {
    if (session.phase === "receipt" || session.phase === "superseded") return "";
    const away = navigator.onLine === false || session.failed > 1 || session.outbox.failures > 1;
    if (!away) return "";
    return session.journal.persistent ? say("offline") : say("offlineNoStorage");
  }

  function missing() {
    if (!session.journal.persistent) return say("noStorage");
    return session.journal.encrypted ? "" : say("plainHttp");
  }

  function draw() {
    if (!session || !session.outbox) return;
    const { paper, outbox } = session;
    document.body.dataset.phase = session.phase;
    exam.drawUnsaved(outbox);
    exam.drawItemState(paper, outbox);
    exam.drawGrid(paper, outbox);
    exam.banner("ended", ended());
    exam.banner("connection", offline());
    exam.banner("missing", missing());
    byId("continue-here").hidden = session.phase !== "superseded";
    byId("question").firstElementChild.disabled = !editable();
    ["flag", "clear", "finish", "grid-finish"].forEach((id) => (byId(id).disabled = !editable()));
    if (byId("hand-in").open) drawHandIn();
  }

  function drawHandIn() {
    const { paper, outbox } = session;
    exam.drawNumbers("list-unanswered", paper.unanswered, paper);
    exam.drawNumbers("list-partly", paper.partly, paper);
    exam.drawNumbers("list-flagged", paper.flagged, paper);
    exam.drawNumbers("list-unsaved", paper.positions((position) => outbox.isUnsaved(position)), paper);
    const waiting = session.handIn.wanted;
    byId("hand-in-confirm").disabled = waiting;
    byId("hand-in-note").textContent = waiting ? say(outbox.unsaved ? "handInWaits" : "handInRuns", { n: outbox.unsavedItems }) : "";
  }

  function show(place, focus = true) {
    session.typing.commit();
    if (!session.paper.go(place)) return;
    exam.drawQuestion(session.paper, ui(), !editable());
    draw();
    window.scrollTo(0, 0);
    if (focus) byId("legend").focus({ preventScroll: true });
  }

  /** What a kind needs to show and change the answer of the current question. */
  function ui() {
    const { position } = session.paper.item;
    return {
      name: `answer-${position}`,
      label: "",
      value: () => session.valueOf(position),
      change: (value) => session.change({ item: position, value }),
      type: (value) => session.typing.type(position, value),
      commit: () => session.typing.commit(),
    };
  }

  let composing = false;
  let waiting = false;

  /** Draw the question anew and stay where the candidate is; never under the hands of an input method. */
  function redraw() {
    waiting = composing;
    if (composing) return;
    const form = byId("question");
    const place = exam.focusIn(form);
    exam.drawQuestion(session.paper, ui(), !editable());
    exam.focusBack(form, place);
  }

  function watchComposing() {
    const form = byId("question");
    form.addEventListener("compositionstart", () => (composing = true));
    form.addEventListener("compositionend", () => {
      composing = false;
      if (waiting) setTimeout(redraw, 0);
    });
  }

  /** The stem of a case sticks below the header, however high that is just now. */
  function watchHeader() {
    const head = document.querySelector(".exam-head");
    const measure = () => document.documentElement.style.setProperty("--exam-head", `${head.offsetHeight}px`);
    new ResizeObserver(measure).observe(head);
    measure();
  }

  function flag() {
    const { position } = session.paper.item;
    session.change({ item: position, flag: !session.paper.isFlagged(position) });
  }

  function clear() {
    session.change({ item: session.paper.item.position, value: [] });
    exam.drawQuestion(session.paper, ui(), !editable());
    draw();
  }

  function openHandIn() {
    if (!editable()) return;
    exam.hide("navigator-sheet");
    session.typing.commit();
    drawHandIn();
    exam.show("hand-in");
  }

  function confirmHandIn() {
    const running = session.handIn.start();
    drawHandIn();
    running.then(() => byId("hand-in").open && drawHandIn());
  }

  function backToPaper() {
    session.handIn.callOff();
    exam.hide("hand-in");
  }

  function jump(event) {
    const button = event.target.closest("[data-place]");
    if (!button) return;
    session.handIn.callOff();
    ["navigator-sheet", "hand-in"].forEach(exam.hide);
    show(Number(button.dataset.place));
  }

  /** The options that keys choose: those of a question that is no case. */
  const keyed = () => byId("question").querySelectorAll(".question > .options input");

  /** Left and right move, 1-9 and A-H choose, F flags (unless the question has an option F). */
  function key(event) {
    const busy = event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]");
    const types = event.target.tagName === "TEXTAREA" || event.target.type === "text";
    if (busy || types || event.isComposing || !editable()) return;
    const pressed = event.key.toUpperCase();
    const { paper } = session;
    const place = "123456789".indexOf(pressed) >= 0 ? Number(pressed) - 1 : "ABCDEFGH".indexOf(pressed);
    if (event.key === "ArrowLeft") show(paper.current - 1);
    else if (event.key === "ArrowRight") show(paper.current + 1);
    else if (pressed.length === 1 && place >= 0 && keyed()[place]) keyed()[place].click();
    else if (pressed === "F") flag();
    else return;
    event.preventDefault();
  }

  function tick() {
    const { clock } = session;
    if (session.phase === "receipt") return;
    byId("time").textContent = exam.countdownText(clock.remaining());
    byId("time").dataset.state = clock.remaining() <= 300000 ? "short" : "";
    byId("time-doubt").hidden = !clock.guessed && clock.age() < 60000;
    const spoken = clock.reached(SAY_AT);
    if (spoken.length) byId("time-spoken").textContent = say("minutesLeft", { n: Math.min(...spoken) / 60000 });
    if (!session.outbox) return;
    if (clock.reached(FLUSH_AT).length) {
      session.typing.commit();
      session.outbox.wake();
    }
    if (clock.remaining() <= 0 && session.phase === "open" && !clock.guessed) session.timeUp();
    exam.drawUnsaved(session.outbox);
  }

  function placeGrid() {
    byId(wide.matches ? "side" : "navigator-body").append(byId("grid-panel"));
    if (wide.matches) exam.hide("navigator-sheet");
  }

  function wire() {
    byId("question").addEventListener("submit", (event) => event.preventDefault());
    const clicks = {
      previous: () => show(session.paper.current - 1),
      next: () => show(session.paper.current + 1),
      flag,
      clear,
      finish: openHandIn,
      "grid-finish": openHandIn,
      "open-navigator": () => exam.show("navigator-sheet"),
      "close-navigator": () => exam.hide("navigator-sheet"),
      "hand-in-confirm": confirmHandIn,
      "hand-in-back": backToPaper,
      "close-overtaken": () => exam.hide("overtaken"),
      "continue-here": () => location.reload(),
    };
    Object.entries(clicks).forEach(([id, work]) => byId(id).addEventListener("click", work));
    ["grid", "hand-in"].forEach((id) => byId(id).addEventListener("click", jump));
    byId("hand-in").addEventListener("cancel", () => session.handIn.callOff());
    document.addEventListener("keydown", key);
    wide.addEventListener("change", placeGrid);
  }

  function watchThePage() {
    window.addEventListener("online", () => session.wake());
    window.addEventListener("offline", draw);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") session.hide();
      else session.wake();
    });
    window.addEventListener("pagehide", () => session.leave());
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      exam.reclaimClient(session.data.attempt);
      session.wake();
    });
    window.addEventListener("beforeunload", (event) => {
      if (!session.outbox || session.phase === "superseded") return;
      if (session.outbox.unsaved || session.typing.held) event.preventDefault();
    });
    setInterval(tick, 250);
    setInterval(() => session.poll(), POLL_MS);
  }

  /** The paper from the server's page, or (reloaded while offline) the one this browser keeps, or null. */
  async function paperData() {
    const told = JSON.parse(byId("attempt-data").textContent);
    if (told) return told;
    const { journal } = await exam.openJournal(location.pathname.split("/")[3], () => null);
    return journal.loadPaper().catch(() => null);
  }

  /** The empty page kept for reloading offline learns whose exam it shows. */
  function fillIn({ title, candidate }) {
    const texts = { title, who: `${candidate.name} ${candidate.staff_number}`, number: candidate.staff_number };
    document.title = title;
    document.querySelectorAll("[data-fill]").forEach((place) => {
      if (place.tagName === "INPUT") place.value = texts[place.dataset.fill];
      else place.textContent = texts[place.dataset.fill];
    });
  }

  function keepPage() {
    if (!window.isSecureContext || !navigator.serviceWorker) return;
    navigator.serviceWorker.register(byId("texts").dataset.worker).catch(() => null);
  }

  async function begin() {
    const data = await paperData();
    if (!data || !data.items) {
      exam.banner("trouble", say("noCopy"));
      window.addEventListener("online", () => location.reload());
      return;
    }
    exam.pictures = data.pictures || {};
    fillIn(data);
    keepPage();
    session = new exam.Session({ data, draw, redraw });
    exam.session = session;
    placeGrid();
    exam.drawQuestion(session.paper, ui(), true);
    tick();
    wire();
    watchComposing();
    watchHeader();
    watchThePage();
    await session.open();
    document.body.dataset.ready = "yes";
  }

  begin();
})((window.lianbingExam = window.lianbingExam || {}));
