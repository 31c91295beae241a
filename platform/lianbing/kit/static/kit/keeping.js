// What pages that go on without a signal have in common: records in IndexedDB that wait for the server, and the call
// that brings them there. A record goes only when the server, in whole JSON, has said that it has it.
(function (kept) {
  "use strict";

  const PATIENCE_MS = 10000;

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  /** One POST. Resolves {status, data}; status 0 = no signal, 401 = signed out. Never rejects. */
  kept.call = async function (url, body, { csrf, keepalive = false } = {}) {
    const hands = new AbortController();
    const timer = keepalive ? null : setTimeout(() => hands.abort(), PATIENCE_MS);
    try {
      const reply = await fetch(url, {
        method: "POST",
        headers: {
          Accept: "application/json",
          "Content-Type": "application/json",
          "X-CSRFToken": cookie("csrftoken") || csrf,
        },
        body: JSON.stringify(body),
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        keepalive,
        signal: hands.signal,
      });
      if (reply.type === "opaqueredirect") return { status: 401, data: {} };
      const data = await reply.json().catch(() => null);
      if (data && typeof data === "object") return { status: reply.status, data };
      return { status: reply.status === 403 || reply.status === 404 ? reply.status : 0, data: null };
    } catch (error) {
      return { status: 0, data: null };
    } finally {
      clearTimeout(timer);
    }
  };

  /** How long to wait after so many failures in a row: 2, 4, 8, 15, 15 ... seconds. */
  kept.backoff = (failures) => Math.min(15000, 1000 * 2 ** Math.max(1, failures));

  /** A random id. crypto.randomUUID is missing on plain http and before Chromium 92. */
  kept.uuid = function () {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };

  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const within = (ms, promise) =>
    Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("storage timed out")), ms))]);

  kept.settled = settled;

  /** Run `work(store)` in one transaction that has reached the disk when the promise resolves. */
  const write = (kept.write = function (base, name, work) {
    return new Promise((resolve, reject) => {
      const change = base.transaction(name, "readwrite", { durability: "strict" });
      change.oncomplete = () => resolve();
      change.onabort = change.onerror = () => reject(change.error || new Error("storage refused"));
      work(change.objectStore(name));
    });
  });

  /** The database `name` with the records that wait, found by `owner`, and one more store `beside`. */
  kept.open = function (name, owner, beside) {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("records", { autoIncrement: true }).createIndex(owner, owner);
      request.result.createObjectStore(beside);
    };
    return within(3000, settled(request));
  };

  /** The records of one owner, such as one officer or one page; others' wait for their owner. */
  kept.Records = class {
    constructor(base, by, owner) {
      Object.assign(this, { base, by, owner, kept: true });
    }

    /** Write one record down. */
    async add(record) {
      await write(this.base, "records", (store) => store.add({ [this.by]: this.owner, ...record }));
    }

    /** All records in the order made, each with its `key`. */
    async all() {
      const index = this.base.transaction("records").objectStore("records").index(this.by);
      const [rows, keys] = await Promise.all([settled(index.getAll(this.owner)), settled(index.getAllKeys(this.owner))]);
      return rows.map((row, at) => ({ ...row, key: keys[at] }));
    }

    async drop(keys) {
      await write(this.base, "records", (store) => keys.forEach((key) => store.delete(key)));
    }
  };

  /** Where the browser refuses storage: everything lives as long as the page, which says so. */
  kept.Memory = class {
    constructor(rows = []) {
      Object.assign(this, { kept: false, rows, next: -1 });
    }
    async add(record) {
      this.rows.push({ ...record, key: this.next-- });
    }
    async all() {
      return this.rows.slice();
    }
    async drop(keys) {
      this.rows = this.rows.filter((row) => !keys.includes(row.key));
    }
  };
})((window.lianbingKept = window.lianbingKept || {}));
