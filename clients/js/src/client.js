import { Transport } from "./transport.js";

const LONGEST_QUERY = 1_500; // characters in an address; a longer search is sent as a body
const MOST_OFFSET = 10_000; // hits that the API pages through

const article = (id) => `/v1/articles/${encodeURIComponent(id)}`;

/** One archive on one server. */
export class DiveDeeper {
  #transport;

  constructor(base, options) {
    this.#transport = new Transport(base, options);
  }

  async next({ signal, ...query }) {
    return this.#get("/v1/next", query, signal);
  }

  async fragment({ id, url, signal, ...query }) {
    const path = id === undefined ? "/v1/fragment" : `/v1/fragment/${encodeURIComponent(id)}`;
    const sent = await this.#transport.send("GET", path, { query: { url, ...query }, accept: "text/html", signal });
    return sent.text;
  }

  async search({ signal, ...query } = {}) {
    const long = encodeURIComponent(`${query.q ?? ""}${query.context ?? ""}`).length > LONGEST_QUERY;
    return long ? this.#body("POST", "/v1/search", query, signal) : this.#get("/v1/search", query, signal);
  }

  async *hits({ signal, limit = 50, offset = 0, ...query } = {}) {
    for (;;) {
      const page = await this.search({ ...query, limit, offset, signal });
      yield* page.hits;
      offset += page.hits.length;
      if (!page.hits.length || offset >= page.total || offset > MOST_OFFSET) return;
    }
  }

  async suggest(q, { signal, ...query } = {}) {
    return (await this.#get("/v1/suggest", { q, ...query }, signal)).suggestions;
  }

  async article(id, { signal } = {}) {
    return this.#get(article(id), {}, signal);
  }

  async questions(id, { signal, ...query } = {}) {
    return this.#get(`${article(id)}/questions`, query, signal);
  }

  async related(id, { signal, ...query } = {}) {
    return (await this.#get(`${article(id)}/related`, query, signal)).related;
  }

  async preview(draft, { signal } = {}) {
    return this.#body("POST", "/v1/preview", draft, signal);
  }

  async ready({ signal } = {}) {
    return this.#get("/readyz", {}, signal);
  }

  async put(id, content, { signal } = {}) {
    return this.#body("PUT", article(id), content, signal);
  }

  async delete(id, { signal } = {}) {
    return (await this.#transport.send("DELETE", article(id), { signal })).json();
  }

  async unpublish(id, { signal } = {}) {
    return (await this.#transport.send("DELETE", article(id), { query: { keep: true }, signal })).json();
  }

  async batch(operations, { signal } = {}) {
    return this.#body("POST", "/v1/articles:batch", operations, signal);
  }

  async changes(since = 0, { signal, ...query } = {}) {
    return this.#get("/v1/changes", { since, ...query }, signal);
  }

  async #get(path, query, signal) {
    return (await this.#transport.send("GET", path, { query, signal })).json();
  }

  async #body(method, path, body, signal) {
    return (await this.#transport.send(method, path, { body, signal })).json();
  }
}
