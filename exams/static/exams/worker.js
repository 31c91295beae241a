// Service worker of the exam page, on secure origins only: lets the page be reloaded while offline. It keeps
// scripts, stylesheet and an empty page; the paper lies encrypted in IndexedDB and never here.
// FILES and SHELL are put in front of this text by the server.
/* global FILES, SHELL */
(function () {
  "use strict";
  const STORE = "lianbing-exam-1";
  const PAGE = /^\/exams\/attempts\/[0-9a-f-]{36}\/$/;
  const PATIENCE_MS = 6000;

  async function fill() {
    const store = await caches.open(STORE);
    await store.addAll([SHELL, ...FILES]);
  }

  function hurried(request) {
    return Promise.race([
      fetch(request),
      new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), PATIENCE_MS)),
    ]);
  }

  /** The server's page when it can be had, else the empty one, which finds the paper by itself. */
  async function page(request) {
    try {
      return await hurried(request);
    } catch (error) {
      return (await caches.match(SHELL)) || Response.error();
    }
  }

  /** A file from the network, kept for later; from the store when there is no network. */
  async function file(request) {
    try {
      const reply = await hurried(request);
      if (reply.ok) (await caches.open(STORE)).put(request, reply.clone());
      return reply;
    } catch (error) {
      return (await caches.match(request)) || Response.error();
    }
  }

  self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(fill());
  });
  self.addEventListener("activate", (event) => {
    const old = caches.keys().then((names) =>
      Promise.all(names.filter((n) => n.startsWith("lianbing-exam-") && n !== STORE).map((n) => caches.delete(n))),
    );
    event.waitUntil(Promise.all([old, self.clients.claim()]));
  });
  self.addEventListener("fetch", (event) => {
    const { pathname, origin } = new URL(event.request.url);
    if (event.request.method !== "GET" || origin !== self.location.origin) return;
    if (event.request.mode === "navigate" && PAGE.test(pathname)) event.respondWith(page(event.request));
    else if (FILES.includes(pathname)) event.respondWith(file(event.request));
  });
})();
