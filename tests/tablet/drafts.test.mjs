import assert from "node:assert/strict";
import { test } from "node:test";
import { Autosave, newDraft } from "../../static/tablet/drafts.js";
import { birthOrder, rowTitle, said } from "../../static/tablet/people.js";
import { inShort } from "../../static/tablet/status.js";

const person = (id, role, more = {}) => ({ id, role, given_names: id.toUpperCase(), family_name: "Marsh", born_on: null, due_on: null, ...more });
const family = {
  household: "h1",
  people: [person("a", "child", { born_on: "2026-09-20" }), person("b", "child", { born_on: "2024-03-01" }), person("m", "mother")],
};
const rows = (id, of) => ({ id, kind: "rows", of, questions: [] });
const bundle = { name: "home_visit", version: 3, hash: "ff", sections: [{ questions: [rows("children", "child"), rows("adults", "adult"), { ...rows("other", null) }] }] };
let number = 0;
const given = () => ({ family, bundle, today: "2026-11-22", now: "2026-11-22T10:00:00.000Z", newId: () => `id${(number += 1)}` });

test("a blank visit is bound to its family and form, and everybody the form asks about stands there, nothing said of them", () => {
  const { body, ...draft } = newDraft(given());
  assert.deepEqual([body.household, body.form, body.form_version, draft.form_hash], ["h1", "home_visit", 3, "ff"]);
  assert.deepEqual(body.answers.children.rows.map((row) => [row.person, row.answers]), [["a", {}], ["b", {}]]);
  assert.deepEqual(body.answers.adults.rows.map((row) => row.person), ["m"]);
  assert.equal(body.answers.children.complete, false);
  assert.equal("other" in body.answers, false);
});

function store() {
  const writes = [];
  let finish;
  const encrypt = async (_store, id, value) => [id, structuredClone(value.cells)];
  const put = async (_store, _id, value, was, beside) => {
    const [said, changes] = [value.body.answers.said.value, await Promise.all(beside)];
    return new Promise((done, fail) => {
      writes.push({ value: said, was, changes });
      finish = (error) => (error ? fail(error) : done(was + 1));
    });
  };
  return { records: { put, encrypt }, writes, finish: (error) => finish(error) };
}

const draft = () => ({ id: "d", saved_at: "", aside: {}, typed: {}, body: { answers: { said: { value: "" } }, unasked_reasons: [] } });
const quiet = { saving() {}, saved() {}, failed() {} };
const turn = () => new Promise((done) => setImmediate(done));

test("fast typing neither queues up nor waits: one write at a time, and then the newest state", async () => {
  const { records, writes, finish } = store();
  const one = draft();
  const autosave = new Autosave(records, one, 1, quiet, () => 0);
  for (const text of ["s", "so", "sof", "sofa"]) {
    one.body.answers.said = { value: text };
    autosave.touch("said");
    await turn();
  }
  one.body.answers.said = { value: "cot" };
  autosave.touch();
  await turn();
  finish();
  await turn();
  const typed = (text) => ["d/00000001", { said: [{ value: "" }, { value: text }] }];
  assert.deepEqual(writes[0], { value: "s", was: 1, changes: [typed("s")] });
  assert.deepEqual(writes.slice(1), [{ value: "cot", was: 2, changes: [typed("sofa"), ["d/00000002", { said: [{ value: "sofa" }, { value: "cot" }] }]] }]);
  finish();
  await autosave.settled();
});

test("a failed write is told, is not called saved, and the next change tries again", async () => {
  const { records, writes, finish } = store();
  const told = [];
  const tell = { saving: () => told.push("saving"), saved: () => told.push("saved"), failed: (error) => told.push(error.message) };
  const one = draft();
  const autosave = new Autosave(records, one, 1, tell, () => 0);
  one.body.answers.said = { value: "sofa" };
  autosave.touch();
  await turn();
  finish(new Error("full"));
  await assert.rejects(autosave.settled(), /full/);
  autosave.touch();
  await turn();
  finish();
  await autosave.settled();
  assert.deepEqual(told, ["saving", "full", "saving", "saved"]);
  assert.deepEqual(writes.map(({ was, changes }) => [was, changes.length]), [[1, 1], [1, 1]]); // what changed is tried again with it
});

test("siblings are told apart by age, birthday and order", () => {
  assert.equal(rowTitle(family.people[0], family, "2026-11-22"), "A Marsh, 9 weeks, born 20 September 2026, second of 2");
  assert.equal(birthOrder(family.people[1], family), "first of 2");
  assert.equal(rowTitle(family.people[2], family, "2026-11-22"), "M Marsh, mother");
  assert.equal(said("{child} slept on a sofa.", "a", family), "A slept on a sofa.");
  assert.equal(said("{child} slept on a sofa.", "", family), "The child slept on a sofa.");
  assert.equal(said("{adult} drinks.", "a", family), "A drinks.");
  assert.equal(said("{adult} drinks.", "", family), "An adult drinks.");
});

test("the bar says what is so", () => {
  assert.equal(inShort(0, 0, true), "Everything is sent");
  assert.equal(inShort(2, 1, false), "1 not finished, 2 waiting to be sent. No connection");
});
