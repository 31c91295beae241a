// On the server's receipt page: the journal of this attempt goes, unless something in it never reached the
// server. Then it stays, and the page says so.
(function (exam) {
  "use strict";

  async function begin() {
    const note = document.getElementById("receipt-left");
    const { journal } = await exam.openJournal(note.dataset.attempt, () => null);
    const left = (await journal.events().catch(() => [])).filter((record) => !record.acked);
    if (!left.length) {
      await journal.clear();
      return;
    }
    note.textContent = note.dataset.text.split("{n}").join(String(left.length));
    note.hidden = false;
  }

  begin();
})((window.lianbingExam = window.lianbingExam || {}));
