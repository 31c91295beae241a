// Service worker of the handbook, on secure origins only: one's own book and the cards that were opened can be
// opened again without a connection. A page that comes from the store says when it was taken. A card that was never
// opened is shown where it stands in the book. Signing out clears the store.
// FILES, BOOK and CARDS are put in front of this text by the server.
/* global FILES, BOOK, CARDS */
(function () {
  "use strict";
  const STORE = "lianbing-pages-library-1";
  const PATIENCE_MS = 4000;
  const MOST_CARDS = 60;
  const KEPT_AT = "X-Kept-At";

  const isCard = (path) => path.startsWith(CARDS) && /^[\w\u4e00-\u9fff-]+\/$/.test(decodeURIComponent(path.slice(CARDS.length))) && path !== CARDS + "desk/";
  const isPage = (path) => path === BOOK || isCard(path);

  /** A copy that knows when it was taken. */
  async function dated(reply) {
    const headers = new Headers(reply.headers);
    headers.set(KEPT_AT, String(Date.now()));
    return new Response(await reply.blob(), { status: reply.status, statusText: reply.statusText, headers });
  }

  /** Keep a page, and let the cards opened longest ago go. */
  async function keep(path, reply) {
    const store = await caches.open(STORE);
    await store.delete(path);
    await store.put(path, FILES.includes(path) ? reply : await dated(reply));
    const cards = (await store.keys()).filter((one) => isCard(new URL(one.url).pathname));
    await Promise.all(cards.slice(0, -MOST_CARDS).map((one) => store.delete(one)));
  }

  /** A page from the store, with the moment it was taken in its head. */
  async function marked(kept) {
    const text = await kept.text();
    const mark = `<meta name="kept-at" content="${kept.headers.get(KEPT_AT)}">`;
    return new Response(text.replace("</head>", mark + "</head>"), { status: 200, headers: kept.headers });
  }

  /** What there is without a connection. */
  async function stored(path) {
    const store = await caches.open(STORE);
    const kept = await store.match(path);
    if (kept && isPage(path)) return marked(kept);
    if (kept) return kept;
    if (isCard(path) && (await store.match(BOOK))) {
      const code = decodeURIComponent(path.slice(CARDS.length, -1));
      return Response.redirect(`${BOOK}#card-${encodeURIComponent(code)}`, 302);
    }
    return Response.error();
  }

  /** The network's answer, kept for later; what is kept where the network fails or dawdles. */
  async function answer(request, path) {
    const fresh = fetch(request).then(async (reply) => {
      if (reply.ok && !reply.redirected) await keep(path, reply.clone());
      else if (isPage(path) && reply.status < 500) await caches.open(STORE).then((store) => store.delete(path));
      return reply;
    });
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
    try {
      return (await Promise.race([fresh, late])) || ((await caches.match(path)) ? await stored(path) : await fresh);
    } catch (error) {
      return stored(path);
    }
  }

  /** The page that brought this worker came before it: fetch it once more, to have it. */
  async function fetchToKeep(path) {
    const reply = await fetch(path, { credentials: "same-origin" }).catch(() => null);
    if (reply && reply.ok && !reply.redirected) await keep(path, reply);
  }

  self.addEventListener("message", (event) => {
    const path = event.data && event.data.keep;
    if (typeof path === "string" && isPage(path)) event.waitUntil(fetchToKeep(path));
  });
  self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(caches.open(STORE).then((store) => store.addAll(FILES)));
  });
  self.addEventListener("activate", (event) => {
    const old = caches.keys().then((names) =>
      Promise.all(names.filter((n) => n.startsWith("lianbing-pages-library-") && n !== STORE).map((n) => caches.delete(n))),
    );
    event.waitUntil(Promise.all([old, self.clients.claim()]));
  });
  self.addEventListener("fetch", (event) => {
    const { pathname, origin, search } = new URL(event.request.url);
    if (event.request.method !== "GET" || origin !== self.location.origin) return;
    const wanted = event.request.mode === "navigate" ? !search && isPage(pathname) : FILES.includes(pathname);
    if (wanted) event.respondWith(answer(event.request, pathname));
  });
})();
