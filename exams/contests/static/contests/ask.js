// A question to the person at the desk, in a dialog: fields, a reason where one is demanded, yes or no.
import { element, say } from "./show.js";

function choice(field) {
  const options = field.options.map(([value, label]) => element("option", { value }, label));
  return element("select", { name: field.name, required: true }, options);
}

function control(field) {
  if (field.options) return choice(field);
  const common = { name: field.name, required: field.required !== false, autocomplete: "off" };
  if (field.number) {
    const { min = null, max = null, step = "any" } = field.number;
    return element("input", { ...common, type: "number", inputMode: "decimal", min, max, step });
  }
  return element("input", { ...common, type: "text", maxLength: 200 });
}

/** Reasons that fit often, one click each; the field stays free. */
function quick(field, input) {
  return (field.quick || []).filter(Boolean).map((words) => {
    const button = element("button", { type: "button", className: "btn btn-small" }, words);
    button.addEventListener("click", () => {
      input.value = words;
      input.setCustomValidity("");
      input.focus();
    });
    return button;
  });
}

function row(field) {
  const input = control(field);
  if (field.value !== undefined && field.value !== null) input.value = field.value;
  input.addEventListener("invalid", () => input.setCustomValidity(input.value.trim() ? "" : say("fill-in")));
  input.addEventListener("input", () => input.setCustomValidity(""));
  const offers = quick(field, input);
  const label = element("label", { className: "host-field" }, element("span", {}, field.label), input);
  if (field.change) input.addEventListener("change", () => field.change(input.value, label.closest("form")));
  return [label, offers.length ? element("div", { className: "cluster" }, offers) : null];
}

/** The field for a reason, which is never optional. */
export const reasonField = (...offers) => ({ name: "reason", label: say("reason"), quick: offers });

/** Ask; resolves to the values by name, or to null when the person goes back.
 * `ask = {title, text?, fields?, submit?, danger?}`. A dangerous question has the focus on "go back". */
export function ask({ title, text = "", fields = [], submit = say("do-it"), danger = false }) {
  const dialog = document.getElementById("ask");
  const back = element("button", { type: "button", className: "btn" }, say("go-back"));
  const go = element("button", { type: "submit", className: `btn ${danger ? "btn-danger" : "btn-primary"}` }, submit);
  const form = element(
    "form",
    { method: "dialog", className: "stack" },
    element("h2", { id: "ask-title" }, title),
    text && element("p", {}, text),
    fields.map(row),
    element("div", { className: "cluster" }, go, back),
  );
  dialog.replaceChildren(form);
  return new Promise((resolve) => {
    const end = (values) => {
      dialog.close();
      dialog.oncancel = null;
      resolve(values);
    };
    dialog.oncancel = (event) => {
      event.preventDefault();
      end(null);
    };
    back.addEventListener("click", () => end(null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
      const empty = fields.find((field) => field.required !== false && !values[field.name]);
      if (empty) form.elements[empty.name].focus();
      else end(values);
    });
    dialog.showModal();
    const first = form.querySelector("select, input");
    (first || (danger ? back : go)).focus();
    fields.filter((field) => field.change).forEach((field) => field.change(form.elements[field.name].value, form));
  });
}
