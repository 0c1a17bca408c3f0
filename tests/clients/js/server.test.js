// Against a real server over the sample archive; addresses and keys come from the environment.

import assert from "node:assert/strict";
import { test } from "node:test";

import { DiveDeeper, DiveDeeperError, snippetParts } from "../../../clients/js/src/index.js";

const { SERVER, WRITE_KEY, PREVIEW_KEY } = process.env;
const client = new DiveDeeper(SERVER);
const writer = new DiveDeeper(`${SERVER}/`, { apiKey: WRITE_KEY });
const ODD = "2026/jäckets & more/related";
const JACKETS = {
  headline: "Do jackets swim by themselves?",
  claim: "Jackets swim.",
  verdict: "False",
  url: "https://desk.example/jackets",
};

test("pages, lists and articles are read", async () => {
  assert.equal((await client.ready()).ready, true);
  const page = await client.next({ id: "are-bats-blind", questions: 2, related: 1 });
  assert.equal(page.article_id, "are-bats-blind");
  assert.deepEqual([page.questions.length, page.related.length], [2, 1]);
  const pages = await client.next({ ids: ["are-bats-blind", "no such id"] });
  assert.deepEqual(pages.unknown, ["no such id"]);
  assert.equal(pages.pages[0].article_id, "are-bats-blind");
  assert.match(await client.fragment({ id: "are-bats-blind" }), /<section/);
  assert.ok((await client.article("are-bats-blind")).sections[0].text);
  assert.ok((await client.questions("are-bats-blind", { limit: 3 })).questions.length >= 3);
  assert.equal((await client.related("are-bats-blind", { limit: 1 })).length, 1);
  assert.ok((await client.suggest("bat", { limit: 3 }))[0].text);
});

test("a search is found, its marks stand right, and filters hold", async () => {
  const found = await client.search({ q: "are bats blind", limit: 2 });
  assert.equal(found.hits[0].id, "are-bats-blind");
  const parts = snippetParts(found.hits[0].snippet);
  assert.equal(parts.map((part) => part.text).join(""), found.hits[0].snippet.text);
  assert.ok(parts.some((part) => part.marked && /bat|blind/i.test(part.text)));
  const text = "They say that bats are blind and steer by luck alone. ".repeat(100);
  assert.equal((await client.search({ q: text, limit: 1 })).hits[0].id, "are-bats-blind");
  const all = await client.search();
  const topics = all.facets.topic.slice(0, 2).map((facet) => facet.value);
  const some = await client.search({ topic: topics, highlight: false });
  assert.ok(some.hits.every((hit) => topics.includes(hit.topic) && hit.snippet === null));
});

test("all hits come once, page after page", async () => {
  const ids = [];
  for await (const hit of client.hits({ limit: 9 })) ids.push(hit.id);
  assert.equal(ids.length, (await client.search({ limit: 1 })).total);
  assert.equal(new Set(ids).size, ids.length);
});

test("what is written is read by its address and told", async () => {
  const before = (await writer.changes()).sequence;
  assert.deepEqual((await writer.put(ODD, JACKETS)).results, [{ id: ODD, result: "added" }]);
  assert.equal((await client.article(ODD)).headline, JACKETS.headline);
  const page = await client.next({ url: "http://www.desk.example/jackets/?utm_source=feed" });
  assert.equal(page.article_id, ODD);
  assert.equal((await writer.unpublish(ODD)).results[0].result, "unpublished");
  await assert.rejects(client.article(ODD), { status: 404, code: "not_found" });
  const written = await writer.batch({ put: [{ ...JACKETS, id: "jackets" }], delete: [ODD] });
  assert.deepEqual(new Set(written.results.map((one) => one.result)), new Set(["added", "deleted"]));
  const told = (await writer.changes(before)).changes.map((change) => `${change.kind} ${change.id}`);
  assert.deepEqual(new Set(told), new Set([`gone ${ODD}`, "put jackets"]));
  assert.equal((await writer.delete("jackets")).results[0].result, "deleted");
});

test("a key of one scope opens nothing of another, and the error says so", async () => {
  const draft = { headline: "Do bats see at night?", claim: "Bats are blind." };
  const previewer = new DiveDeeper(SERVER, { apiKey: PREVIEW_KEY });
  assert.equal((await previewer.preview(draft)).headline, draft.headline);
  await assert.rejects(previewer.put("x", JACKETS), { status: 403 });
  await assert.rejects(client.preview(draft), (error) => {
    assert.ok(error instanceof DiveDeeperError);
    return error.status === 401 && error.remedy !== "";
  });
});
