import type { components, operations } from "./types.js";

type Shapes = components["schemas"];
type Query<Name extends keyof operations> = operations[Name] extends { parameters: { query?: infer Q } }
  ? NonNullable<Q>
  : never;

export type Article = Shapes["ArticleOut"];
export type Changes = Shapes["ChangesOut"];
export type Completion = Shapes["CompletionOut"];
export type Draft = Partial<Shapes["DraftForm"]>;
export type Hit = Shapes["HitOut"];
export type Next = Shapes["NextOut"];
export type NextList = Shapes["NextListOut"];
export type Preview = Shapes["PreviewOut"];
export type Questions = Shapes["QuestionsOut"];
export type Ready = Shapes["ReadyOut"];
export type Related = Shapes["RelatedOut"];
export type SearchResult = Shapes["SearchOut"];
export type Snippet = Shapes["SnippetOut"];
export type Written = Shapes["WriteOut"];

/** An article in the archive's own form; docs/inputs.md lists its fields. */
export type ArticleInput = { headline: string } & Record<string, unknown>;

export interface Operations {
  put?: (ArticleInput & { id: string })[];
  delete?: string[];
  unpublish?: string[];
}

export interface Options {
  /** Key of the scopes that the calls need; never put one that writes into a page. */
  apiKey?: string;
  /** Milliseconds for one try of a call, its answer read; 10,000. */
  timeout?: number;
  /** More tries after 429, 502, 503, 504 and where the server cannot be reached; 2. */
  retries?: number;
  /** In place of the platform's own, for a proxy or a test. */
  fetch?: typeof fetch;
}

export interface Call {
  /** Ends the call; the promise is rejected with its reason. */
  signal?: AbortSignal;
}

type Page = { questions?: number; related?: number; scope?: "all" | "own" };
type One = { id: string; url?: never; ids?: never } | { url: string; id?: never; ids?: never };

/** One archive on one server. Every method rejects with a DiveDeeperError. */
export class DiveDeeper {
  /** @param base Address of the server with the path that it is below; a TypeError if it is none. */
  constructor(base: string, options?: Options);

  /** What follows a page, by its id or its own address: questions with their answers, related articles. */
  next(query: One & Page & Call): Promise<Next>;
  /** The same for up to 50 pages; those that are unknown are named. */
  next(query: { ids: string[]; id?: never; url?: never } & Page & Call): Promise<NextList>;
  /** The box of a page as HTML. */
  fragment(query: ({ id: string; url?: never } | { url: string; id?: never }) & Omit<Page, "scope"> & Call): Promise<string>;

  /** One page of a search; a long text is sent as a body by itself. */
  search(query?: Query<"search"> & Call): Promise<SearchResult>;
  /** All hits of a search, page after page, best first; `limit` is the size of a page. */
  hits(query?: Query<"search"> & Call): AsyncGenerator<Hit, void, undefined>;
  /** Completions of what was typed so far, best first. */
  suggest(q: string, query?: { limit?: number } & Call): Promise<Completion[]>;

  article(id: string, call?: Call): Promise<Article>;
  questions(id: string, query?: Query<"questions"> & Call): Promise<Questions>;
  related(id: string, query?: Query<"related"> & Call): Promise<Related[]>;
  /** Suggestions for a draft, of which nothing is stored. */
  preview(draft: Draft, call?: Call): Promise<Preview>;
  /** What is served; rejects with the status 503 while that is nothing. */
  ready(call?: Call): Promise<Ready>;

  /** Add or replace an article; confirmed once it is on disk. */
  put(id: string, content: ArticleInput, call?: Call): Promise<Written>;
  delete(id: string, call?: Call): Promise<Written>;
  /** Keep an article in the archive and name it nowhere. */
  unpublish(id: string, call?: Call): Promise<Written>;
  /** Up to 1,000 of each; all articles are written or none. */
  batch(operations: Operations, call?: Call): Promise<Written>;
  /** What was written or withdrawn after a number; ask on with `sequence`, at once where `more`. */
  changes(since?: number, query?: { limit?: number } & Call): Promise<Changes>;
}

/** What went wrong, in the words of the server where it could be reached. */
export class DiveDeeperError extends Error {
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  /** The API's word for it; `unreachable` and `timeout` without an answer, `unknown` from a proxy. */
  readonly code: string;
  /** How to mend it, or empty. */
  readonly remedy: string;
  /** Seconds after which the server wants to be asked again, or null. */
  readonly retryAfter: number | null;
}

/** Cut a snippet into parts that match and parts that do not; their texts make up the whole. */
export function snippetParts(snippet: Snippet): { text: string; marked: boolean }[];

/**
 * Tell whether a delivery of the webhook is genuine and not older than `tolerance` seconds (300).
 *
 * @param header The value of X-Divedeeper-Signature.
 * @param body The body as it came, before any parsing.
 * @param options `now` in seconds, for tests.
 */
export function verifySignature(
  secret: string,
  header: string | null | undefined,
  body: string | ArrayBuffer | Uint8Array,
  options?: { tolerance?: number; now?: number },
): Promise<boolean>;
