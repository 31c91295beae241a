// The journal of an attempt in IndexedDB: every event is written here before it is sent, and stays until
// the receipt. Records are sealed with a key that cannot be taken out of the browser where WebCrypto exists
// (secure origins); on plain http they lie open, and the page says so.
(function (exam) {
  "use strict";

  const NAME = "lianbing-exam";
  const STORES = ["device", "keys", "events", "acks", "papers"];

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
      const base = request.result;
      STORES.filter((name) => name !== "events").forEach((name) => base.createObjectStore(name));
      base.createObjectStore("events", { autoIncrement: true }).createIndex("attempt", "attempt");
    };
    return settled(request);
  }

  /** Run `work(store...)` in one transaction that has reached the disk when the promise resolves. */
  function write(base, names, work) {
    return new Promise((resolve, reject) => {
      const change = base.transaction(names, "readwrite", { durability: "strict" });
      change.oncomplete = () => resolve();
      change.onabort = change.onerror = () => reject(change.error || new Error("storage refused"));
      work(...names.map((name) => change.objectStore(name)));
    });
  }

  const read = (base, name, key) => settled(base.transaction(name).objectStore(name).get(key));

  /** Put `value` under `key` unless something is there; returns what is there afterwards. */
  async function keep(base, name, key, value) {
    const store = base.transaction(name, "readwrite").objectStore(name);
    const known = await settled(store.get(key));
    if (known !== undefined) return known;
    await write(base, [name], (target) => target.put(value, key));
    return value;
  }

  async function sealingKey(base, attempt) {
    if (!window.isSecureContext || !window.crypto.subtle) return null;
    const known = await read(base, "keys", attempt);
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]);
    return keep(base, "keys", attempt, made);
  }

  async function seal(key, content) {
    if (!key) return { open: content };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(content));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
  }

  async function unseal(key, sealed) {
    if (sealed.open) return sealed.open;
    const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  class Journal {
    constructor(base, attempt, key, onTrouble) {
      Object.assign(this, { base, attempt, key, onTrouble });
      this.persistent = true;
      this.encrypted = Boolean(key);
      this.tail = Promise.resolve();
      base.onclose = () => this.fail(new Error("storage closed"));
    }

    fail(error) {
      if (this.persistent) {
        this.persistent = false;
        this.onTrouble(error);
      }
      return false;
    }

    /** Writes go one after the other, so that the order of records is the order of events. */
    queue(work) {
      this.tail = this.tail.then(() => (this.persistent ? work().then(() => true) : false));
      this.tail = this.tail.catch((error) => this.fail(error));
      return this.tail;
    }

    /** Write one event of a client. Resolves true when it is on the disk, false when storage refused. */
    append(clientId, lease, event) {
      return this.queue(async () => {
        const { seq, ...content } = event;
        const sealed = await seal(this.key, content);
        const record = { attempt: this.attempt, client_id: clientId, seq, lease, sealed };
        await write(this.base, ["events"], (events) => events.add(record));
      });
    }

    /** Remember that the server has everything of this client up to `through`. */
    acknowledged(clientId, through) {
      return this.queue(() =>
        write(this.base, ["acks"], (acks) => acks.put(through, `${this.attempt}/${clientId}`)),
      );
    }

    /** Every event of every client of this browser in the order made, each with `acked`. */
    async events() {
      const reading = this.base.transaction(["events", "acks"]);
      const index = reading.objectStore("events").index("attempt");
      const acks = reading.objectStore("acks");
      const [records, names, marks] = await Promise.all(
        [index.getAll(this.attempt), acks.getAllKeys(), acks.getAll()].map(settled),
      );
      const through = (client) => marks[names.indexOf(`${this.attempt}/${client}`)] || 0;
      const found = await Promise.all(
        records.map(({ client_id, seq, lease, sealed }) =>
          unseal(this.key, sealed).then(
            (content) => ({ ...content, client_id, seq, lease, acked: seq <= through(client_id) }),
            () => null,
          ),
        ),
      );
      return found.filter(Boolean);
    }

    /** Keep the paper beside the events, sealed like them. */
    savePaper(paper) {
      return this.queue(async () => {
        const sealed = await seal(this.key, paper);
        await write(this.base, ["papers"], (papers) => papers.put(sealed, this.attempt));
      });
    }

    async loadPaper() {
      const sealed = await read(this.base, "papers", this.attempt);
      return sealed ? unseal(this.key, sealed) : null;
    }

    /** Remove all of the attempt, key included. Only with the receipt, or when nothing is left to send. */
    clear() {
      return this.queue(() =>
        write(this.base, ["events", "acks", "papers", "keys"], (events, acks, papers, keys) => {
          const prefix = IDBKeyRange.bound(`${this.attempt}/`, `${this.attempt}/\uffff`);
          acks.delete(prefix);
          papers.delete(this.attempt);
          keys.delete(this.attempt);
          events.index("attempt").openKeyCursor(this.attempt).onsuccess = ({ target }) => {
            const cursor = target.result;
            if (!cursor) return;
            events.delete(cursor.primaryKey);
            cursor.continue();
          };
        }),
      );
    }
  }

  /** Where the browser refuses storage: the exam goes on online, the page warns. */
  class NoJournal {
    constructor() {
      this.persistent = false;
      this.encrypted = false;
    }
    append() {
      return Promise.resolve(false);
    }
    acknowledged() {
      return Promise.resolve(false);
    }
    events() {
      return Promise.resolve([]);
    }
    savePaper() {
      return Promise.resolve(false);
    }
    loadPaper() {
      return Promise.resolve(null);
    }
    clear() {
      return Promise.resolve(true);
    }
  }

  function fallbackDevice() {
    try {
      const known = localStorage.getItem("lianbing-device");
      if (known) return known;
      const made = exam.uuid();
      localStorage.setItem("lianbing-device", made);
      return made;
    } catch (error) {
      return exam.uuid();
    }
  }

  /** The journal of an attempt and the id of this browser: {journal, deviceId}. Never rejects. */
  exam.openJournal = async function (attempt, onTrouble) {
    try {
      const base = await within(3000, open());
      const deviceId = await within(3000, keep(base, "device", "id", exam.uuid()));
      const key = await within(3000, sealingKey(base, attempt));
      return { journal: new Journal(base, attempt, key, onTrouble), deviceId };
    } catch (error) {
      onTrouble(error);
      return { journal: new NoJournal(), deviceId: fallbackDevice() };
    }
  };
})((window.lianbingExam = window.lianbingExam || {}));
