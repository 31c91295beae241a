// Service worker of pages that go on without a signal, on secure origins only: what was opened can be opened again,
// and a page may ask to be kept before that. It keeps the last few pages and their files. Signing out clears it.
// The server puts FILES, PAGES (a pattern), STORE (a name that ends in a number) and MOST_PAGES in front of this text.
/* global FILES, PAGES, STORE, MOST_PAGES */
(function () {
  "use strict";
  const PAGE = new RegExp(PAGES);
  const FAMILY = STORE.replace(/\d+$/, "");
  const PATIENCE_MS = 6000;

  function hurried(request) {
    return Promise.race([
      fetch(request),
      new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), PATIENCE_MS)),
    ]);
  }

  /** Keep a page, and let the oldest go. A page that breaks off on the way leaves the copy before it in its place. */
  async function keep(request, reply) {
    const store = await caches.open(STORE);
    await store.put(request, reply);
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
      Promise.all(names.filter((n) => n.startsWith(FAMILY) && n !== STORE).map((n) => caches.delete(n))),
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
