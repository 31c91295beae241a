// Service worker of the lesson page, on secure origins only: a lesson that was opened can be opened again without
// a signal. It keeps the last few lesson pages and the scripts; films are too large for it. Signing out clears it.
// FILES is put in front of this text by the server.
/* global FILES */
(function () {
  "use strict";
  const STORE = "lianbing-pages-courses-1";
  const PAGE = /^\/courses\/learning\/[0-9a-f-]{36}\/\d+\/$/;
  const PATIENCE_MS = 6000;
  const MOST_PAGES = 6;

  function hurried(request) {
    return Promise.race([
      fetch(request),
      new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), PATIENCE_MS)),
    ]);
  }

  /** Keep a page, and let the oldest go. */
  async function keep(request, reply) {
    const [store, body] = await Promise.all([caches.open(STORE), reply.blob()]);
    // Only when the new page is wholly here does the old one go, so that a signal lost half-way costs nothing.
    await store.delete(request);
    await store.put(request, new Response(body, { status: reply.status, headers: reply.headers }));
    const pages = (await store.keys()).filter((one) => PAGE.test(new URL(one.url).pathname));
    await Promise.all(pages.slice(0, -MOST_PAGES).map((one) => store.delete(one)));
  }

  /** From the network, kept for later; from the store when there is no network. */
  async function answer(request, path) {
    try {
      const reply = await hurried(request);
      if (reply.ok && !reply.redirected) await keep(path, reply.clone());
      else if (reply.redirected || reply.status === 404) await caches.open(STORE).then((store) => store.delete(path));
      return reply;
    } catch (error) {
      return (await caches.match(path)) || Response.error();
    }
  }

  /** The page that brought this worker came before it: fetch it once more, to have it. */
  async function fetchToKeep(path) {
    const reply = await fetch(path, { credentials: "same-origin" }).catch(() => null);
    if (reply && reply.ok && !reply.redirected) await keep(path, reply);
  }

  self.addEventListener("message", (event) => {
    const path = event.data && event.data.keep;
    if (typeof path === "string" && PAGE.test(path)) event.waitUntil(fetchToKeep(path));
  });
  self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(caches.open(STORE).then((store) => store.addAll(FILES)));
  });
  self.addEventListener("activate", (event) => {
    const old = caches.keys().then((names) =>
      Promise.all(names.filter((n) => n.startsWith("lianbing-pages-courses-") && n !== STORE).map((n) => caches.delete(n))),
    );
    event.waitUntil(Promise.all([old, self.clients.claim()]));
  });
  self.addEventListener("fetch", (event) => {
    const { pathname, origin } = new URL(event.request.url);
    if (event.request.method !== "GET" || origin !== self.location.origin) return;
    const wanted = event.request.mode === "navigate" ? PAGE.test(pathname) : FILES.includes(pathname);
    if (wanted) event.respondWith(answer(event.request, pathname));
  });
})();
