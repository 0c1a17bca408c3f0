// What is sent, sent again and given up, by a platform's fetch that answers as it is told.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";

import { DiveDeeper, snippetParts, verifySignature } from "../../../clients/js/src/index.js";

const BASE = "https://desk.example/checks/";
const json = (value, status = 200, headers = {}) => new Response(JSON.stringify(value), { status, headers });
const busy = (seconds = "0") =>
  json({ error: { code: "a", message: "b", remedy: "c" } }, 503, { "Retry-After": seconds });

function answering(...answers) {
  const asked = [];
  const fetch = async (address, request) => {
    asked.push({ address, ...request });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    return typeof answer === "function" ? answer(request) : answer.clone();
  };
  return { fetch, asked };
}

test("addresses, lists and keys are sent as the API reads them", async () => {
  const { fetch, asked } = answering(json({ hits: [] }));
  const client = new DiveDeeper(BASE, { fetch, apiKey: "secret" });
  await client.search({ q: "a&b", topic: ["x", "y z"], date: undefined, offset: 0 });
  assert.equal(asked[0].address, "https://desk.example/checks/v1/search?q=a%26b&topic=x&topic=y+z&offset=0");
  assert.equal(asked[0].headers["X-API-Key"], "secret");
  assert.equal(asked[0].redirect, "error");
  await client.put("a/b?c", { headline: "H" });
  assert.equal(asked[1].address, "https://desk.example/checks/v1/articles/a%2Fb%3Fc");
  assert.deepEqual([asked[1].method, asked[1].body], ["PUT", '{"headline":"H"}']);
});

test("a busy server is asked again, and told of at last", async () => {
  const { fetch, asked } = answering(busy(), busy(), json({ sequence: 1 }));
  assert.deepEqual(await new DiveDeeper(BASE, { fetch }).delete("x"), { sequence: 1 });
  assert.equal(asked.length, 3);
  const worse = answering(busy());
  const tried = new DiveDeeper(BASE, { fetch: worse.fetch, retries: 1 }).article("x");
  await assert.rejects(tried, { status: 503, code: "a", message: "b", remedy: "c", retryAfter: 0 });
  assert.equal(worse.asked.length, 2);
  const long = answering(busy("3600"));
  await assert.rejects(new DiveDeeper(BASE, { fetch: long.fetch }).article("x"), { retryAfter: 3600 });
  assert.equal(long.asked.length, 1);
});

test("what is refused is not asked again", async () => {
  const { fetch, asked } = answering(json({ error: { code: "n", message: "m", remedy: "" } }, 404));
  await assert.rejects(new DiveDeeper(BASE, { fetch }).article("x"), { status: 404, code: "n" });
  assert.equal(asked.length, 1);
});

test("an answer that is late, odd or missing is an error that says so", async () => {
  const never = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const late = new DiveDeeper(BASE, { fetch: answering(never).fetch, timeout: 20, retries: 0 });
  await assert.rejects(late.ready(), { code: "timeout", status: 0 });
  const none = () => Promise.reject(new TypeError("fetch failed"));
  const away = new DiveDeeper(BASE, { fetch: answering(none).fetch, retries: 0 });
  await assert.rejects(away.ready(), { code: "unreachable", message: /desk\.example.* cannot be reached/ });
  const page = () => new Response("<html>", { status: 200 });
  await assert.rejects(new DiveDeeper(BASE, { fetch: answering(page).fetch }).ready(), { code: "unknown" });
  const proxy = () => new Response("<html>", { status: 500 });
  await assert.rejects(new DiveDeeper(BASE, { fetch: answering(proxy).fetch }).ready(), { status: 500, code: "unknown" });
});

test("a caller ends a call, also between two tries", async () => {
  const stop = new AbortController();
  const { fetch, asked } = answering(busy("5"));
  const call = new DiveDeeper(BASE, { fetch }).article("x", { signal: stop.signal });
  setTimeout(() => stop.abort(new Error("not wanted any more")), 20);
  await assert.rejects(call, /not wanted any more/);
  assert.equal(asked.length, 1);
  const before = new DiveDeeper(BASE, { fetch: answering(({ signal }) => { signal.throwIfAborted(); }).fetch });
  await assert.rejects(before.ready({ signal: AbortSignal.abort(new Error("too early")) }), /too early/);
});

test("an address that is none is refused at once", () => {
  for (const base of ["desk.example", "", "ftp://desk.example", "javascript:alert(1)"]) {
    assert.throws(() => new DiveDeeper(base), TypeError);
  }
});

test("marks count code points", () => {
  const parts = snippetParts({ text: "🦇 see 🦇s", marks: [[0, 1], [6, 8]] });
  assert.deepEqual(parts, [
    { text: "🦇", marked: true },
    { text: " see ", marked: false },
    { text: "🦇s", marked: true },
  ]);
  assert.deepEqual(snippetParts({ text: "", marks: [] }), []);
});

test("the signature of the webhook is checked", async () => {
  const now = 1_700_000_000;
  const body = '{"changes": ["ä"]}';
  const signed = (secret, seconds) =>
    `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
  const header = signed("secret", now);
  assert.equal(await verifySignature("secret", header, body, { now }), true);
  assert.equal(await verifySignature("secret", header, new TextEncoder().encode(body), { now }), true);
  assert.equal(await verifySignature("other", header, body, { now }), false);
  assert.equal(await verifySignature("secret", header, `${body} `, { now }), false);
  assert.equal(await verifySignature("secret", header, body, { now: now + 301 }), false);
  assert.equal(await verifySignature("secret", header, body), false);
  for (const wrong of [null, undefined, "", "t=1,v1=", `${header}0`, header.toUpperCase()]) {
    assert.equal(await verifySignature("secret", wrong, body, { now }), false);
  }
});
