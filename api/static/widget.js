// <dive-deeper article="ID">, or url="…", or neither: the canonical address of the page it stands in.
// Shows the follow-up questions and related articles of one fact check. What stands inside the
// element is shown until they are there, and where they cannot be had. Needs no inline script or
// style, sets no cookie, and shows every text as text. docs/embedding.md tells how to style it.
(() => {
  "use strict";
  if (customElements.get("dive-deeper") || !("adoptedStyleSheets" in document)) return;
  const BASE = new URL(".", document.currentScript?.src || location.href);
  const LABELS = "__LABELS__"; // by language, put in by the server
  const TAG = /^[a-z]{2,3}(-[a-z\d]{1,8}){0,3}$/i; // of a language
  const PASSAGE_WORDS = 5; // of a passage that a link looks for in the page it leads to

  const sheet = (css) => {
    const made = new CSSStyleSheet();
    made.replaceSync(css);
    return made;
  };
  // The place is kept before anything is there, so that nothing below it moves.
  const OUTSIDE = sheet(
    ":where(dive-deeper:not([hidden])){display:block;min-height:var(--dive-deeper-height,26rem)}",
  );
  const INSIDE = sheet(`
    :host{display:block;color:var(--dive-deeper-color,inherit);font:var(--dive-deeper-font,inherit);overflow-wrap:anywhere}
    *{box-sizing:border-box}
    section{background:var(--dive-deeper-background,transparent);border-block-start:3px solid var(--dive-deeper-accent,currentColor);border-radius:var(--dive-deeper-radius,0);padding:var(--dive-deeper-padding,.75rem 0)}
    [part=heading]{font-size:1.2em;line-height:1.3;margin:.3em 0}
    ul{list-style:none;margin:0;padding:0}
    li{border-block-end:1px solid color-mix(in srgb,currentColor 20%,transparent);padding-block:.3em}
    .row{align-items:start;display:flex;gap:.5em}
    a{color:var(--dive-deeper-link,inherit);flex:1;padding-block:.45em;text-underline-offset:.15em}
    button{background:none;border:1px solid color-mix(in srgb,currentColor 40%,transparent);border-radius:.3em;color:inherit;cursor:pointer;font:inherit;min-block-size:2.5rem;min-inline-size:2.5rem}
    a:focus-visible,button:focus-visible{outline:3px solid var(--dive-deeper-accent,currentColor);outline-offset:2px}
    [part=answer]{border-inline-start:3px solid var(--dive-deeper-accent,currentColor);margin:.2em 0 .5em;padding-inline-start:.75em}
    p{line-height:1.45;margin:.3em 0}
    [part=meta]{font-size:.9em}
    [part=verdict]{font-weight:bold}
    [part=more]{margin-block-start:.5em;padding-inline:1em}
    [hidden]{display:none}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, OUTSIDE];

  /** An element with attributes and children; what is null is left out. */
  const h = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
      if (value != null && value !== false && (key !== "lang" || TAG.test(value))) made.setAttribute(key, value);
    made.append(...children.filter((child) => child != null && child !== ""));
    return made;
  };

  /** A web address, or null for anything else. */
  const address = (text) => {
    try {
      const found = new URL(text, BASE);
      return /^https?:$/.test(found.protocol) ? found.href : null;
    } catch {
      return null;
    }
  };

  /** Where an article is read: at its publisher's, at the passage; else our page, at its part. */
  const target = (article) => {
    const own = article.url && address(article.url);
    if (!own) return address(article.page);
    const words = (article.passage || "").replace(/^…\s*/, "").split(/\s+/).slice(0, PASSAGE_WORDS);
    if (own.includes("#") || words.length < PASSAGE_WORDS) return own;
    const sought = encodeURIComponent(words.join(" ")).replace(/-/g, "%2D");
    return `${own}#:~:text=${sought}`;
  };

  class DiveDeeper extends HTMLElement {
    static observedAttributes = ["article", "url", "questions", "related", "scope"];
    #asked = "";
    #stop = null;

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [INSIDE];
      this.shadowRoot.append(h("slot"));
    }

    connectedCallback() {
      this.#load();
    }

    disconnectedCallback() {
      this.#stop?.abort();
      this.#asked = "";
    }

    attributeChangedCallback() {
      if (this.isConnected) queueMicrotask(() => this.isConnected && this.#load());
    }

    get #address() {
      const asked = new URL("v1/next", BASE);
      const id = this.getAttribute("article");
      const canonical = document.querySelector('link[rel="canonical"]')?.href;
      if (id) asked.searchParams.set("id", id);
      else asked.searchParams.set("url", this.getAttribute("url") || canonical || location.href);
      for (const name of ["questions", "related", "scope"])
        if (this.hasAttribute(name)) asked.searchParams.set(name, this.getAttribute(name));
      return asked.href;
    }

    async #load() {
      const asked = this.#address;
      if (asked === this.#asked) return;
      this.#asked = asked;
      this.#stop?.abort();
      this.#stop = new AbortController();
      const { signal } = this.#stop;
      try {
        const answer = await fetch(asked, { signal, credentials: "omit" });
        if (!answer.ok) throw new Error(`${answer.status}`);
        const found = await answer.json();
        if (signal.aborted) return;
        this.#show(found);
        this.dispatchEvent(new CustomEvent("dive-deeper:shown", { bubbles: true, detail: found }));
      } catch (error) {
        if (signal.aborted) return;
        this.shadowRoot.replaceChildren(h("slot"));
        this.#giveBackPlace();
        this.dispatchEvent(new CustomEvent("dive-deeper:failed", { bubbles: true, detail: error }));
      }
    }

    #show(found) {
      const asked = this.getAttribute("lang") || found.language;
      const labels = LABELS[asked.slice(0, 2)] || LABELS.en;
      const language = LABELS[asked.slice(0, 2)] ? asked : "en";
      const level = Math.min(6, Math.max(1, Number(this.getAttribute("level")) || 2));
      const lists = [
        [this.getAttribute("heading") || labels.deeper, found.questions.map((q, n) => this.#question(q, n, labels, found))],
        [labels.related, found.related.map((r) => this.#related(r, labels))],
      ].filter(([, entries]) => entries.length);
      if (!lists.length) {
        this.shadowRoot.replaceChildren(h("slot"));
        this.#giveBackPlace();
        return;
      }
      const box = h("section", { part: "box", lang: language, "aria-labelledby": "list-0" });
      lists.forEach(([title, entries], n) => {
        const id = `list-${n}`;
        box.append(
          h(`h${Math.min(6, level + (n && 1))}`, { part: "heading", id }, title),
          h("ul", { part: "list", role: "list", "aria-labelledby": id }, ...entries),
        );
      });
      this.shadowRoot.replaceChildren(box);
      this.#fit(box, labels);
    }

    /** Hide what does not fit into the place that was kept, behind a button. */
    #fit(box, labels) {
      const place = parseFloat(getComputedStyle(this).minHeight) || 0;
      if (!place || box.offsetHeight <= place) return;
      const parts = [...box.querySelectorAll("li, [part=heading]")].reverse();
      const more = h("button", { part: "more", type: "button" }, labels.more);
      box.append(more);
      const hidden = [];
      for (const part of parts) {
        if (box.offsetHeight <= place || hidden.length >= parts.length - 2) break;
        part.hidden = true;
        hidden.unshift(part);
      }
      more.addEventListener("click", () => {
        for (const part of hidden) part.hidden = false;
        more.remove();
        hidden.map((part) => part.querySelector("a")).find(Boolean)?.focus();
      });
    }

    /** Let the place go that was kept for nothing, once nobody sees what is below it move. */
    #giveBackPlace() {
      if (this.childNodes.length) return;
      new IntersectionObserver(([seen], watch) => {
        if (seen.isIntersecting) return;
        watch.disconnect();
        if (!this.shadowRoot.querySelector("section")) this.hidden = true;
      }).observe(this);
    }

    #link(href, text, language, detail) {
      const link = h("a", { part: "link", href, lang: language, dir: "auto" }, text);
      link.addEventListener("click", () =>
        this.dispatchEvent(new CustomEvent("dive-deeper:open", { bubbles: true, detail })),
      );
      return link;
    }

    #meta(article, labels, ...more) {
      const day = article.date && new Date(`${article.date}T12:00:00Z`);
      const told = [
        article.verdict && h("span", { part: "verdict", lang: article.language }, `${labels.verdict} ${article.verdict}`),
        ...more,
        article.publisher && h("span", { part: "publisher", dir: "auto" }, article.publisher),
        day && h("time", { datetime: article.date }, day.toLocaleDateString(labels.locale, { dateStyle: "long", timeZone: "UTC" })),
      ].filter(Boolean);
      return told.length ? h("p", { part: "meta" }, ...told.flatMap((t, n) => (n ? [" · ", t] : [t]))) : null;
    }

    #question(question, n, labels, page) {
      const { answer, text } = question;
      const own = question.origin === "own" ? page.language : answer?.language;
      const href = answer ? target(answer) : address(question.search);
      const row = h("div", { class: "row" }, href ? this.#link(href, text, own, question) : text);
      const entry = h("li", { part: "question" }, row);
      if (!answer?.passage) return entry;
      const id = `answer-${n}`;
      const shown = h(
        "div", { part: "answer", id, hidden: "" },
        h("p", { part: "passage", lang: answer.language, dir: "auto" }, answer.passage),
        this.#meta(answer, labels, h("cite", { part: "source", lang: answer.language, dir: "auto" }, answer.headline)),
      );
      const toggle = h("button", {
        part: "toggle", type: "button", "aria-expanded": "false", "aria-controls": id,
        "aria-label": labels.answer.replace("%s", text),
      }, "+");
      toggle.addEventListener("click", () => {
        shown.hidden = !shown.hidden;
        toggle.setAttribute("aria-expanded", String(!shown.hidden));
        toggle.textContent = shown.hidden ? "+" : "−";
      });
      row.append(toggle);
      entry.append(shown);
      return entry;
    }

    #related(article, labels) {
      const href = target(article);
      const title = href ? this.#link(href, article.headline, article.language, article) : article.headline;
      return h("li", { part: "related" }, h("div", { class: "row" }, title), this.#meta(article, labels));
    }
  }
  customElements.define("dive-deeper", DiveDeeper);
})();
