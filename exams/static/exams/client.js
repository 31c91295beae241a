// Which writer this tab is. The id waits in sessionStorage only while the page is away: a duplicated tab,
// which copies sessionStorage, therefore never writes under the same id, and a reload finds its own again.
(function (exam) {
  "use strict";

  const name = (attempt) => `lianbing-client-${attempt}`;

  function taken(attempt) {
    try {
      const known = JSON.parse(sessionStorage.getItem(name(attempt)));
      sessionStorage.removeItem(name(attempt));
      return known;
    } catch (error) {
      return null;
    }
  }

  /** This tab's {id, seq}: its own from before a reload, or a new one. */
  exam.claimClient = (attempt) => taken(attempt) || { id: exam.uuid(), seq: 0 };

  /** Leave the id for the next load of this tab. */
  exam.leaveClient = function (attempt, client) {
    try {
      sessionStorage.setItem(name(attempt), JSON.stringify(client));
    } catch (error) {
      return false;
    }
    return true;
  };

  /** The page came back from the browser's memory: the id is in use again. */
  exam.reclaimClient = taken;

  /**
   * Sort what earlier loads left unacknowledged, now that the server has given us `lease`.
   * Records made under the lease just before ours (or ours) had no other writer after them: they count.
   * Older ones were overtaken by another device: they are offered, never applied by themselves.
   */
  exam.sortLeft = function (records, { clientId, lease, raised }) {
    const waiting = records.filter((record) => !record.acked && record.client_id !== clientId);
    const counts = (record) => raised && record.lease >= lease - 1;
    return { adopted: waiting.filter(counts), overtaken: waiting.filter((record) => !counts(record)) };
  };
})((window.lianbingExam = window.lianbingExam || {}));
