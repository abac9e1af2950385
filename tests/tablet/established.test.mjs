import assert from "node:assert/strict";
import { test } from "node:test";
import { asValue, establishedOf, howWords, valueWords } from "../../static/tablet/form/established.js";

const options = [{ code: "own_cot", label: "Their own cot" }, { code: "sofa", label: "A sofa" }];
const question = (kind, more = {}) => ({ id: "q", kind, label: "Q?", options: [], measure: "m", confidential: false, units: null, ...more });

for (const [kind, kept, value] of [
  ["choice", "sofa", "sofa"],
  ["choice", "hammock", undefined],
  ["choices", ["sofa", "own_cot"], ["sofa", "own_cot"]],
  ["choices", "sofa", ["sofa"]],
  ["choices", ["sofa", "hammock"], undefined],
  ["choices", [], undefined],
  ["yes_no", "false", false],
  ["yes_no", true, true],
  ["yes_no", "maybe", undefined],
  ["integer", "12", 12],
  ["integer", "about 12", undefined],
  ["date", "2026-11-22", "2026-11-22"],
  ["date", "soon", undefined],
  ["text", "Nan was there", undefined],
]) {
  test(`${JSON.stringify(kept)} kept for a ${kind} is ${JSON.stringify(value)} today`, () => {
    assert.deepEqual(asValue(question(kind, { options }), kept), value);
  });
}

test("a value is said in the words of today's form", () => {
  assert.equal(valueWords(question("choices", { options }), ["own_cot", "sofa"]), "Their own cot; A sofa");
  assert.equal(valueWords(question("yes_no"), false), "No");
  assert.equal(valueWords(question("integer", { units: "hours" }), 3), "3 hours");
  assert.equal(valueWords(question("date"), "2026-11-22"), "22 November 2026");
});

test("how it was known, by whom and when", () => {
  assert.equal(howWords({ known: "seen", by: "Amina Yusuf", on: "2024-03-04" }), "Seen by Amina Yusuf, 4 March 2024");
  assert.equal(howWords({ known: "told_by_agency", by: "", on: "2024-03-04" }), "Told by another agency, 4 March 2024");
  assert.equal(howWords({ known: "", by: "Amina Yusuf", on: "2024-03-04" }), "Recorded by Amina Yusuf, 4 March 2024");
});

test("what is known of one child says nothing about another, and what is confidential is never shown", () => {
  const known = { value: "sofa", known: "told", on: "2024-03-04", by: "Amina Yusuf" };
  const family = { established: { p1: { m: known } } };
  assert.equal(establishedOf(family, "p1", question("choice", { options }))?.value, "sofa");
  assert.equal(establishedOf(family, "p2", question("choice", { options })), undefined);
  assert.equal(establishedOf(family, "", question("choice", { options })), undefined);
  assert.equal(establishedOf(family, "p1", question("choice", { options, confidential: true })), undefined);
  assert.equal(establishedOf({}, "p1", question("choice", { options })), undefined);
});
