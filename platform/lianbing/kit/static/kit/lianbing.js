// What makes pages a little easier where scripts run. Every page works without it.
(function () {
  "use strict";

  const texts = () => document.body.dataset;

  /** Menus close when one clicks elsewhere or presses Escape. */
  function menus() {
    const close = (except) =>
      document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
        if (menu !== except) menu.open = false;
      });
    document.addEventListener("click", (event) => close(event.target.closest("details[data-menu]")));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const open = document.querySelector("details[data-menu][open]");
      if (!open) return;
      open.open = false;
      open.querySelector("summary").focus();
    });
  }

  /** What is folded on a phone, because the list below matters more, stands open where there is room. */
  function folds() {
    if (window.innerWidth < 720) return;
    document.querySelectorAll("details[data-wide-open]").forEach((fold) => (fold.open = true));
  }

  /** The key / goes to the search box of a page that has one, unless one is writing already. */
  function slash() {
    const box = document.querySelector("input[data-slash]");
    if (!box) return;
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      box.focus();
      box.select();
    });
  }

  /** A sheet that asks once more; resolves true or false. Without <dialog>, the browser's own question. */
  function ask(question, yes) {
    if (typeof HTMLDialogElement === "undefined") return Promise.resolve(window.confirm(question));
    const dialog = document.createElement("dialog");
    const text = document.createElement("p");
    const row = document.createElement("form");
    row.method = "dialog";
    row.className = "cluster";
    text.textContent = question;
    text.id = "ask-text";
    dialog.setAttribute("aria-labelledby", "ask-text");
    [[yes || texts().yes, "yes", "btn btn-primary"], [texts().cancel, "no", "btn btn-quiet"]].forEach(([label, value, look]) => {
      const button = document.createElement("button");
      Object.assign(button, { value, className: look, textContent: label });
      row.append(button);
    });
    dialog.append(text, row);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "yes");
      });
    });
  }

  /** A button or form with data-confirm="Question?" asks first. */
  function confirmations() {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      const asker = event.submitter && event.submitter.dataset.confirm ? event.submitter : form;
      if (!asker.dataset.confirm || form.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(asker.dataset.confirm, event.submitter && event.submitter.textContent.trim()).then((sure) => {
        if (!sure) return;
        form.dataset.confirmed = "yes";
        if (event.submitter) event.submitter.click();
        else form.submit();
      });
    }, true);
  }

  /** Choosing in a filter shows the result at once; the button stays for those without a script. */
  function filters() {
    document.addEventListener("change", (event) => {
      const form = event.target.form;
      if (!form || !form.matches("form.filters, form[data-autosubmit]")) return;
      if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit ? form.requestSubmit() : form.submit();
    });
  }

  /** Alerts of data-dismissible get a button that takes them away. */
  function dismissals() {
    document.querySelectorAll("[data-dismissible]").forEach((note) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "dismiss", textContent: "×" });
      button.setAttribute("aria-label", texts().close);
      button.addEventListener("click", () => note.remove());
      note.prepend(button);
    });
  }

  function replacePage(request) {
    const target = request.responseURL || window.location.href;
    if (request.status < 400 && target !== window.location.href) {
      window.location.assign(target);
      return;
    }
    const fresh = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = fresh.querySelector("main");
    if (!main) {
      window.location.reload();
      return;
    }
    document.querySelector("main").replaceWith(document.adoptNode(main));
    dismissals();
    uploads();
    main.scrollIntoView();
  }

  /** Forms with data-progress show how much of the file has gone up. */
  function uploads() {
    document.querySelectorAll("form[data-progress]").forEach((form) => {
      if (form.dataset.ready) return;
      form.dataset.ready = "yes";
      form.addEventListener("submit", (event) => {
        const chosen = Array.from(form.querySelectorAll("input[type=file]")).some((field) => field.files.length);
        if (!chosen || event.defaultPrevented) return;
        event.preventDefault();
        const data = new FormData(form);
        if (event.submitter && event.submitter.name) data.append(event.submitter.name, event.submitter.value);
        send(form, data, event.submitter);
      });
    });
  }

  function send(form, data, button) {
    const line = document.createElement("div");
    const bar = document.createElement("progress");
    const words = document.createElement("span");
    line.setAttribute("role", "status");
    Object.assign(bar, { className: "meter", max: 100, value: 0 });
    bar.setAttribute("aria-label", texts().uploading);
    words.className = "upload-state";
    words.textContent = texts().uploading;
    line.append(bar, words);
    form.append(line);
    if (button) button.disabled = true;
    const failed = () => {
      words.textContent = texts().uploadFailed;
      if (button) button.disabled = false;
    };
    const request = new XMLHttpRequest();
    request.open("POST", form.action || window.location.href);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) bar.value = Math.round((event.loaded * 100) / event.total);
    };
    request.upload.onload = () => {
      bar.removeAttribute("value");
      words.textContent = texts().working;
    };
    request.onload = () => replacePage(request);
    request.onerror = failed;
    request.send(data);
  }

  /** Signing out takes pages with it that a service worker kept for the way; nobody else's are to be read offline. */
  function keptPages() {
    if (!window.caches) return;
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("form[action='/sign-out/']")) return;
      caches.keys().then((names) => names.filter((name) => name.startsWith("lianbing-pages-")).forEach((name) => caches.delete(name)));
    });
  }

  /** A button with data-print prints the page; it may stand hidden until this script can serve it. */
  function printing() {
    document.querySelectorAll("[data-print][hidden]").forEach((button) => { button.hidden = false; });
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-print]")) window.print();
    });
  }

  /** What scrolls sideways can be reached and scrolled with the keyboard. */
  function scrollable() {
    document.querySelectorAll(".table-wrap, pre").forEach((box) => {
      if (box.scrollWidth > box.clientWidth && !box.hasAttribute("tabindex")) box.tabIndex = 0;
    });
  }

  function copyByHand(text) {
    const focused = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    field.setAttribute("readonly", "");
    document.body.appendChild(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch (error) {
      done = false;
    }
    field.remove();
    if (focused) focused.focus();
    return done;
  }

  /** For other scripts: put a text on the clipboard; a promise of whether that went well.
      navigator.clipboard is there over https only; on plain http the old way serves. */
  window.lianbingCopy = (text) =>
    window.isSecureContext && navigator.clipboard
      ? navigator.clipboard.writeText(text).then(() => true, () => copyByHand(text))
      : Promise.resolve(copyByHand(text));

  menus();
  folds();
  slash();
  confirmations();
  filters();
  printing();
  keptPages();
  dismissals();
  uploads();
  scrollable();
  window.addEventListener("resize", scrollable);
})();
