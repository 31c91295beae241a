/* One tap to sign in. Without signal the tap is kept in this browser and sent as soon as there is one. */
(function () {
  "use strict";
  var page = document.getElementById("signing");
  if (!page) { return; }
  var said = document.getElementById("said"), session = page.dataset.session;
  var allowance = Number(page.dataset.allowance) * 1000 + 15000, sending = false, since = 0;

  function say(text, tone) {
    said.textContent = "";
    var box = document.createElement("div");
    box.className = "alert alert-" + tone;
    box.textContent = text;
    said.appendChild(box);
  }

  function store(mode, work) {
    return new Promise(function (done, failed) {
      var opening = indexedDB.open("lianbing-sign-in", 1);
      opening.onupgradeneeded = function () { opening.result.createObjectStore("taps"); };
      opening.onerror = function () { failed(opening.error); };
      opening.onsuccess = function () {
        var change = opening.result.transaction("taps", mode), asked = work(change.objectStore("taps"));
        change.oncomplete = function () { opening.result.close(); done(asked && asked.result); };
        change.onerror = function () { opening.result.close(); failed(change.error); };
      };
    });
  }
  var memory = null;
  function keep(tap) { memory = tap; return store("readwrite", function (s) { s.put(tap, session); }).catch(function () {}); }
  function drop() { memory = null; return store("readwrite", function (s) { s.delete(session); }).catch(function () {}); }
  function kept() {
    return memory ? Promise.resolve(memory) : store("readonly", function (s) { return s.get(session); }).catch(function () { return null; });
  }

  function post(tap) {
    var body = new URLSearchParams(tap.fields), stop = new AbortController();
    var limit = setTimeout(function () { stop.abort(); }, 8000);
    return fetch(tap.to, { method: "POST", body: body, headers: { accept: "application/json" }, signal: stop.signal })
      .then(function (answer) {
        clearTimeout(limit);
        if (answer.status >= 500) { throw new Error("busy"); }
        return answer.json();
      }, function (error) { clearTimeout(limit); throw error; });
  }

  function finish(answer) {
    return drop().then(function () {
      say(answer.text, answer.ok ? "ok" : "bad");
      if (answer.ok) { setTimeout(function () { location.assign(location.pathname); }, 1500); }
    });
  }

  function deliver() {
    if (sending) { return; }
    kept().then(function (tap) {
      if (!tap) { return; }
      if (since && performance.now() - since > allowance) { drop().then(function () { say(page.dataset.lapsed, "bad"); }); return; }
      sending = true;
      post(tap).then(finish, function () {}).then(function () {
        sending = false;
        if (memory) { setTimeout(deliver, 2000); }
      });
    });
  }

  function send(form) {
    var fields = {};
    new FormData(form).forEach(function (value, name) { fields[name] = value; });
    var tap = { to: form.action, fields: fields };
    sending = true;
    /* Not the clock of the phone, which may jump: how long this page has been waiting. */
    since = performance.now();
    post(tap).then(finish, function () {
      if (!tap.fields.proof) { tap.fields.ticket = page.dataset.ticket; }
      say(page.dataset.kept, "warn");
      return keep(tap).then(function () { setTimeout(deliver, 2000); });
    }).then(function () { sending = false; });
  }

  document.querySelectorAll("form[data-sign]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (!sending) { send(form); }
    });
  });
  window.addEventListener("online", deliver);
  deliver();

  /* Scanning on the page, where the browser can: the code in the address is read, the page is not left. */
  var scan = document.getElementById("scan"), camera = document.getElementById("camera");
  if (!scan || !("BarcodeDetector" in window) || !window.isSecureContext || !navigator.mediaDevices) { return; }
  scan.hidden = false;
  scan.addEventListener("click", function () {
    var detector, stream;
    function end() {
      if (stream) { stream.getTracks().forEach(function (track) { track.stop(); }); }
      camera.hidden = true;
    }
    function look() {
      if (camera.hidden) { return; }
      detector.detect(camera).then(function (found) {
        var code = found.map(function (one) { return /[?&]c=([0-9a-z]+\.[0-9a-f]{24})/.exec(one.rawValue); }).filter(Boolean)[0];
        if (!code) { setTimeout(look, 200); return; }
        end();
        var form = document.querySelector("form[data-typed]");
        form.elements.code.maxLength = 80;
        form.elements.code.value = code[1];
        send(form);
      }, function () { setTimeout(look, 500); });
    }
    Promise.resolve().then(function () {
      detector = new window.BarcodeDetector({ formats: ["qr_code"] });
      return navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    }).then(function (got) {
      stream = got;
      camera.srcObject = got;
      camera.hidden = false;
      return camera.play();
    }).then(look).catch(function () { end(); say(page.dataset.scanFailed, "warn"); });
  });
})();
