// Answering on the pad: the question's own kind draws its fields (as on an exam), one button sends, once.
import { element, say, stem } from "./show.js";

const exam = (window.lianbingExam = window.lianbingExam || {});
exam.say = say;
exam.element = element;
exam.letter = (place) => "ABCDEFGHIJKL"[place];

const SEVERAL = ["multiple_choice", "indefinite_choice"];
const item = (question) => ({ kind: question.kind, ...question.face });

/** An answer in words, for somebody who has sent it. */
export const answerWords = (question, response) => exam.wordsOf(item(question), response);

export class AnswerForm {
  /** `holder` is the form, `button` what sends; `draft` {of(turn), set(turn, value)}; `send(turn, response)`. */
  constructor(holder, draft, send) {
    Object.assign(this, { holder, draft, send, turn: null });
    this.button = element("button", { type: "submit", className: "btn btn-primary pad-go" });
    this.button.setAttribute("form", holder.id);
    holder.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go();
    });
  }

  /** Draw the fields of a question of a turn; only when it is another than the one that stands there. */
  open(turn, question) {
    if (this.turn === turn.id) return;
    this.turn = turn.id;
    this.question = question;
    this.sent = false;
    const asked = item(question);
    exam.pictures = question.pictures || {};
    const kind = exam.kinds[asked.kind];
    const head = [
      SEVERAL.includes(asked.kind) ? element("span", { className: "question-about" }, say("several")) : null,
      kind.ownStem ? null : element("span", { className: "question-stem" }, stem(question)),
    ];
    const legend = element("legend", {}, head);
    this.fields = element("fieldset", { className: "question" }, legend, kind.draw(asked, this.ui()));
    this.holder.replaceChildren(this.fields);
    this.refresh();
  }

  /** How the kinds read and write the answer. */
  ui() {
    const change = (value) => {
      this.draft.set(this.turn, value);
      this.refresh();
    };
    return { name: "answer", label: "", value: () => this.draft.of(this.turn), change, type: change, commit: () => {} };
  }

  refresh(over = false) {
    const blank = exam.isBlank(this.draft.of(this.turn));
    this.over = over;
    this.fields.disabled = over || this.sent;
    this.button.disabled = over || this.sent || blank;
    this.button.textContent = this.sent ? say("sending") : over ? say("time-up") : say(blank ? "submit-first" : "submit");
  }

  go() {
    const response = this.draft.of(this.turn);
    if (this.sent || this.over || exam.isBlank(response)) return;
    this.sent = true;
    this.refresh();
    this.send(this.turn, response);
  }

  /** The server did not take it: the fields are open again. */
  reopen() {
    this.sent = false;
    this.refresh();
  }

  close() {
    if (this.turn === null) return;
    this.turn = null;
    this.holder.replaceChildren();
  }
}
