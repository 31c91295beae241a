// The four calls of the save protocol and signing in again. A reply counts only when it is whole JSON.
(function (exam) {
  "use strict";

  const PATIENCE_MS = 8000;

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  function whole(text) {
    try {
      const data = JSON.parse(text);
      return isObject(data) ? data : null;
    } catch (error) {
      return null;
    }
  }

  /** One request. Resolves {status, data, askedAt}; data is null when the reply is not one JSON object. Rejects without a reply. */
  async function call(url, { body, headers = {}, keepalive = false, signal }) {
    const hands = new AbortController();
    const timer = keepalive ? null : setTimeout(() => hands.abort(), PATIENCE_MS);
    if (signal) signal.addEventListener("abort", () => hands.abort());
    const askedAt = performance.now();
    try {
      const reply = await fetch(url, {
        method: body === undefined ? "GET" : "POST",
        headers: { Accept: "application/json", "Content-Type": "application/json", ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        keepalive,
        signal: hands.signal,
      });
      const moved = reply.type === "opaqueredirect";
      const data = moved ? { error: "signed_out" } : whole(await reply.text());
      return { status: moved ? 401 : reply.status, data, askedAt };
    } finally {
      clearTimeout(timer);
    }
  }

  exam.Wire = class {
    constructor(urls, csrf) {
      this.urls = urls;
      this.csrf = csrf;
      this.ticket = "";
    }

    sessionHeaders() {
      return { "X-CSRFToken": cookie("csrftoken") || this.csrf };
    }

    /** Take or keep the pen. A good reply brings the ticket for the other calls. */
    async lease(body) {
      const reply = await call(this.urls.lease, { body, headers: this.sessionHeaders() });
      if (reply.status === 200 && reply.data && reply.data.ticket) this.ticket = reply.data.ticket;
      return reply;
    }

    ticketed(url, body, options = {}) {
      return call(url, { body, headers: { "X-Attempt-Ticket": this.ticket }, ...options });
    }

    events(body, options) {
      return this.ticketed(this.urls.events, body, options);
    }

    status() {
      return this.ticketed(this.urls.status);
    }

    submit(body) {
      return this.ticketed(this.urls.submit, body);
    }

    /** Sign in again without leaving the page. Resolves "ok", "refused" or "offline". */
    async signIn(username, password) {
      try {
        const page = await fetch("/sign-in/", { credentials: "same-origin", cache: "no-store" });
        const form = new DOMParser().parseFromString(await page.text(), "text/html");
        const field = form.querySelector("input[name=csrfmiddlewaretoken]");
        const token = field ? field.value : cookie("csrftoken");
        const reply = await fetch("/sign-in/", {
          method: "POST",
          credentials: "same-origin",
          redirect: "manual",
          headers: { "X-CSRFToken": token },
          body: new URLSearchParams({ username, password, csrfmiddlewaretoken: token }),
        });
        return reply.type === "opaqueredirect" ? "ok" : "refused";
      } catch (error) {
        return "offline";
      }
    }
  };
})((window.lianbingExam = window.lianbingExam || {}));
