// The reader: contents that follow, the chosen piece with its tools, large type, printing.
(function () {
  "use strict";
  const law = document.getElementById("law");
  const contents = document.getElementById("contents");
  const roomy = window.matchMedia("(min-width: 1024px)");

  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details[data-print-open]").forEach((details) => { details.open = true; });
  });

  const large = document.querySelector("[data-large]");
  if (large) {
    const root = document.documentElement;
    const show = () => large.setAttribute("aria-pressed", String(root.classList.contains("large-type")));
    large.hidden = false;
    show();
    large.addEventListener("click", () => {
      const mark = law && (law.querySelector(".is-chosen") || inSight());
      const before = mark ? mark.getBoundingClientRect().top : 0;
      const on = root.classList.toggle("large-type");
      if (mark && window.scrollY) window.scrollBy(0, mark.getBoundingClientRect().top - before);
      show();
      try {
        window.localStorage.setItem("law-large", on ? "1" : "0");
      } catch (error) {
        // storage is closed to us: this page only
      }
    });
  }
  // The article one is reading stays where it is when the letters grow.
  function inSight() {
    return Array.from(law.querySelectorAll(".law-article")).find((one) => one.getBoundingClientRect().bottom > 140);
  }

  // ---- contents: open where there is room beside the text; over the text on a phone ----
  if (contents) {
    if (roomy.matches) contents.open = true;
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a") && !roomy.matches) contents.open = false;
    });
    contents.addEventListener("toggle", () => {
      const link = contents.open && contents.querySelector("[aria-current]");
      const list = contents.querySelector("nav");
      if (link && !roomy.matches) list.scrollTop = link.offsetTop - list.clientHeight / 3;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && contents.open && !roomy.matches) contents.open = false;
    });
    follow(contents);
  }

  function follow(list) {
    const links = Array.from(list.querySelectorAll('a[href^="#"]'));
    const marks = links.map((link) => document.getElementById(link.hash.slice(1)));
    const here = list.querySelector("[data-here]");
    let current = null;
    function look() {
      const end = window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 4;
      const line = window.innerHeight * (end ? 0.8 : 0.35);
      let low = 0;
      let high = marks.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (marks[middle] && marks[middle].getBoundingClientRect().top > line) high = middle;
        else low = middle + 1;
      }
      const link = links[low - 1] || null;
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      here.textContent = link ? link.textContent : "";
      if (!link) return;
      link.setAttribute("aria-current", "location");
      if (list.open && roomy.matches) {
        const box = list.getBoundingClientRect();
        const place = link.getBoundingClientRect();
        if (place.top < box.top + 48 || place.bottom > box.bottom) {
          list.scrollTop += place.top - box.top - box.height / 3;
        }
      }
    }
    // The articles are watched too: a jump may carry every heading past the window without touching it.
    const watcher = new IntersectionObserver(look, { rootMargin: "-60px 0px -60% 0px", threshold: [0, 1] });
    marks.concat(Array.from(document.querySelectorAll(".law-article"))).forEach((mark) => { if (mark) watcher.observe(mark); });
    look();
  }

  // ---- the chosen piece: from the address, a click on the text, or the list of pieces ----
  const tools = document.getElementById("law-tools");
  if (!law || !tools) return;
  const choice = tools.querySelector("select");
  const told = tools.querySelector("[role=status]");
  const cited = tools.querySelector("[data-cited]");
  let counts = {};
  const numerals = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
  let article = null;
  let piece = null;
  law.setAttribute("data-live", "");

  function chinese(number) {
    if (number < 10) return numerals[number];
    const tens = Math.floor(number / 10);
    return (tens > 1 ? numerals[tens] : "") + "十" + numerals[number % 10];
  }

  // art-33-p1-i2-s1 -> 第一款第二项第1目; an article of one paragraph is cited without 第一款
  function pieceLabel(of, whole) {
    const found = /-p(\d+)(?:-i(\d+))?(?:-s(\d+))?(?:-r\d+)?$/.exec(of.id);
    const single = !whole.querySelector('p[id$="-p2"]') && found[2];
    return (single ? "" : "第" + chinese(+found[1]) + "款") +
      (found[2] ? "第" + chinese(+found[2]) + "项" : "") + (found[3] ? "第" + found[3] + "目" : "");
  }

  function drop() {
    if (article) article.classList.remove("is-chosen");
    if (piece) piece.classList.remove("is-chosen");
    article = piece = null;
    tools.hidden = true;
  }

  function choose(target, scroll) {
    const next = target.closest(".law-article");
    const line = target.closest(".law-article > p");
    if (article !== next) {
      if (article) article.classList.remove("is-chosen");
      fill(next);
    }
    if (piece) piece.classList.remove("is-chosen");
    article = next;
    piece = line;
    article.classList.toggle("is-chosen", !piece);
    if (piece) piece.classList.add("is-chosen");
    choice.value = piece ? piece.id : article.id;
    told.textContent = "";
    tools.hidden = false;
    count();
    const hash = "#" + (piece || article).id;
    if (window.location.hash !== hash) window.history.replaceState(null, "", hash);
    if (scroll) (piece || article).scrollIntoView({ block: "start" });
  }

  // What rests on an article is asked for late, so that the text does not wait for it.
  function count() {
    if (!cited || !article) return;
    const number = counts[article.id] || 0;
    cited.hidden = !number;
    cited.querySelector("[data-number]").textContent = number;
    cited.search = "?article=" + article.id;
  }
  if (cited && law.dataset.counts) {
    fetch(law.dataset.counts, { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.json() : {}))
      .then((found) => {
        counts = found;
        Object.keys(found).forEach((name) => {
          const mark = document.getElementById(name);
          if (mark) mark.classList.add("is-cited");
        });
        count();
      })
      .catch(() => {});
  }

  function fill(of) {
    choice.textContent = "";
    choice.add(new Option(of.querySelector(".law-number").textContent, of.id));
    const lines = Array.from(of.querySelectorAll("p[id]"));
    if (lines.length > 1) lines.forEach((line) => choice.add(new Option(pieceLabel(line, of), line.id)));
    choice.disabled = lines.length < 2;
  }

  // A piece that is not in this edition leads to its article.
  function fromAddress() {
    let name = decodeURIComponent(window.location.hash.slice(1));
    while (name.startsWith("art-")) {
      const found = document.getElementById(name);
      if (found && law.contains(found)) {
        choose(found, true);
        return;
      }
      const shorter = name.replace(/-[prsi]\d+$/, "");
      if (shorter === name) return;
      name = shorter;
    }
  }

  law.addEventListener("click", (event) => {
    const number = event.target.closest(".law-number");
    if (number) {
      event.preventDefault();
      choose(number, false);
      if (event.detail === 0) tools.querySelector("[data-copy]").focus(); // came by the keyboard
      return;
    }
    if (event.target.closest("a, button, select, label, .law-tools")) return;
    const line = event.target.closest(".law-article > p");
    if (!line || !window.getSelection().isCollapsed) return;
    if (line === piece) drop();
    else choose(line, false);
  });
  choice.addEventListener("change", () => choose(document.getElementById(choice.value), false));
  function close() {
    const number = article.querySelector(".law-number");
    drop();
    number.focus({ preventScroll: true });
  }
  tools.querySelector("[data-drop]").addEventListener("click", close);
  tools.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  tools.querySelectorAll("[data-copy]").forEach((button) => {
    button.addEventListener("click", () => copy(button.dataset.copy === "cite" ? citation() : address()));
  });
  window.addEventListener("hashchange", fromAddress);
  fromAddress();

  function citation() {
    const label = article.querySelector(".law-number").textContent;
    const several = article.querySelectorAll("p[id]").length > 1;
    return law.dataset.cite + label + (piece && several ? pieceLabel(piece, article) : "");
  }

  function address() {
    return window.location.origin + law.dataset.address + "#" + (piece || article).id;
  }

  function copy(text) {
    window.lianbingCopy(text).then((done) => {
      told.textContent = (done ? told.dataset.done : told.dataset.failed) + text;
    });
  }
})();
