// A pad is tried out: the server measures the way by pings that are answered at once, the page asks the phone for
// its screen and its sound, and a press on trial goes the way a real one goes. Nothing of it counts.
import { Sounds } from "./sounds.js";

const CHECK_EVERY = 2500;
const LONGEST_WAIT = 4000;
const LAMP_FOR = 8000;
const byId = (id) => document.getElementById(id);
const main = byId("main");
const texts = byId("page-texts").dataset;
const say = (key, places) =>
  Object.entries(places || {}).reduce((text, [name, value]) => text.replace(`{${name}}`, value), texts[key]);
const ms = (value) => (value === null || value === undefined ? "–" : say("ms", { n: Math.round(value) }));

const phone = { awake: null, sound: null };
const sounds = new Sounds();
let socket = null;
let failures = 0;
let lamp = 0;
let dark = 0;

function tell(message) {
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

const check = () => tell({ t: "check", awake: phone.awake, sound: phone.sound });

function verdict(state, text, reasons) {
  const told = byId("verdict");
  told.dataset.state = state;
  if (told.textContent !== text) told.textContent = text;
  const why = byId("why");
  why.hidden = reasons.length === 0;
  why.replaceChildren(...reasons.map((one) => Object.assign(document.createElement("li"), { className: "list-row", textContent: one })));
}

function checked(message) {
  for (const name of ["minimum", "median", "jitter"]) byId(name).textContent = ms(message[name]);
  if (message.minimum === null) verdict("measuring", say("measuring"), []);
  else if (!message.fit) verdict("unfit", say("unfit"), [...message.unfit, ...message.notes]);
  else if (message.todo.length || message.notes.length) verdict("todo", say("fitTodo"), message.notes);
  else verdict("fit", say("fit"), []);
}

function light(state, text) {
  const button = byId("buzzer");
  button.dataset.state = state;
  button.textContent = text;
}

function opened(number) {
  lamp = number;
  light("open", say("press"));
  // Phones refuse to buzz before the first touch.
  if (navigator.vibrate && navigator.userActivation && navigator.userActivation.hasBeenActive) navigator.vibrate(40);
  window.clearTimeout(dark);
  dark = window.setTimeout(() => {
    lamp = 0;
    light("wait", say("wait"));
  }, LAMP_FOR);
}

function pressed() {
  if (!lamp) {
    byId("trial-result").textContent = say("tooEarly");
    return;
  }
  tell({ t: "tried", n: lamp });
  lamp = 0;
  light("pressed", "…");
}

function tried(message) {
  const counts = Math.max(0, message.ms - message.correction);
  const figures = { ms: Math.round(message.ms), correction: Math.round(message.correction), counts: Math.round(counts) };
  byId("trial-result").textContent = say("pressed", figures);
  light("wait", say("wait"));
  check();
}

function heard(message) {
  const take = {
    ping: () => message.n && tell({ t: "pong", n: message.n }),
    check: () => checked(message),
    trial: () => opened(message.n),
    tried: () => tried(message),
  }[message.t];
  if (take) take();
}

function connect() {
  const address = new URL(main.dataset.roomUrl, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.searchParams.set("ticket", main.dataset.ticket);
  socket = new WebSocket(address.href);
  socket.onopen = () => {
    failures = 0;
    check();
  };
  socket.onmessage = (event) => heard(JSON.parse(event.data));
  socket.onclose = (event) => {
    if ([4401, 4403, 4404].includes(event.code)) {
      verdict("unfit", say("replaced"), []);
      return;
    }
    verdict("offline", say("offline"), []);
    failures += 1;
    window.setTimeout(connect, Math.min(LONGEST_WAIT, 300 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2));
  };
}

async function tryScreen() {
  try {
    await navigator.wakeLock.request("screen");
    phone.awake = true;
  } catch (error) {
    phone.awake = false;
  }
  byId("screen-result").textContent = say(phone.awake ? "yes" : "no");
  check();
}

function trySound(answer) {
  phone.sound = answer;
  byId("sound-asked").hidden = true;
  byId("sound-result").textContent = say(answer ? "heard" : "unheard");
  check();
}

byId("screen").addEventListener("click", tryScreen);
byId("sound").addEventListener("click", async () => {
  await sounds.unlock();
  sounds.play("open");
  byId("sound-result").textContent = "";
  byId("sound-asked").hidden = false;
});
byId("heard").addEventListener("click", () => trySound(true));
byId("unheard").addEventListener("click", () => trySound(false));
// The finger going down counts, not the finger going up; click serves keyboards.
byId("buzzer").addEventListener("pointerdown", pressed);
byId("buzzer").addEventListener("click", (event) => event.detail === 0 && pressed());
window.setInterval(check, CHECK_EVERY);
connect();
