import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, inView, keepTyped, letGoAnswered, newsOf, openQuestions, typedFor } from "../../static/tablet/reviews.js";

const NOW = Date.parse("2026-11-22T16:00:00Z");
const asked = (id, said = null) => ({ id, words: "Was it Mill Row?", by: "Ruth", at: "2026-11-20T09:00:00.000Z", answer: said });
const review = (more) => ({ submission: "v", household: "f", family: "Okoro", occurred_on: "2026-11-19", title: "Home visit", at: "2026-11-20T09:00:00.000Z", questions: [], not_agreed: [], signed: null, ...more });

function recordsWith(head) {
  const kept = new Map([["head/caseload", head]]);
  return {
    kept,
    get: async (store, id) => (kept.has(`${store}/${id}`) ? { value: kept.get(`${store}/${id}`) } : null),
    put: async (store, id, value) => void kept.set(`${store}/${id}`, value),
    remove: async (store, id) => void kept.delete(`${store}/${id}`),
    all: async (store) => [...kept].filter(([at]) => at.startsWith(`${store}/`)).map(([, value]) => value),
  };
}

test("in view stands that somebody asks, and nothing of what or about whom", () => {
  const news = [review({ questions: [asked("q"), asked("r", "Yes.")] })];
  assert.equal(inView(news), "A colleague asks you something");
  assert.equal(inView([...news, ...news]), "A colleague asks you 2 things");
  assert.equal(inView([review({ signed: { by: "Ruth", at: "2026-11-21T09:00:00.000Z", words: "" } })]), "A colleague read a visit of yours");
});

test("an open question is news for as long as it is open, a sign-off for two weeks, and an old caseload has none", () => {
  const old = "2026-10-01T09:00:00.000Z";
  assert.equal(newsOf({ reviews: [review({ at: old, questions: [asked("q")] })] }, NOW).length, 1);
  assert.equal(newsOf({ reviews: [review({ at: old })] }, NOW).length, 0);
  assert.equal(newsOf({ reviews: [review({})] }, NOW).length, 1);
  assert.deepEqual([newsOf(null, NOW), newsOf({}, NOW)], [[], []]);
});

test("an answer that was sent is the answer here too, and what was typed goes", async () => {
  const sent = [];
  globalThis.fetch = async (url, { body }) => (sent.push([url, JSON.parse(body)]), Response.json({ submission: "v" }));
  const records = recordsWith({ reviews: [review({ questions: [asked("q")] })] });
  await answer(records, "q", "It was her sister’s.");
  assert.deepEqual(sent, [["/tablet/api/questions/q/answer", { answer: "It was her sister’s." }]]);
  assert.equal(records.kept.get("head/caseload").reviews[0].questions[0].answer, "It was her sister’s.");
  assert.equal(openQuestions(records.kept.get("head/caseload").reviews[0]).length, 0);
  assert.equal(await typedFor(records, "q"), "");
});

test("without a connection, or refused, everything stays as it was typed", async () => {
  for (const fetched of [async () => { throw new TypeError("no network"); }, async () => Response.json({ problem: { code: "x", message: "No." } }, { status: 422 })]) {
    globalThis.fetch = fetched;
    const records = recordsWith({ reviews: [review({ questions: [asked("q")] })] });
    await assert.rejects(answer(records, "q", "x".repeat(10_000)));
    assert.equal((await typedFor(records, "q")).length, 10_000);
    assert.equal(openQuestions(records.kept.get("head/caseload").reviews[0]).length, 1);
  }
});

test("what was typed for a question that was answered at the desk is let go, and for one not heard of it stays", async () => {
  const records = recordsWith({});
  await keepTyped(records, "q", "half a sent");
  await keepTyped(records, "r", "another");
  await letGoAnswered(records, { reviews: [review({ questions: [asked("q", "At the desk.")] })] });
  assert.deepEqual([await typedFor(records, "q"), await typedFor(records, "r")], ["", "another"]);
});
