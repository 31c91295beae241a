// Checks Ed25519 signatures (RFC 8032) in the page itself: no network, no secure context, any browser since 2018.
// Only public data goes in, so nothing here needs to take the same time for every input.
(function (lianbing) {
  "use strict";

  const P = 2n ** 255n - 19n;
  const L = 2n ** 252n + 27742317777372353535851937790883648493n;
  const mod = (a, m = P) => ((a % m) + m) % m;

  function power(base, exponent, m) {
    let result = 1n;
    for (base = mod(base, m); exponent > 0n; exponent >>= 1n) {
      if (exponent & 1n) result = (result * base) % m;
      base = (base * base) % m;
    }
    return result;
  }

  const inverse = (a) => power(a, P - 2n, P);
  const D = mod(-121665n * inverse(121666n));
  const ROOT = power(2n, (P - 1n) / 4n, P);

  // ---- points as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z ----
  function add(a, b) {
    const A = mod((a[1] - a[0]) * (b[1] - b[0]));
    const B = mod((a[1] + a[0]) * (b[1] + b[0]));
    const C = mod(2n * a[3] * b[3] * D);
    const E = mod(2n * a[2] * b[2]);
    const [e, f, g, h] = [B - A, E - C, E + C, B + A];
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }

  function times(point, n) {
    let result = [0n, 1n, 1n, 0n];
    for (; n > 0n; n >>= 1n) {
      if (n & 1n) result = add(result, point);
      point = add(point, point);
    }
    return result;
  }

  function equal(a, b) {
    return mod(a[0] * b[2] - b[0] * a[2]) === 0n && mod(a[1] * b[2] - b[1] * a[2]) === 0n;
  }

  /** The point that 32 bytes stand for, or null. */
  function point(bytes) {
    const number = little(bytes);
    const sign = number >> 255n;
    const y = number & (2n ** 255n - 1n);
    if (y >= P) return null;
    const u = mod(y * y - 1n);
    const v = mod(D * y * y + 1n);
    let x = mod(u * v ** 3n * power(u * v ** 7n, (P - 5n) / 8n, P));
    if (mod(v * x * x) === mod(-u)) x = mod(x * ROOT);
    if (mod(v * x * x) !== u || (x === 0n && sign === 1n)) return null;
    if ((x & 1n) !== sign) x = P - x;
    return [x, y, 1n, mod(x * y)];
  }

  const little = (bytes) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

  // ---- SHA-512; its constants are the roots of the first primes ----
  const MASK = 2n ** 64n - 1n;
  const turn = (x, n) => ((x >> n) | (x << (64n - n))) & MASK;

  function root(value, k) {
    let low = 0n;
    let high = 1n << 100n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** k <= value) low = middle;
      else high = middle;
    }
    return low & MASK;
  }

  const primes = [];
  for (let n = 2; primes.length < 80; n++) if (primes.every((p) => n % p)) primes.push(n);
  const K = primes.map((p) => root(BigInt(p) << 192n, 3n));
  const START = primes.slice(0, 8).map((p) => root(BigInt(p) << 128n, 2n));

  function block(h, words) {
    for (let t = 16; t < 80; t++) {
      const [a, b] = [words[t - 15], words[t - 2]];
      const s0 = turn(a, 1n) ^ turn(a, 8n) ^ (a >> 7n);
      const s1 = turn(b, 19n) ^ turn(b, 61n) ^ (b >> 6n);
      words.push((words[t - 16] + s0 + words[t - 7] + s1) & MASK);
    }
    let [a, b, c, d, e, f, g, i] = h;
    for (let t = 0; t < 80; t++) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const one = i + s1 + ((e & f) ^ (~e & MASK & g)) + K[t] + words[t];
      const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const two = s0 + ((a & b) ^ (a & c) ^ (b & c));
      [i, g, f, e, d, c, b, a] = [g, f, e, (d + one) & MASK, c, b, a, (one + two) & MASK];
    }
    return [a, b, c, d, e, f, g, i].map((value, at) => (value + h[at]) & MASK);
  }

  function sha512(bytes) {
    const size = (Math.floor((bytes.length + 16) / 128) + 1) * 128;
    const padded = new Uint8Array(size);
    padded.set(bytes);
    padded[bytes.length] = 128;
    new DataView(padded.buffer).setUint32(size - 4, bytes.length * 8);
    let h = START;
    for (let from = 0; from < size; from += 128) {
      const words = [];
      for (let at = from; at < from + 128; at += 8) {
        words.push(padded.slice(at, at + 8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n));
      }
      h = block(h, words);
    }
    const digest = new Uint8Array(64);
    h.forEach((word, at) => {
      for (let n = 0; n < 8; n++) digest[at * 8 + n] = Number((word >> BigInt(56 - 8 * n)) & 255n);
    });
    return digest;
  }

  const BASE = point(new Uint8Array([0x58].concat(Array(31).fill(0x66))));

  /** Whether `signature` (64 bytes) is the key's (32 bytes) own for `message` (bytes). */
  lianbing.verifyEd25519 = function (message, signature, key) {
    if (signature.length !== 64 || key.length !== 32) return false;
    const [a, r, s] = [point(key), point(signature.slice(0, 32)), little(signature.slice(32))];
    if (!a || !r || s >= L) return false;
    const whole = new Uint8Array(64 + message.length);
    whole.set(signature.slice(0, 32));
    whole.set(key, 32);
    whole.set(message, 64);
    const k = little(sha512(whole)) % L;
    return equal(times(BASE, s), add(r, times(a, k)));
  };
})((window.lianbingSigned = window.lianbingSigned || {}));
