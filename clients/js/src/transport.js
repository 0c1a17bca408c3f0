import { DiveDeeperError, errorOfAnswer } from "./errors.js";

const LONGEST_WAIT_SECONDS = 30;
const FIRST_WAIT_SECONDS = 0.5; // doubled from try to try
const MAY_PASS = new Set([429, 502, 503, 504]);

/** Sends requests: with a key, a time limit, and again where that may help and can do no harm. */
export class Transport {
  constructor(base, { apiKey = "", timeout = 10_000, retries = 2, fetch = globalThis.fetch } = {}) {
    const address = new URL(base); // throws a TypeError that names what is no address
    if (!/^https?:$/.test(address.protocol)) throw new TypeError(`${base} is no address of http or https.`);
    this.base = address.href.replace(/[?#].*$/, "").replace(/\/+$/, "");
    this.headers = apiKey ? { "X-API-Key": apiKey } : {};
    this.timeout = timeout;
    this.retries = retries;
    this.fetch = fetch.bind(globalThis); // a browser's own fetch refuses another `this`
  }

  /** Return the answer of a call, whose status is 2xx; throws a DiveDeeperError. */
  async send(method, path, { query = {}, body, accept = "application/json", signal } = {}) {
    const request = { method, headers: { Accept: accept, ...this.headers } };
    if (this.headers["X-API-Key"]) request.redirect = "error"; // a key is for this server alone
    if (body !== undefined) {
      request.body = JSON.stringify(body);
      request.headers["Content-Type"] = "application/json";
    }
    const address = this.base + path + queryString(query);
    for (let tried = 0; ; tried++) {
      let error;
      try {
        return await this.#once(address, request, signal);
      } catch (failure) {
        error = failure;
      }
      if (signal?.aborted || tried >= this.retries || !(error.status === 0 || MAY_PASS.has(error.status))) throw error;
      const wait = error.retryAfter ?? FIRST_WAIT_SECONDS * 2 ** tried;
      if (wait > LONGEST_WAIT_SECONDS) throw error;
      await pause(wait * 1000, signal);
    }
  }

  async #once(address, request, signal) {
    const stop = new AbortController();
    const abort = () => stop.abort(signal.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    const clock = setTimeout(() => stop.abort(), this.timeout);
    try {
      const answer = await this.fetch(address, { ...request, signal: stop.signal });
      if (!answer.ok) throw await errorOfAnswer(answer);
      const text = await answer.text(); // within the time limit, too
      return { text, json: () => parsed(text, answer.status) };
    } catch (error) {
      if (error instanceof DiveDeeperError) throw error;
      if (signal?.aborted) throw signal.reason;
      if (stop.signal.aborted) throw new DiveDeeperError(`No answer within ${this.timeout} ms.`, { code: "timeout", cause: error });
      throw new DiveDeeperError(`${this.base} cannot be reached.`, { cause: error });
    } finally {
      clearTimeout(clock);
      signal?.removeEventListener("abort", abort);
    }
  }
}

/** Return the query of an address: a name for each value of a list, none for what is not given. */
export function queryString(values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) query.append(name, String(one));
    }
  }
  const text = query.toString();
  return text && `?${text}`;
}

function parsed(text, status) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DiveDeeperError("The answer is no JSON.", { status, code: "unknown", cause });
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(clock);
      reject(signal.reason);
    };
    const clock = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
