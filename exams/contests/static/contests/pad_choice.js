// Choosing what a risk question is worth and whom it is set: large radio buttons and one button that decides.
import { element, say, teamName } from "./show.js";
import { may } from "./pad_stage.js";

function group(name, heading, choices) {
  const options = choices.map(({ value, text }) =>
    element(
      "label",
      { className: "option" },
      element("input", { type: "radio", name, value: String(value), required: true }),
      element("span", { className: "option-text pad-choice-text" }, text),
    ),
  );
  return element("fieldset", { className: "question" }, element("legend", { className: "pad-choice-head" }, heading), element("div", { className: "options pad-choices" }, options));
}

export class ChoiceForm {
  /** `choose(data)` with {value, target}, `decline()`. */
  constructor(holder, choose, decline) {
    Object.assign(this, { holder, choose, decline, drawn: "" });
    this.go = element("button", { type: "submit", className: "btn btn-primary pad-go" }, say("choose-go"));
    this.no = element("button", { type: "button", className: "btn pad-no" }, say("decline"));
    [this.go, this.no].forEach((button) => button.setAttribute("form", holder.id));
    this.no.addEventListener("click", () => this.refuse());
    holder.addEventListener("change", () => this.refresh());
    holder.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  /** Draw the choices of a turn; the buttons that stand at the bottom. */
  open(view, you) {
    const { turn } = view;
    const values = may(you, "choose") ? turn.choices || [] : [];
    const targets = may(you, "choose") ? turn.targets || [] : [];
    const facts = JSON.stringify([turn.id, values, targets, you.may]);
    if (facts === this.drawn) return;
    this.drawn = facts;
    this.sure = false;
    this.holder.replaceChildren(
      ...[
        targets.length ? group("target", say("choose-target"), targets.map((seat) => ({ value: seat, text: teamName(view, seat) }))) : null,
        values.length ? group("value", say("choose-value"), values.map((value) => ({ value, text: say("points-are", { n: value }) }))) : null,
      ].filter(Boolean),
    );
    this.go.hidden = !values.length && !targets.length;
    this.no.hidden = !may(you, "decline");
    this.no.textContent = say("decline");
    this.values = values;
    this.refresh();
  }

  chosen() {
    const data = new FormData(this.holder);
    const value = this.values.find((one) => String(one) === data.get("value"));
    return { ...(value === undefined ? {} : { value }), ...(data.get("target") ? { target: Number(data.get("target")) } : {}) };
  }

  refresh() {
    this.go.disabled = !this.holder.checkValidity();
  }

  submit() {
    if (this.go.disabled) return;
    this.go.disabled = true;
    this.choose(this.chosen());
  }

  /** Declining is asked for twice: it cannot be taken back. */
  refuse() {
    if (!this.sure) {
      this.sure = true;
      this.no.textContent = say("decline-sure");
      return;
    }
    this.no.disabled = true;
    this.decline();
  }

  reopen() {
    this.no.disabled = false;
    this.refresh();
  }

  close() {
    if (!this.drawn) return;
    this.drawn = "";
    this.no.disabled = false;
    this.holder.replaceChildren();
  }
}
