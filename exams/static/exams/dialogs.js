// The sheets of the page: signing in again, taking over from another device, answers of an earlier hand.
(function (exam) {
  "use strict";
  const { byId, say, element } = exam;

  exam.show = function (id) {
    const sheet = byId(id);
    if (!sheet.open) sheet.showModal();
  };
  exam.hide = function (id) {
    const sheet = byId(id);
    if (sheet.open) sheet.close();
  };

  /** Ask for a password in a sheet that cannot be dismissed. `attempt(password)` resolves "" or the text of what went wrong. */
  exam.askPassword = function (id, attempt, problem = "") {
    const sheet = byId(id);
    const form = sheet.querySelector("form");
    const field = form.querySelector("input[type=password]");
    const note = form.querySelector("[role=alert]");
    const button = form.querySelector("button[type=submit]");
    note.textContent = problem;
    exam.show(id);
    field.focus();
    return new Promise((resolve) => {
      sheet.oncancel = (event) => event.preventDefault();
      form.onsubmit = async (event) => {
        event.preventDefault();
        button.disabled = true;
        const wrong = await attempt(field.value);
        button.disabled = false;
        note.textContent = wrong;
        field.value = "";
        if (wrong) {
          field.focus();
          return;
        }
        exam.hide(id);
        resolve();
      };
    });
  };

  /** Offer answers that another device has overtaken, one by one. `use(record)` applies one. */
  exam.offerOvertaken = function (paper, records, use) {
    const newest = new Map();
    records.filter((record) => record.value !== undefined).forEach((record) => newest.set(record.item, record));
    byId("overtaken-note").hidden = newest.size === 0;
    byId("overtaken-open").onclick = () => exam.show("overtaken");
    byId("overtaken-list").replaceChildren(...[...newest.values()].map((record) => offer(paper, record, use)));
  };

  function offer(paper, record, use) {
    const item = paper.items.find((one) => one.position === record.item);
    const button = element("button", { type: "button", className: "btn" }, say("useThis"));
    button.onclick = () => {
      use(record);
      button.disabled = true;
    };
    const words = exam.wordsOf(item, record.value);
    const text = `${say("number", { n: record.item })}: ${words || say("notAnswered")}`;
    return element("li", { className: "offer" }, element("span", {}, text), button);
  }
})((window.lianbingExam = window.lianbingExam || {}));
