// What this device has of drills, in IndexedDB: answers and bookmarks the server has not confirmed, in their order,
// and what was answered in which set, so that a page kept for the way goes on where it was.
(function (drill) {
  "use strict";

  const NAME = "lianbing-drills";
  const MOST_SETS = 20;

  /** A random id. crypto.randomUUID is missing on plain http and before Chromium 92. */
  drill.uuid = function () {
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

  function open() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("records", { autoIncrement: true }).createIndex("officer", "officer");
      request.result.createObjectStore("sets");
    };
    return settled(request);
  }

  /** Run `work(store)` in one transaction that has reached the disk when the promise resolves. */
  function write(base, name, work) {
    return new Promise((resolve, reject) => {
      const change = base.transaction(name, "readwrite", { durability: "strict" });
      change.oncomplete = () => resolve();
      change.onabort = change.onerror = () => reject(change.error || new Error("storage refused"));
      work(change.objectStore(name));
    });
  }

  class Store {
    constructor(base, officer) {
      Object.assign(this, { base, officer, kept: true });
    }

    /** Write one record {kind, set, body} down. */
    async add(record) {
      await write(this.base, "records", (store) => store.add({ officer: this.officer, ...record }));
    }

    /** All records of this officer in the order made, each with its `key`. Others' wait for their owner. */
    async all() {
      const index = this.base.transaction("records").objectStore("records").index("officer");
      const [rows, keys] = await Promise.all([settled(index.getAll(this.officer)), settled(index.getAllKeys(this.officer))]);
      return rows.map((row, at) => ({ ...row, key: keys[at] }));
    }

    async drop(keys) {
      await write(this.base, "records", (store) => keys.forEach((key) => store.delete(key)));
    }

    /** What was answered in a set on this device: [{version, uid, right}] in the order answered. */
    async answered(set) {
      const found = await settled(this.base.transaction("sets").objectStore("sets").get(`${this.officer}/${set}`));
      return (found && found.answers) || [];
    }

    async remember(set, answers) {
      const name = `${this.officer}/${set}`;
      await write(this.base, "sets", (store) => store.put({ at: Date.now(), answers }, name));
      const all = this.base.transaction("sets").objectStore("sets");
      const [rows, keys] = await Promise.all([settled(all.getAll()), settled(all.getAllKeys())]);
      const old = rows.map((row, at) => [row.at, keys[at]]).sort((one, other) => other[0] - one[0]).slice(MOST_SETS);
      if (old.length) await write(this.base, "sets", (store) => old.forEach(([, key]) => store.delete(key)));
    }
  }

  /** Where the browser refuses storage: everything lives as long as the page, which says so. */
  class Memory {
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
    async answered() {
      return [];
    }
    async remember() {}
  }

  /** The store of an officer on this device. Never rejects. */
  drill.openStore = async function (officer) {
    try {
      return new Store(await within(3000, open()), officer);
    } catch (error) {
      return new Memory();
    }
  };

  /** What a store that gave up still held, kept as long as the page lives. */
  drill.inMemory = (rows) => new Memory(rows);
})((window.lianbingDrill = window.lianbingDrill || {}));
