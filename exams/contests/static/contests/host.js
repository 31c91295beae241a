// The host's desk: the next question with its key, the pads with their round trips, everything by one key.
import { Desk, el } from "./desk.js";
import { drawQuestion, element, fill, keyWords, say } from "./show.js";

function drawNext(view, staff) {
  const { next } = staff;
  fill(el("next"), next, () => {
    if (!next) return element("p", { className: "muted" }, say("no-next"));
    const words = keyWords(next, next.key);
    const about = [next.number && say("number", { n: next.number }), next.value && say("worth", { n: next.value })].filter(Boolean).join(" · ");
    return [about && element("p", { className: "muted small" }, about), drawQuestion(next, next.key ? { key: next.key } : null), words && element("p", {}, element("b", {}, say("key", { key: words })))];
  });
  el("spares").textContent = staff.spares === undefined ? "" : say("spares", { n: Array.isArray(staff.spares) ? staff.spares.length : staff.spares });
}

const roundTrip = (pad) => (pad.rtt === null || pad.rtt === undefined ? "–" : say("milliseconds", { n: Math.round(pad.rtt) }));

/** A pad: its name, whether it is there, how long a message takes, whether it is fit for a buzzer. */
function pad(one) {
  const state = !one.online ? "off" : one.fit === false ? "unfit" : "on";
  return element(
    "li",
    { className: "host-pad", "data-state": state },
    element("span", { className: "host-lamp", "aria-hidden": "true" }),
    element("span", { className: "host-pad-name" }, one.name || say("seat", { n: one.seat })),
    element("span", {}, one.online ? roundTrip(one) : say("pad-off")),
    state === "unfit" && element("b", {}, say("pad-unfit")),
  );
}

function drawPads(staff) {
  const pads = (staff.pads || []).filter((one) => one.role !== "audience");
  const crowd = (staff.pads || []).filter((one) => one.role === "audience");
  const there = (list) => list.filter((one) => one.online).length;
  fill(el("pads-sum"), [there(pads), pads.length, staff.crowd, there(crowd)], () => {
    const words = say("pads-online", { n: there(pads), of: pads.length });
    const audience = staff.crowd ? staff.crowd.online : there(crowd);
    return audience ? `${words} · ${say("audience-online", { n: audience })}` : words;
  });
  const bad = (one) => (!one.online ? 0 : one.fit === false ? 1 : 2);
  fill(el("pads"), pads, () => [...pads].sort((a, b) => bad(a) - bad(b)).map(pad));
}

function drawJudges(staff) {
  const judges = staff.judges || [];
  fill(el("judges"), judges, () =>
    judges.map((one) => element("li", {}, one.name, " ", element("span", { className: one.scored ? "badge badge-ok" : "badge" }, say(one.scored ? "has-scored" : "not-scored")))),
  );
}

const desk = new Desk({
  extra(view, staff) {
    drawNext(view, staff);
    drawPads(staff);
    drawJudges(staff);
  },
});
// For the keyboard alone: "?" opens the list of keys.
document.addEventListener("keydown", (event) => {
  if (event.key === "?" && !document.querySelector("dialog[open]")) el("keys-help").open = !el("keys-help").open;
});
window.addEventListener("pagehide", () => desk.room.close());
