import assert from "node:assert/strict";
import { test } from "node:test";
import { answerAt, place, questionsOf, readBy, rowsAt, setAnswer } from "../../static/tablet/form/body.js";
import { KINDS, numberFault } from "../../static/tablet/form/kinds.js";
import { askable, keyOf, marker, needReason, presentIn, scoreWords, tonightIn } from "../../static/tablet/form/summary.js";
import { placeWords } from "../../static/tablet/form/wording.js";

const body = () => ({
  answers: {
    floors: { value: "good", known: "seen" },
    hazards: { absent: "not_asked" },
    beds: { absent: "refused" },
    children: { complete: true, rows: [{ id: "c1", person: "p1", answers: { nights: { complete: false, rows: [{ id: "n1", person: null, answers: { surface: { value: "sofa" } } }] } } }] },
  },
});
const SURFACE = "children/c1/nights/n1/surface";

test("a path leads to the answer of one child on one night, and nowhere when the row is gone", () => {
  assert.deepEqual(answerAt(body(), SURFACE), { value: "sofa" });
  assert.equal(answerAt(body(), "children/c2/nights/n1/surface"), undefined);
  assert.equal(place(body(), "children/c2/seen"), null);
});

test("an answer that is taken back leaves no key, because no answer is not an empty one", () => {
  const visit = body();
  setAnswer(visit, SURFACE, undefined);
  assert.equal("surface" in place(visit, SURFACE).answers, false);
  setAnswer(visit, "children/gone/seen", { value: "awake" }); // a late keystroke for a removed row is nobody's answer
  assert.equal(visit.answers.children.rows.length, 1);
});

test("rows begin empty and not complete", () => {
  assert.deepEqual(rowsAt(body(), "children/c1/nights/n1/sharers"), { rows: [], complete: false });
});

test("what a rule reads is found in every corner of its tree", () => {
  const tree = ["or", ["==", ["get", "who"], "pet"], ["some", "nights", ["has", ["get", "taken"], "alcohol"]], ["count", 2, "sharers", ["get", "smoker"]]];
  assert.deepEqual(readBy(tree).sort(), ["nights", "sharers", "smoker", "taken", "who"]);
  assert.deepEqual(readBy(null), []);
});

test("a number is whole and within its limits, or it is not an answer yet", () => {
  const question = { minimum: 0, maximum: 100 };
  assert.deepEqual(["", "7", " 12 ", "0"].map((typed) => numberFault(typed, question)), ["", "", "", ""]);
  for (const typed of ["seven", "1.5", "-1", "101", "1e2", "٣"]) assert.notEqual(numberFault(typed, question), "", typed);
  const part = { querySelector: () => ({ value: "seven" }) };
  assert.equal(KINDS.integer.read(part, question), undefined);
});

const finding = (code, state, more = {}) => ({ finding: code, row: "", person: "", area: "sleep", state, severity: "advise", level: 2, because: ["seen"], missing: [], under: "", ...more });

test("the marker counts and never weighs", () => {
  assert.equal(marker([], 0), "No notes yet");
  assert.equal(marker([finding("a", "present", { severity: "tonight", level: 4 })], 0), "1 note");
  assert.equal(marker([finding("a", "present"), finding("b", "present"), finding("c", "cannot_tell"), finding("d", "absent")], 1), "2 notes, 1 thing to ask");
});

test("a score is said against its most, as a range while something of it is not answered, and not at all before", () => {
  const bundle = { scores: [{ id: "audit_c", title: "AUDIT-C", max: 12 }] };
  const score = (at_least, could_be) => scoreWords(bundle, { id: "audit_c", row: "", person: "", at_least, could_be });
  assert.equal(score(6, 6), "AUDIT-C: 6 of 12");
  assert.equal(score(3, 7), "AUDIT-C: at least 3, could be 7, of 12");
  assert.equal(score(0, 12), "");
});

test("what cannot wait is what is present and for tonight", () => {
  const all = [finding("a", "present", { severity: "tonight" }), finding("b", "cannot_tell", { severity: "tonight" }), finding("c", "present")];
  assert.deepEqual(tonightIn(all).map(keyOf), ["a "]);
  assert.deepEqual(presentIn(all).map((one) => one.finding), ["a", "c"]);
});

test("what a graver finding says already is no note of its own, and what cannot wait is never lost by it", () => {
  const grave = finding("grave", "present", { level: 4 });
  const lesser = finding("lesser", "present", { severity: "tonight", under: "grave" });
  assert.deepEqual(presentIn([lesser, grave]).map((one) => one.finding), ["grave"]);
  assert.deepEqual(tonightIn([lesser, grave]).map((one) => one.finding), ["lesser"]);
  assert.deepEqual(tonightIn([lesser, { ...grave, severity: "tonight" }]).map((one) => one.finding), ["grave"]);
});

test("what waits only for a list to be called whole is not asked about before the end; an empty list is", () => {
  const waits = (code, missing) => finding(code, "cannot_tell", { missing });
  const all = [waits("list", ["children"]), waits("both", ["children", "cause"]), waits("nobody", ["adults"]), waits("record", ["given/history/past"]), finding("there", "present")];
  assert.deepEqual(askable(all, body()).map((one) => one.finding), ["both", "nobody", "record", "there"]);
});

const open = (missing) => finding("grave", "cannot_tell", { level: 4, missing });
const four = { at_least: 1, could_be: 4, because: [] };

for (const [why, missing, needed] of [
  ["never asked", ["cause"], true],
  ["marked not asked", ["hazards"], true],
  ["rows not said to be all", ["children"], true],
  ["asked and refused", ["beds"], false],
  ["not in the record, and no question could settle it", ["given/history/level_agreed"], false],
]) {
  test(`level 4 still possible, ${why}: ${needed ? "a reason is needed" : "no reason is needed"}`, () => {
    assert.equal(needReason([open(missing)], four, body()).length, needed ? 1 : 0);
  });
}

test("below level 4 nothing stands in the way of finishing", () => {
  assert.deepEqual(needReason([open(["cause"])], { ...four, could_be: 3 }, body()), []);
});

test("a place is said by name and question", () => {
  const bundle = { sections: [{ questions: [
    { id: "children", kind: "rows", label: "Each child", row_title: "Child", show_if: null, questions: [
      { id: "nights", kind: "rows", label: "Each sleep", row_title: "Sleep", show_if: null, questions: [{ id: "surface", kind: "choice", label: "Slept on?", show_if: null, questions: [] }] }] }] }] };
  const form = { questions: questionsOf(bundle), draft: { body: body() }, family: { people: [{ id: "p1", given_names: "Ava" }] } };
  assert.equal(placeWords(form, SURFACE), "Ava, Sleep 1: Slept on?");
  assert.equal(placeWords(form, "children"), "Each child (is that all?)");
  assert.equal(placeWords(form, "given/people/p1/born_on"), "the date of birth, in the record");
});
