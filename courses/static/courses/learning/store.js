// What the player has written down and the server has not confirmed, in IndexedDB: beats, tries, notes, in
// their order. A record goes only when the server, in whole JSON, has said that it has it.
(function (learn) {
  "use strict";

  const NAME = "lianbing-learning";

  /** A random id. crypto.randomUUID is missing on plain http and before Chromium 92. */
  learn.uuid = function () {
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
    Promise.race([
      promise,
      new Promise((_, reject) => setTimeout(() => reject(new Error("storage timed out")), ms)),
    ]);

  function open() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("records", { autoIncrement: true }).createIndex("page", "page");
      request.result.createObjectStore("openings");
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
    constructor(base, page) {
      Object.assign(this, { base, page, kept: true });
    }

    /** Write one record {kind, lease, body} down. */
    async add(record) {
      await write(this.base, "records", (store) => store.add({ page: this.page, ...record }));
    }

    /** All records of this page in the order made, each with its `key`. */
    async all() {
      const index = this.base.transaction("records").objectStore("records").index("page");
      const [rows, keys] = await Promise.all([settled(index.getAll(this.page)), settled(index.getAllKeys(this.page))]);
      return rows.map((row, at) => ({ ...row, key: keys[at] }));
    }

    async drop(keys) {
      await write(this.base, "records", (store) => keys.forEach((key) => store.delete(key)));
    }

    /** Remember the last opening {lease, seq} the server gave to this page. */
    async remember(opening) {
      await write(this.base, "openings", (store) => store.put(opening, this.page));
    }

    async remembered() {
      return (await settled(this.base.transaction("openings").objectStore("openings").get(this.page))) || null;
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
    async remember() {}
    async remembered() {
      return null;
    }
  }

  /** The store of a page. Never rejects. */
  learn.openStore = async function (page) {
    try {
      return new Store(await within(3000, open()), page);
    } catch (error) {
      return new Memory();
    }
  };

  /** What a store that gave up still held, kept as long as the page lives. */
  learn.inMemory = (rows) => new Memory(rows);
})((window.lianbingLearn = window.lianbingLearn || {}));
