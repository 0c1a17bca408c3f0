// Checked by `make clients`, never run: what the types allow, and what they refuse.

import { DiveDeeper, DiveDeeperError, snippetParts, type Hit } from "../../../clients/js/src/index.js";

const client = new DiveDeeper("https://desk.example", { apiKey: "k", timeout: 5 });

export async function allowed(): Promise<string[]> {
  const page = await client.next({ url: "https://desk.example/a", questions: 3 });
  const pages = await client.next({ ids: ["a"] });
  const first: Hit | undefined = (await client.search({ q: "tea", topic: ["food"] })).hits[0];
  const marked = first?.snippet ? snippetParts(first.snippet).map((part) => part.text) : [];
  for await (const hit of client.hits({ q: "tea" })) marked.push(hit.id);
  await client.put("a", { headline: "H", verdict: "False" });
  const error = new DiveDeeperError("no");
  return [...marked, ...pages.unknown, page.questions[0]?.answer?.passage ?? "", error.code];
}

export async function refused(): Promise<void> {
  // @ts-expect-error: one of id and url
  await client.next({ id: "a", url: "https://desk.example/a" });
  // @ts-expect-error: there is no such filter
  await client.search({ tpoic: ["food"] });
  // @ts-expect-error: an article has a headline
  await client.put("a", { verdict: "False" });
  // @ts-expect-error: a number
  await client.suggest("b", { limit: "3" });
}
