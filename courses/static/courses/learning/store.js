// What the player has written down and the server has not confirmed, in IndexedDB: beats, tries, notes, in
// their order.
(function (learn, kept) {
  "use strict";

  learn.uuid = kept.uuid;

  /** The records {kind, lease, body} of a page, and its last opening. */
  class Store extends kept.Records {
    /** Remember the last opening {lease, seq} the server gave to this page. */
    async remember(opening) {
      await kept.write(this.base, "openings", (store) => store.put(opening, this.owner));
    }

    async remembered() {
      return (await kept.settled(this.base.transaction("openings").objectStore("openings").get(this.owner))) || null;
    }
  }

  class Memory extends kept.Memory {
    async remember() {}
    async remembered() {
      return null;
    }
  }

  /** The store of a page. Never rejects. */
  learn.openStore = async function (page) {
    try {
      return new Store(await kept.open("lianbing-learning", "page", "openings"), "page", page);
    } catch (error) {
      return new Memory();
    }
  };

  /** What a store that gave up still held, kept as long as the page lives. */
  learn.inMemory = (rows) => new Memory(rows);
})((window.lianbingLearn = window.lianbingLearn || {}), window.lianbingKept);
