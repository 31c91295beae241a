// What this device has of drills, in IndexedDB: answers and bookmarks the server has not confirmed, in their order,
// and what was answered in which set, so that a page kept for the way goes on where it was.
(function (drill, kept) {
  "use strict";

  const MOST_SETS = 20;

  drill.uuid = kept.uuid;

  /** The records {kind, set, body} of an officer, and what was answered. */
  class Store extends kept.Records {
    /** What was answered in a set on this device: [{version, uid, right}] in the order answered. */
    async answered(set) {
      const found = await kept.settled(this.base.transaction("sets").objectStore("sets").get(`${this.owner}/${set}`));
      return (found && found.answers) || [];
    }

    async remember(set, answers) {
      const name = `${this.owner}/${set}`;
      await kept.write(this.base, "sets", (store) => store.put({ at: Date.now(), answers }, name));
      const all = this.base.transaction("sets").objectStore("sets");
      const [rows, keys] = await Promise.all([kept.settled(all.getAll()), kept.settled(all.getAllKeys())]);
      const old = rows.map((row, at) => [row.at, keys[at]]).sort((one, other) => other[0] - one[0]).slice(MOST_SETS);
      if (old.length) await kept.write(this.base, "sets", (store) => old.forEach(([, key]) => store.delete(key)));
    }
  }

  class Memory extends kept.Memory {
    async answered() {
      return [];
    }
    async remember() {}
  }

  /** The store of an officer on this device. Never rejects. */
  drill.openStore = async function (officer) {
    try {
      return new Store(await kept.open("lianbing-drills", "officer", "sets"), "officer", officer);
    } catch (error) {
      return new Memory();
    }
  };

  /** What a store that gave up still held, kept as long as the page lives. */
  drill.inMemory = (rows) => new Memory(rows);
})((window.lianbingDrill = window.lianbingDrill || {}), window.lianbingKept);
