// Checks the text of a code in the page when the site cannot be reached. The server's answer is better (it
// knows what was revoked), so it is asked first.
(function (lianbing) {
  "use strict";

  const FORMAT = "LIANBING-CERT-1";
  const form = document.getElementById("offline-form");
  const place = document.getElementById("offline-verdict");
  if (!form || !place || typeof BigInt === "undefined") return;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const [keys, reasons] = [read("offline-keys"), read("offline-reasons")];

  function unb64(text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
    const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    const again = btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    return again === text ? Uint8Array.from(raw, (sign) => sign.charCodeAt(0)) : null;
  }

  const pad = (number) => String(number).padStart(2, "0");

  /** Today in the bureau's own time zone (UTC+8), as 20261120. */
  function today() {
    const day = new Date(Date.now() + 8 * 3600 * 1000);
    return `${day.getUTCFullYear()}${pad(day.getUTCMonth() + 1)}${pad(day.getUTCDate())}`;
  }

  /** The reason why a text proves nothing, "" when it does. */
  function check(lines) {
    if (lines.length !== 9 || lines[0] !== FORMAT) return "malformed";
    const span = /^(\d{8})-(\d{8})$/.exec(lines[4]);
    const signature = unb64(lines[8]);
    if (!span || !signature || signature.length !== 64 || !/^\d+\/\d+$/.test(lines[6])) return "malformed";
    const key = keys.find((one) => one.kid.slice(0, 12) === lines[7]);
    if (!key) return "unknown_key";
    const message = new TextEncoder().encode(lines.slice(0, 8).join("\n"));
    if (!lianbing.verifyEd25519(message, signature, unb64(key.x))) return "bad_signature";
    if (today() < span[1]) return "not_yet_valid";
    return today() > span[2] ? "expired" : "";
  }

  const dashed = (day) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;

  function show(lines, reason) {
    const told = document.getElementById(reason ? "offline-bad" : "offline-good").content.cloneNode(true);
    const put = (name, text) => told.querySelectorAll(`[data-say=${name}]`).forEach((one) => { one.textContent = text; });
    put("reason", reasons[reason] || "");
    ["", "number", "name", "title", "", "issuer"].forEach((name, at) => name && put(name, lines[at]));
    if (!reason) put("span", lines[4].split("-").map(dashed).join(" – "));
    place.replaceChildren ? place.replaceChildren(told) : ((place.textContent = ""), place.appendChild(told));
    place.hidden = false;
    place.scrollIntoView({ block: "nearest" });
  }

  async function reachable() {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), 3000);
    try {
      return (await fetch("/healthz", { cache: "no-store", signal: patience.signal })).ok;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  form.addEventListener("submit", async (event) => {
    const text = form.elements.text.value.replace(/\r\n/g, "\n").replace(/^[\n ]+|[\n ]+$/g, "");
    if (form.elements.file.files.length || !text.startsWith(FORMAT)) return;
    event.preventDefault();
    if (navigator.onLine && (await reachable())) {
      form.submit();
      return;
    }
    const lines = text.split("\n");
    show(lines, check(lines));
  });
})((window.lianbingSigned = window.lianbingSigned || {}));
