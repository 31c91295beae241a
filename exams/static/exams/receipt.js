// On the server's receipt page: what the journal of this attempt still holds goes to the server's quarantine,
// where it does not count but is not lost. Then the journal goes; what could not be sent stays.
(function (exam) {
  "use strict";
  const MOST = 200;

  const bare = ({ seq, item, value, flag, mono_ms }) => ({ seq, item, value, flag, mono_ms });

  /** Send one client's events late. Resolves how many the server took into quarantine. */
  async function sendLate(wire, deviceId, clientId, events) {
    const pen = await wire.lease({ client_id: clientId, device_id: deviceId });
    let sent = 0;
    while (pen.status === 200 && sent < events.length) {
      const batch = events.slice(sent, sent + MOST).map(bare);
      const reply = await wire.events({ lease: pen.data.lease, client_id: clientId, events: batch });
      const taken = reply.status === 409 && reply.data && reply.data.error === "closed";
      if (!taken) break;
      sent += batch.length;
    }
    return sent;
  }

  function tell(note, key, count) {
    note.textContent = note.dataset[key].split("{n}").join(String(count));
    note.hidden = false;
  }

  async function begin() {
    const note = document.getElementById("receipt-left");
    const { journal, deviceId } = await exam.openJournal(note.dataset.attempt, () => null);
    const left = (await journal.events().catch(() => [])).filter((record) => !record.acked);
    const wire = new exam.Wire({ lease: note.dataset.lease, events: note.dataset.events }, "");
    let late = 0;
    for (const client of new Set(left.map((record) => record.client_id))) {
      const events = left.filter((record) => record.client_id === client);
      late += await sendLate(wire, deviceId, client, events).catch(() => 0);
    }
    if (late < left.length) tell(note, "text", left.length - late);
    else {
      if (late) tell(note, "late", late);
      await journal.clear();
    }
  }

  begin();
})((window.lianbingExam = window.lianbingExam || {}));
