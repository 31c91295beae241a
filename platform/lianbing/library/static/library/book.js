// The book of a post and the cards: kept on the phone where the browser allows it, found in while reading, opened at
// the card that was asked for, printed whole.
(function () {
  "use strict";
  const MINUTE = 60000;
  const byId = (id) => document.getElementById(id);

  /** How long ago, in the words of the page. */
  function age(words, ms) {
    const minutes = Math.max(1, Math.floor(ms / MINUTE));
    if (minutes < 60) return words.minutes.replace("{n}", minutes);
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? words.hours.replace("{n}", hours) : words.days.replace("{n}", Math.floor(hours / 24));
  }

  /** A page from the store says when it was taken, and asks for nothing that needs a connection. */
  function tellAge() {
    const mark = document.querySelector("meta[name=kept-at]");
    const box = byId("book-copy");
    if (!mark || !box) return;
    const taken = new Date(Number(mark.content));
    const time = taken.toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
    const words = box.dataset.words.replace("{time}", time).replace("{age}", age(box.dataset, Date.now() - taken));
    box.firstElementChild.textContent = words;
    box.hidden = false;
    document.querySelectorAll("[data-online]").forEach((part) => { part.hidden = true; });
    document.querySelectorAll("[data-offline]").forEach((part) => { part.hidden = false; });
  }

  /** On https the page can be opened again without a connection. */
  function keepPage() {
    const box = byId("book-copy");
    const secure = window.isSecureContext && Boolean(navigator.serviceWorker);
    document.querySelectorAll("[data-secure]").forEach((part) => {
      part.hidden = (part.dataset.secure === "yes") !== secure;
    });
    if (!box || !secure) return;
    navigator.serviceWorker.register(box.dataset.worker, { scope: "/library/" }).catch(() => null);
    navigator.serviceWorker.ready.then((one) => one.active.postMessage({ keep: location.pathname }));
  }

  /** Open what the address names, wherever it is folded away. */
  function openNamed() {
    const part = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!part) return;
    if (part.matches("details")) part.open = true;
    part.scrollIntoView();
  }

  /** Show only what holds every word; the parts themselves stay. */
  function searching() {
    const field = byId("book-search");
    if (!field) return;
    const found = byId("book-found");
    const parts = Array.from(document.querySelectorAll("[data-find]"));
    const texts = parts.map((part) => part.textContent.toLowerCase());
    document.querySelector("[data-search]").hidden = false;
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      const hits = texts.map((text) => words.every((word) => text.includes(word)));
      parts.forEach((part, at) => { part.hidden = !hits[at]; });
      document.querySelectorAll(".book-item").forEach((item) => {
        item.hidden = !item.querySelector("[data-find]:not([hidden])");
      });
      found.textContent = words.length && !hits.includes(true) ? found.dataset.none : "";
    });
  }

  function printWhole() {
    const folded = () => Array.from(document.querySelectorAll(".book-page details, .card-page details")).filter((one) => !one.open);
    let opened = [];
    window.addEventListener("beforeprint", () => {
      opened = folded();
      opened.forEach((one) => { one.open = true; });
    });
    window.addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
  }

  document.addEventListener("DOMContentLoaded", () => {
    tellAge();
    keepPage();
    searching();
    printWhole();
    openNamed();
    window.addEventListener("hashchange", openNamed);
  });
})();
