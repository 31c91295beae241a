// Canonical JSON of the answers and its SHA-256, equal byte for byte to the server's.
// Browsers offer no WebCrypto on plain http, so the hash is computed here.
(function (exam) {
  "use strict";

  const K = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ];
  const START = [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  ];

  const turn = (x, n) => (x >>> n) | (x << (32 - n));

  function padded(bytes) {
    const blocks = Math.ceil((bytes.length + 9) / 64);
    const data = new Uint8Array(blocks * 64);
    data.set(bytes);
    data[bytes.length] = 0x80;
    const view = new DataView(data.buffer);
    view.setUint32(data.length - 8, Math.floor(bytes.length / 0x20000000));
    view.setUint32(data.length - 4, (bytes.length << 3) >>> 0);
    return view;
  }

  function schedule(view, offset) {
    const w = new Uint32Array(64);
    for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(offset + i * 4);
    for (let i = 16; i < 64; i += 1) {
      const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    return w;
  }

  function compress(state, w) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    return [a, b, c, d, e, f, g, h].map((value, i) => (value + state[i]) | 0);
  }

  /** Lower hexadecimal SHA-256 of the UTF-8 of a text. */
  exam.sha256 = function (text) {
    const view = padded(new TextEncoder().encode(text));
    let state = START;
    for (let offset = 0; offset < view.byteLength; offset += 64) {
      state = compress(state, schedule(view, offset));
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };

  /** Whether an answer says nothing; the canonical blank is []. */
  exam.isBlank = (value) =>
    value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);

  /** A value as canonical JSON: the keys of objects sorted, no spaces, characters as they are. */
  exam.canonicalValue = function (value) {
    if (Array.isArray(value)) return `[${value.map(exam.canonicalValue).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const members = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${exam.canonicalValue(value[key])}`);
    return `{${members.join(",")}}`;
  };

  /** Answers {position: value} as canonical JSON: numeric order, no spaces, blanks left out. */
  exam.canonical = function (answers) {
    const positions = Object.keys(answers)
      .filter((key) => !exam.isBlank(answers[key]))
      .sort((one, other) => Number(one) - Number(other));
    return `{${positions.map((key) => `"${key}":${exam.canonicalValue(answers[key])}`).join(",")}}`;
  };

  /** What the server answers with as `answers_sha256` when it holds the same answers. */
  exam.fingerprint = (answers) => exam.sha256(exam.canonical(answers));

  /** A random UUID, also where the browser offers no crypto.randomUUID (plain http, Chromium 88). */
  exam.uuid = function () {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [8, 12, 16, 20, 32].map((end, i) => hex.slice([0, 8, 12, 16, 20][i], end)).join("-");
  };
})((window.lianbingExam = window.lianbingExam || {}));
