// An attempt of a public quiz: one question at a time, answers sent as they are given and again until the
// server has them. Without this script the page is one plain form that hands everything in.
(function () {
  "use strict";

  const form = document.getElementById("quiz");
  if (!form) return;
  const say = form.dataset;
  const cards = Array.from(form.querySelectorAll(".quiz-card"));
  const by = (id) => document.getElementById(id);
  const store = `quiz:${say.key}:${say.attempt}`;
  const EARLY = 1500; // hand in that many milliseconds before the server closes the attempt
  const LONGEST = 15000;
  let here = 0;
  let ends = performance.now() + Number(say.left);
  let waiting = read();
  let busy = false;
  let wait = 1000;
  let handing = false;
  let timer = 0;

  function read() {
    try {
      return JSON.parse(localStorage.getItem(store)) || {};
    } catch (error) {
      return {};
    }
  }

  function keep() {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(store, JSON.stringify(waiting));
      else localStorage.removeItem(store);
    } catch (error) {
      // A browser that keeps nothing still sends: only a reload without a signal would lose what waits.
    }
  }

  const boxes = (card) => Array.from(card.querySelectorAll("input[type=radio], input[type=checkbox]"));
  const chosen = (card) => boxes(card).filter((box) => box.checked).map((box) => box.value);
  const isAnswered = (card) => boxes(card).some((box) => box.checked);

  /** What could not be sent before a reload stands in the boxes again. */
  function restore() {
    cards.forEach((card) => {
      const kept = waiting[card.dataset.item];
      if (kept) boxes(card).forEach((box) => (box.checked = kept.response.includes(box.value)));
    });
  }

  function state(name) {
    const line = by("quiz-state");
    line.dataset.state = name;
    line.textContent = say[name] || "";
  }

  function remember(card) {
    const last = Number(card.dataset.n) || 0;
    const n = Math.max(Date.now(), last + 1);
    card.dataset.n = String(n);
    waiting[card.dataset.item] = { n: n, response: chosen(card) };
    keep();
    draw();
    wait = 1000;
    send();
  }

  /** Send all that waits; what the server has not confirmed is sent again, later and later. */
  function send() {
    const items = Object.keys(waiting);
    if (busy || !items.length) return Promise.resolve(!items.length);
    busy = true;
    state("saving");
    clearTimeout(timer);
    const answers = items.map((item) => ({ item: Number(item), n: waiting[item].n, response: waiting[item].response }));
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), 8000);
    return fetch(say.save, {
      method: "POST",
      credentials: "same-origin",
      signal: stop.signal,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify({ attempt: Number(say.attempt), answers: answers }),
    })
      .then((reply) => {
        if (reply.status === 409 || reply.status === 404) return over();
        if (reply.status === 400) return giveUp(answers);
        if (!reply.ok) throw new Error(String(reply.status));
        return reply.json().then((told) => taken(told, answers));
      })
      .catch(later)
      .then(() => {
        clearTimeout(limit);
        busy = false;
        if (Object.keys(waiting).length && wait === 1000) return send();
        return !Object.keys(waiting).length;
      });
  }

  function taken(told, answers) {
    answers.forEach((one) => {
      const kept = waiting[one.item];
      if (kept && kept.n === one.n) delete waiting[one.item];
    });
    keep();
    ends = Math.min(ends, performance.now() + told.left_ms);
    wait = 1000;
    if (!Object.keys(waiting).length) state("saved");
  }

  function giveUp(answers) {
    answers.forEach((one) => delete waiting[one.item]);
    keep();
    window.location.reload();
  }

  function later() {
    state("offline");
    clearTimeout(timer);
    wait = Math.min(wait * 2, LONGEST);
    timer = setTimeout(send, wait * (0.7 + 0.6 * Math.random()));
  }

  function over() {
    waiting = {};
    keep();
    state("over");
    handing = true;
    form.submit();
  }

  /** First everything is saved, then the form goes; without a signal the page stays and tries again. */
  function handIn() {
    if (handing) return;
    handing = true;
    by("quiz-submit").disabled = true;
    const attempt = () =>
      send().then((done) => {
        if (done && !busy) {
          keep();
          form.submit();
          return;
        }
        if (performance.now() > ends) {
          over();
          return;
        }
        state("stuck");
        setTimeout(attempt, Math.max(1500, wait / 2));
      });
    attempt();
  }

  function show(place, focus) {
    here = Math.min(Math.max(place, 0), cards.length - 1);
    cards.forEach((card, at) => (card.hidden = at !== here));
    by("quiz-back").hidden = here === 0;
    by("quiz-next").hidden = here === cards.length - 1;
    by("quiz-submit").classList.toggle("btn-primary", here === cards.length - 1);
    draw();
    if (focus) cards[here].querySelector("legend").focus();
  }

  function draw() {
    Array.from(by("quiz-places").children).forEach((button, at) => {
      const done = isAnswered(cards[at]);
      button.classList.toggle("is-answered", done);
      button.setAttribute("aria-label", done ? `${at + 1} ${say.answered}` : String(at + 1));
      if (at === here) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
  }

  function places() {
    const row = by("quiz-places");
    cards.forEach((card, at) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "cell", textContent: String(at + 1) });
      button.addEventListener("click", () => show(at, true));
      row.append(button);
    });
    row.hidden = false;
  }

  function tick() {
    const left = ends - performance.now();
    const whole = Math.max(Math.ceil(left / 1000), 0);
    const clock = by("quiz-clock");
    clock.textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    clock.dataset.state = whole <= 60 ? "short" : "";
    if (left <= EARLY && !handing) {
      state("over");
      handIn();
    }
  }

  form.addEventListener("change", (event) => {
    const card = event.target.closest(".quiz-card");
    if (card) remember(card);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const blank = cards.filter((card) => !isAnswered(card)).length;
    if (blank && !window.confirm(say.ask.replace("{n}", String(blank)))) return;
    handIn();
  });
  by("quiz-back").addEventListener("click", () => show(here - 1, true));
  by("quiz-next").addEventListener("click", () => show(here + 1, true));
  window.addEventListener("online", () => {
    wait = 1000;
    send();
  });
  // A page taken from the browser's cache after going back would show a clock that stood still.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  places();
  restore();
  const open = cards.findIndex((card) => !isAnswered(card));
  show(open < 0 ? cards.length - 1 : open, false);
  tick();
  setInterval(tick, 250);
  if (Object.keys(waiting).length) send();
})();
