// The live channel of a match: what the room shows, and what this device asks for. See docs/decisions/0029.
//
// openRoom({url, ticket, snapshot, act, move, onView(view, you, staff, changed), onLink(state)}) answers
// {act(what, data), move(kind, data, reason), now(), close()}; both promises end with the server's answer or
// fail with {code, text}. `state` is "connecting", "live", "http" (sockets are blocked), "offline", or for good:
// "replaced" (another device has the seat), "ended" (the ticket has run out), "gone" (no such match).
//
// News carries numbers: a gap is healed by the snapshot. What is not acknowledged is kept in this tab and sent
// again with the same id, which the server counts once. Everything the socket does goes over HTTP as well.

const FIRST_WAIT = 400;
const LONGEST_WAIT = 5000;
const HELLO_WITHIN = 8000;
const SILENT_FOR = 45000;
const AGAIN_AFTER = 2500;
const POLL_EVERY = 1500;
const FOR_GOOD = { 4401: "ended", 4403: "replaced", 4404: "gone" };
const HTTP_FOR_GOOD = { 401: "ended", 403: "replaced", 404: "gone" };
const OFFSETS = 20;

const jittered = (wait) => wait * (0.4 + 0.6 * Math.random());

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The server's clock: of the last messages, the one that was least under way tells it best. */
export class ServerClock {
  constructor() {
    this.offsets = [];
    this.offset = Date.now() - performance.now();
  }

  heard(now) {
    if (!now) return;
    this.offsets.push(now - performance.now());
    if (this.offsets.length > OFFSETS) this.offsets.shift();
    this.offset = Math.max(...this.offsets);
  }

  now() {
    return performance.now() + this.offset;
  }
}

/** What this tab has asked for and not been answered yet; outlives a reload of the page. */
export class Outbox {
  constructor(name, storage) {
    this.name = name;
    this.storage = storage;
    this.waiting = new Map();
    this.restore();
  }

  restore() {
    try {
      for (const act of JSON.parse(this.storage.getItem(this.name) || "[]")) this.add(act);
    } catch (error) {
      this.waiting.clear();
    }
  }

  add(act) {
    const entry = { act, sent: 0 };
    entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
    entry.promise.catch(() => {});
    this.waiting.set(act.id, entry);
    this.keep();
    return entry;
  }

  /** The same wish again, of the same turn: twenty clicks are one act. */
  like(what, turn, opened) {
    const same = (act) => act.what === what && act.turn === turn && act.opened === opened;
    for (const entry of this.waiting.values()) if (same(entry.act)) return entry;
    return null;
  }

  take(id) {
    const entry = this.waiting.get(id);
    this.waiting.delete(id);
    this.keep();
    return entry;
  }

  keep() {
    try {
      this.storage.setItem(this.name, JSON.stringify(Array.from(this.waiting.values(), (one) => one.act)));
    } catch (error) {
      // A browser without storage forgets them with the page; the promise still stands.
    }
  }
}

/** What may be done now: the room says it by party or role, and what is done is done. */
export function mayOf(view, you) {
  if (!view || !you) return [];
  const party = { team: `t${you.seat}`, player: `p${you.player}` }[you.role];
  const may = view.may || {};
  const said = may[party] || may[you.role] || may["*"] || you.may || [];
  const turn = view.turn ? view.turn.id : null;
  const answered = Boolean(you.answered) && you.answered.turn === turn;
  const pressed = turn !== null && you.pressed === turn;
  return said.filter((what) => !(what === "answer" && answered) && !(what === "press" && pressed));
}

class Room {
  constructor(options) {
    this.options = options;
    this.clock = new ServerClock();
    this.outbox = new Outbox(`contest:${options.url}`, window.sessionStorage);
    this.seq = -1;
    this.view = null;
    this.you = null;
    this.staff = null;
    this.failures = 0;
    this.over = false;
    this.fetching = null;
    this.timers = {};
    this.state = "";
    this.wake = () => document.visibilityState === "visible" && this.awake();
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("online", this.wake);
    this.connect();
    this.timers.again = window.setInterval(() => this.sendAgain(), 1000);
    this.timers.poll = window.setTimeout(() => this.poll(), POLL_EVERY * 2);
  }

  // The socket

  connect() {
    if (this.over || this.socket) return;
    if (!this.view) this.link("connecting");
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const address = new URL(this.options.url, location.href);
    address.protocol = scheme;
    address.searchParams.set("ticket", this.options.ticket);
    let socket;
    try {
      socket = new WebSocket(address.href);
    } catch (error) {
      this.lost(null, 0);
      return;
    }
    this.socket = socket;
    socket.onmessage = (event) => this.socket === socket && this.heard(JSON.parse(event.data));
    socket.onclose = (event) => this.lost(socket, event.code);
    this.watch(HELLO_WITHIN);
  }

  watch(patience) {
    window.clearTimeout(this.timers.watch);
    this.timers.watch = window.setTimeout(() => this.drop(), patience);
  }

  /** Give the connection up without waiting for a farewell that a dead line never brings. */
  drop() {
    const socket = this.socket;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
    this.lost(socket, 0);
  }

  lost(socket, code) {
    if (this.over || (socket && this.socket !== socket)) return;
    this.socket = null;
    this.live = false;
    window.clearTimeout(this.timers.watch);
    if (FOR_GOOD[code]) {
      this.end(FOR_GOOD[code]);
      return;
    }
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
    window.clearTimeout(this.timers.connect);
    this.timers.connect = window.setTimeout(() => this.connect(), jittered(wait));
    if (this.failures > 1 || !this.view) this.poll();
  }

  awake() {
    if (this.over) return;
    if (this.socket) {
      this.resync();
      return;
    }
    this.failures = 0;
    window.clearTimeout(this.timers.connect);
    this.connect();
  }

  // What the server says

  heard(message) {
    this.clock.heard(message.now);
    this.watch(SILENT_FOR);
    const take = {
      hello: () => {
        this.live = true;
        this.failures = 0;
        this.link("live");
        this.whole(message);
        this.sendAgain(true);
      },
      news: () => this.news(message),
      staff: () => this.change({ staff: { ...this.staff, ...message.staff } }, ["staff"]),
      you: () => this.change({ you: message.you }, ["you"]),
      ping: () => this.ping(message),
      ack: () => this.answered(message, true),
      no: () => this.answered(message, false),
    }[message.t];
    if (take) take();
  }

  ping(message) {
    if (message.n) this.socket.send(JSON.stringify({ t: "pong", n: message.n }));
    if (message.seq > this.seq) this.resync();
  }

  whole(message) {
    if (message.seq < this.seq) return;
    this.seq = message.seq;
    this.change({ view: message.view, you: message.you, staff: message.staff || this.staff }, ["all"]);
  }

  news(message) {
    const from = message.from === undefined ? message.seq - 1 : message.from;
    if (message.seq < this.seq) return;
    if (message.seq > this.seq && from > this.seq) {
      this.resync();
      return;
    }
    this.seq = message.seq;
    const view = { ...this.view, ...message.patch };
    const opening = (one) => (one && one.turn ? `${one.turn.id}/${one.turn.opened}` : "");
    // After a tie the same turn is opened anew, and everybody may press anew.
    const you = opening(view) === opening(this.view) ? this.you : { ...this.you, pressed: null };
    this.change({ view, you }, Object.keys(message.patch));
  }

  change(parts, changed) {
    Object.assign(this, parts);
    if (!this.view || !this.you) return;
    this.you = { ...this.you, may: mayOf(this.view, this.you) };
    this.options.onView(this.view, this.you, this.staff, changed);
  }

  // The way over HTTP

  async fetched(address, options) {
    const reply = await fetch(address, { credentials: "same-origin", cache: "no-store", ...options });
    const body = await reply.json().catch(() => ({}));
    return { status: reply.status, body };
  }

  /** The whole picture at once; whoever asks meanwhile gets the same. */
  resync() {
    if (!this.fetching) this.fetching = this.snapshot().finally(() => (this.fetching = null));
    return this.fetching;
  }

  async snapshot() {
    const address = new URL(this.options.snapshot, location.href);
    address.searchParams.set("ticket", this.options.ticket);
    try {
      const { status, body } = await this.fetched(address.href, {});
      if (HTTP_FOR_GOOD[status]) this.end(HTTP_FOR_GOOD[status]);
      if (status !== 200) throw new Error(`${status}`);
      this.clock.heard(body.now);
      this.whole(body);
      if (!this.live) this.link("http");
      return true;
    } catch (error) {
      if (!this.live) this.link("offline");
      return false;
    }
  }

  /** Without a socket the picture is fetched now and then. */
  async poll() {
    window.clearTimeout(this.timers.poll);
    if (this.over) return;
    if (!this.live) {
      await this.resync();
      this.sendAgain(false);
    }
    window.clearTimeout(this.timers.poll);
    this.timers.poll = window.setTimeout(() => this.poll(), jittered(POLL_EVERY * 1.5));
  }

  // What this device asks for

  act(what, data) {
    if (this.over) return Promise.reject({ code: this.state, text: "" });
    const turn = this.view && this.view.turn;
    const id = { turn: turn ? turn.id : 0, opened: (turn && turn.opened) || 0 };
    const before = this.outbox.like(what, id.turn, id.opened);
    if (before && ["press", "answer"].includes(what)) return before.promise;
    const entry = this.outbox.add({ t: "act", id: newId(), what, ...id, ...data });
    this.send(entry);
    return entry.promise;
  }

  send(entry) {
    entry.sent = performance.now();
    if (this.live && this.socket && this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(entry.act));
    } else {
      this.post(entry);
    }
  }

  async post(entry) {
    const headers = { "Content-Type": "application/json", "X-Contest-Ticket": this.options.ticket };
    try {
      const body = JSON.stringify(entry.act);
      const reply = await this.fetched(this.options.act, { method: "POST", headers, body });
      if (HTTP_FOR_GOOD[reply.status]) this.end(HTTP_FOR_GOOD[reply.status]);
      else if (reply.body.t) this.answered(reply.body, reply.body.t === "ack");
    } catch (error) {
      // Kept, and sent again.
    }
  }

  sendAgain(all) {
    const now = performance.now();
    for (const entry of this.outbox.waiting.values()) {
      if (all === true || now - entry.sent > AGAIN_AFTER) this.send(entry);
    }
  }

  answered(message, yes) {
    if (!yes && message.code === "busy") return;
    const entry = this.outbox.take(message.id);
    if (!entry) return;
    if (!yes) {
      entry.reject({ code: message.code, text: message.text });
      return;
    }
    const { what, turn, response } = entry.act;
    if (what === "answer") this.change({ you: { ...this.you, answered: { turn, response } } }, ["you"]);
    if (what === "press") this.change({ you: { ...this.you, pressed: turn } }, ["you"]);
    entry.resolve(message);
  }

  /** A move of the desks: with the session and its form token, on what has been seen. */
  async move(kind, data, reason) {
    const field = document.querySelector("[name=csrfmiddlewaretoken]");
    const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    const token = field ? field.value : cookie ? cookie[1] : "";
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" };
    const body = JSON.stringify({ id: newId(), kind, data: data || {}, reason: reason || "", seen: this.seq });
    let reply;
    try {
      reply = await this.fetched(this.options.move, { method: "POST", headers, body });
    } catch (error) {
      throw { code: "offline", text: "" };
    }
    if (reply.status !== 200) {
      this.resync();
      throw { code: reply.body.code || reply.body.error || `${reply.status}`, text: reply.body.text || "" };
    }
    if (!this.live) this.resync();
    return reply.body;
  }

  // The end

  link(state) {
    if (this.over || state === this.state) return;
    this.state = state;
    this.options.onLink(state);
  }

  end(state) {
    this.link(state);
    this.close();
    for (const id of Array.from(this.outbox.waiting.keys())) {
      this.outbox.take(id).reject({ code: state, text: "" });
    }
  }

  close() {
    if (this.over) return;
    this.over = true;
    for (const timer of Object.values(this.timers)) window.clearTimeout(timer);
    window.clearInterval(this.timers.again);
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("online", this.wake);
    if (this.socket) this.socket.close(1000);
    this.socket = null;
  }
}

/** Enter a room; see the head of this file. */
export function openRoom(options) {
  const room = new Room({ onLink() {}, ...options });
  return {
    act: (what, data) => room.act(what, data),
    move: (kind, data, reason) => room.move(kind, data, reason),
    now: () => room.clock.now(),
    close: () => room.close(),
  };
}
