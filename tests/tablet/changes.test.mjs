import assert from "node:assert/strict";
import { test } from "node:test";
import { bring, oneBack } from "../../static/tablet/bringing.js";
import { cellsOf, difference, rebuild, takeBack } from "../../static/tablet/changes.js";
import { Autosave } from "../../static/tablet/drafts.js";
import { ChangeWords, inOneSentence } from "../../static/tablet/form/change_words.js";
import { answerAt, place, questionsOf, rowsAt, setAnswer } from "../../static/tablet/form/body.js";
import { cellsAfter, changesUpTo, takenBack, toUndo } from "../../static/tablet/history.js";

const blank = () => ({
  id: "d", household: "h", saved_at: "", aside: {}, typed: {}, ways: {}, told: [],
  body: { v: 1, household: "h", form: "f", occurred_on: "2026-11-22", calls: [], unasked_reasons: [], answers: { children: { rows: [{ id: "c1", person: "ivy", answers: {} }, { id: "c2", person: "may", answers: {} }], complete: false } } },
});

/** Records in memory. What a step writes is there whole or not at all, as in the tablet's database. */
function memory() {
  const kept = new Map();
  const sorted = (store, from, to) => [...kept.keys()].filter((key) => key.startsWith(`${store}|`) && key >= `${store}|${from}` && key <= `${store}|${to}`).sort();
  const records = {
    kept, fails: false, steps: 0,
    encrypt: (store, id, value, revision) => Promise.resolve([`${store}|${id}`, JSON.stringify(value), revision]),
    async put(store, id, value, was, beside = []) {
      const rows = await Promise.all([records.encrypt(store, id, value, was + 1), ...beside]);
      if (records.fails) throw new Error("full");
      records.steps += 1;
      for (const [key, text] of rows) kept.set(key, text);
      return was + 1;
    },
    all: async (store, from, to) => sorted(store, from, to).map((key) => JSON.parse(kept.get(key))),
    draft: () => JSON.parse(kept.get("draft|d")),
  };
  return records;
}

const quiet = { saving() {}, saved() {}, failed() {} };

/** A visit that is being written, and a clock for it. */
function writing(draft = blank()) {
  const records = memory();
  const clock = { now: Date.parse("2026-11-22T10:00:00.000Z") };
  const autosave = new Autosave(records, draft, 0, quiet, () => clock.now);
  const act = async (change, stay) => {
    change();
    autosave.touch(stay);
    await autosave.settled();
  };
  const undo = async () => {
    const last = await toUndo(records, draft);
    if (!last) return null;
    takenBack(draft, last);
    autosave.touch("", { undo: last.number });
    await autosave.settled();
    return last;
  };
  return { records, clock, autosave, draft, act, undo, changes: () => changesUpTo(records, "d", draft.changes ?? 0) };
}

/** The same numbers for the same seed. */
function random(seed) {
  let state = seed;
  return (below) => ((state = (state * 1103515245 + 12345) % 2147483648), Math.floor((state / 2147483648) * below));
}

let ids = 0;

/** One act of somebody at the form: an answer given or cleared, a row begun, removed or whole, a question hidden or shown again, and so on. */
function edit(draft, below) {
  const { body } = draft;
  const children = body.answers.children.rows;
  const child = children.length ? `children/${children[below(children.length)].id}` : null;
  const nights = child && (answerAt(body, `${child}/nights`)?.rows ?? []);
  const night = nights?.length ? `${child}/nights/${nights[below(nights.length)].id}` : null;
  const path = [child && `${child}/seen`, night && `${night}/surface`, night && `${night}/with`, "floors", "words"].filter(Boolean);
  const one = path[below(path.length)];
  const hide = (what) => answerAt(body, what) && ((draft.aside[what] = answerAt(body, what)), setAnswer(body, what, undefined));
  const acts = [
    () => setAnswer(body, one, { value: `v${below(4)}`, known: ["seen", "told"][below(2)] }),
    () => setAnswer(body, one, { absent: "not_asked" }),
    () => setAnswer(body, one, undefined),
    () => child && rowsAt(body, `${child}/nights`).rows.splice(below(2), 0, { id: `n${(ids += 1)}`, person: null, answers: {} }),
    () => night && rowsAt(body, `${child}/nights`).rows.splice(below(nights.length), 1),
    () => below(3) === 0 && children.length > 1 && children.splice(below(children.length), 1),
    () => child && (rowsAt(body, `${child}/nights`).complete = below(2) === 0),
    () => hide(one),
    () => child && hide(`${child}/nights`),
    () => {
      const [what] = Object.keys(draft.aside);
      if (!what || answerAt(body, what) !== undefined || !place(body, what)) return;
      setAnswer(body, what, draft.aside[what]);
      delete draft.aside[what];
    },
    () => (draft.typed[one] = `typed ${below(3)}`),
    () => delete draft.typed[one],
    () => (draft.ways[one] = "told"),
    () => (body.occurred_on = `2026-11-2${below(3)}`),
    () => body.unasked_reasons.push({ finding: `f${(ids += 1)}`, row: child ?? "", reason: "no time" }),
    () => (body.unasked_reasons = body.unasked_reasons.slice(1)),
  ];
  acts[below(acts.length)]();
}

/** A draft as its cells say it: reasons and answers in any order are the same draft. */
const said = (draft) => [...cellsOf(draft)].sort(([a], [b]) => (a < b ? -1 : 1));
const seeds = [...Array(25).keys()].map((seed) => seed * 7919 + 3);

test("a draft taken apart and put together again is the same draft", () => {
  for (const seed of seeds) {
    const [below, draft] = [random(seed), blank()];
    for (let step = 0; step < 60; step += 1) edit(draft, below);
    const other = blank();
    rebuild(other, cellsOf(draft));
    assert.deepEqual({ ...other, body: { ...other.body, unasked_reasons: [] } }, { ...structuredClone(draft), body: { ...draft.body, unasked_reasons: [] } }, `seed ${seed}`);
    assert.deepEqual(said(other), said(draft), `seed ${seed}`);
  }
});

test("bringing back any moment gives the draft as it was then, and undoing everything the blank one", async () => {
  for (const seed of seeds) {
    const below = random(seed);
    const { records, draft, act, undo } = writing();
    const moments = [said(draft)];
    for (let step = 0; step < 50; step += 1) {
      await act(() => edit(draft, below));
      moments[draft.changes ?? 0] = said(draft);
      if (below(6) === 0) {
        await undo();
        moments[draft.changes ?? 0] = said(draft);
      }
    }
    assert.deepEqual(said(records.draft()), said(draft), `seed ${seed}`);
    for (let number = 0; number <= draft.changes; number += 7) {
      const then = blank();
      rebuild(then, await cellsAfter(records, draft, number));
      assert.deepEqual(said(then), moments[number], `seed ${seed}, change ${number}`);
    }
    const made = draft.changes;
    const back = Math.floor(made / 2);
    const cells = await cellsAfter(records, draft, back);
    await act(() => rebuild(draft, cells));
    assert.deepEqual(said(draft), moments[back], `seed ${seed}`);
    await undo();
    assert.deepEqual(said(draft), moments[made], `seed ${seed}: bringing everything back can be undone`);
    while (await undo());
    assert.deepEqual(said(draft), said(blank()), `seed ${seed}: undoing everything`);
  }
});

test("whenever the tablet dies, the changes on the disk lead from the blank visit to the draft on the disk", async () => {
  for (const seed of seeds.slice(0, 8)) {
    const below = random(seed);
    const { records, draft, autosave } = writing();
    const put = records.put;
    records.put = async (...given) => {
      const revision = await put(...given);
      const dead = records.draft();
      rebuild(dead, await cellsAfter(records, dead, 0));
      assert.deepEqual(said(dead), said(blank()), `seed ${seed}, step ${records.steps}`);
      return revision;
    };
    for (let step = 0; step < 80; step += 1) {
      records.fails = below(5) === 0;
      edit(draft, below);
      autosave.touch(["", "words 0"][below(2)]);
      for (let turn = below(6); turn > 0; turn -= 1) await null; // acts fall anywhere within a write
      if (below(4) === 0) await autosave.settled().catch(() => {});
    }
    records.fails = false;
    autosave.touch();
    await autosave.settled();
    assert.deepEqual(said(records.draft()), said(draft), `seed ${seed}`);
  }
});

test("typing is one change while the field is not left and nobody pauses, and each letter is on the disk", async () => {
  const { records, clock, draft, act, changes } = writing();
  for (const text of ["s", "so", "sof", "sofa"]) {
    await act(() => setAnswer(draft.body, "words", { value: text }), "words 0");
    assert.equal(records.draft().body.answers.words.value, text);
  }
  assert.deepEqual((await changes()).map((one) => one.cells), [{ words: [null, { value: "sofa" }] }]);
  clock.now += 60_000;
  await act(() => setAnswer(draft.body, "words", { value: "sofa bed" }), "words 0");
  await act(() => setAnswer(draft.body, "words", { value: "sofa beds" }), "words 1");
  await act(() => setAnswer(draft.body, "floors", { value: "good" }), "");
  await act(() => setAnswer(draft.body, "floors", { value: "bad" }), "");
  assert.deepEqual((await changes()).map((one) => one.number), [5, 4, 3, 2, 1]);
});

test("what one tap changes here and there is one change, and nothing changed is none", async () => {
  const { draft, act, changes, autosave } = writing();
  await act(() => {
    setAnswer(draft.body, "floors", { value: "good" });
    autosave.touch();
    draft.aside.words = { value: "x" };
    autosave.touch();
  });
  assert.deepEqual((await changes()).map((one) => Object.keys(one.cells).sort()), [["floors", "~words"]]);
  await act(() => draft.told.push("grave"));
  await act(() => draft.body.calls.push({ id: "k" }));
  assert.equal(draft.changes, 1);
});

test("a letter typed and taken away again leaves nothing to undo", async () => {
  const { draft, act, undo, changes } = writing();
  await act(() => setAnswer(draft.body, "floors", { value: "good" }));
  await act(() => setAnswer(draft.body, "words", { value: "x" }), "words 0");
  await act(() => setAnswer(draft.body, "words", undefined), "words 0");
  assert.deepEqual((await changes())[0].cells, {});
  assert.equal((await undo()).number, 1);
});

test("undo goes on backwards past what it took back, and a call that was made stays", async () => {
  const { draft, act, undo } = writing();
  for (const value of ["a", "b", "c"]) await act(() => setAnswer(draft.body, "floors", { value }));
  draft.body.calls.push({ id: "k" });
  await undo();
  await undo();
  assert.equal(draft.body.answers.floors.value, "a");
  await act(() => setAnswer(draft.body, "floors", { value: "d" }));
  await undo();
  assert.equal(draft.body.answers.floors.value, "a");
  await undo();
  assert.equal(draft.body.answers.floors, undefined);
  assert.equal(await undo(), null);
  assert.deepEqual(draft.body.calls, [{ id: "k" }]);
});

test("a page of changes is never more than a page, whatever the draft has been through", async () => {
  const { records, draft, act } = writing();
  for (let step = 0; step < 100; step += 1) await act(() => setAnswer(draft.body, "floors", { value: `v${step}` }));
  const page = await changesUpTo(records, "d", 100);
  assert.deepEqual([page.length, page[0].number, page.at(-1).number], [40, 100, 61]);
  assert.equal((await cellsAfter(records, draft, 10)).get("floors").value, "v9");
});

// --- one answer back ---------------------------------------------------------------------------------------------------

const ask = (id, more = {}) => ({ id, kind: "choice", label: `${id}?`, show_if: null, questions: [], options: [{ code: "sofa", label: "On a sofa" }, { code: "cot", label: "In a cot" }], ...more });
const listed = (id, label, row_title, questions, more = {}) => ({ id, kind: "rows", label, row_title, show_if: null, options: [], questions, ...more });
const bundle = { lang: 2, findings: [], scores: [], sections: [{ questions: [
  ask("floors"), ask("words", { kind: "text" }), ask("safe", { confidential: true }),
  listed("children", "Each child", "Child", [ask("seen"), listed("nights", "Each sleep", "Sleep", [ask("surface"), ask("with", { show_if: ["==", ["get", "surface"], "sofa"] })])]),
] }] };
const family = { household: "h", given: {}, people: [{ id: "ivy", given_names: "Ivy" }, { id: "may", given_names: "May" }] };
const wordsOf = (draft) => new ChangeWords(questionsOf(bundle), family, cellsOf(draft));
const night = { id: "n1", person: null, answers: { surface: { value: "sofa", known: "told" } } };

test("a row that was removed comes back with its id and its answers, and no other goes for it", () => {
  const draft = blank();
  rowsAt(draft.body, "children/c1/nights").rows.push(night, { id: "n2", person: null, answers: {} });
  const before = cellsOf(draft);
  rowsAt(draft.body, "children/c1/nights").rows.shift();
  const change = { cells: difference(before, cellsOf(draft)) };
  rowsAt(draft.body, "children/c1/nights").rows.push({ id: "n3", person: null, answers: {} });
  const then = oneBack(cellsOf(draft), change, "children/c1/nights");
  rebuild(draft, then);
  assert.deepEqual(rowsAt(draft.body, "children/c1/nights").rows, [night, { id: "n2", person: null, answers: {} }, { id: "n3", person: null, answers: {} }]);
  assert.equal(oneBack(cellsOf(draft), change, "children/c1/nights"), null); // it is back
});

test("an answer whose row is gone has no place to come back to, and none is ever put in another's", () => {
  const draft = blank();
  rowsAt(draft.body, "children/c1/nights").rows.push(structuredClone(night));
  const before = cellsOf(draft);
  setAnswer(draft.body, "children/c1/nights/n1/surface", { value: "cot" });
  const change = { cells: difference(before, cellsOf(draft)) };
  assert.notEqual(oneBack(cellsOf(draft), change, "children/c1/nights/n1/surface"), null);
  draft.body.answers.children.rows.shift();
  assert.equal(oneBack(cellsOf(draft), change, "children/c1/nights/n1/surface"), null);
});

test("with an answer comes what depends on it, and what depends on it no more is put aside", () => {
  const draft = blank();
  const at = "children/c1/nights/n1";
  rowsAt(draft.body, "children/c1/nights").rows.push({ id: "n1", person: null, answers: { surface: { value: "cot" } } });
  draft.aside[`${at}/with`] = { value: "cot" };
  bring(draft, oneBack(cellsOf(draft), { cells: { [`${at}/surface`]: [{ value: "sofa" }, { value: "cot" }] } }, `${at}/surface`), bundle, family);
  assert.deepEqual([answerAt(draft.body, `${at}/with`), draft.aside], [{ value: "cot" }, {}]);
  bring(draft, oneBack(cellsOf(draft), { cells: { [`${at}/surface`]: [null, { value: "sofa" }] } }, `${at}/surface`), bundle, family);
  assert.deepEqual([answerAt(draft.body, `${at}/with`), draft.aside], [undefined, { [`${at}/with`]: { value: "cot" } }]);
});

// --- in words ----------------------------------------------------------------------------------------------------------

const line = (cells, draft = blank()) => wordsOf(draft).lines(cells).map(({ place, from, to }) => `${place} ${from} to ${to}`);

test("a change is said by name, question and the words of its options", () => {
  const draft = blank();
  rowsAt(draft.body, "children/c1/nights").rows.push(structuredClone(night));
  const at = "children/c1/nights/n1/surface";
  assert.deepEqual(line({ [at]: [null, { value: "sofa", known: "told" }] }, draft), ["Ivy, Sleep 1: surface? nothing to “On a sofa” (told)"]);
  assert.deepEqual(line({ [at]: [{ absent: "refused" }, null], [`~${at}`]: [null, { absent: "refused" }] }, draft), [
    "Ivy, Sleep 1: surface? no answer: would rather not say or show to no answer: would rather not say or show, put aside with its question",
  ]);
  assert.deepEqual(line({ "?floors": [null, "sevn"] }), ["floors? nothing to “sevn”, which is no answer yet"]);
  assert.deepEqual(line({ "=": ["2026-11-22", "2026-11-21"], "@children/c1": [null, "told"] }), ["Day of the visit 22 November 2026 to 21 November 2026"]);
});

test("a removed row is one line with its name, and the first answer of a new one says the row too", () => {
  const draft = blank();
  const nights = (...ids) => ({ rows: ids.map((id) => [id, null]), complete: false });
  const removed = { "children/c1/nights": [nights("n1", "n2"), nights("n2")], "children/c1/nights/n1/surface": [{ value: "sofa" }, null] };
  rowsAt(draft.body, "children/c1/nights").rows.push({ id: "n2", person: null, answers: {} });
  assert.deepEqual(line(removed, draft), ["Ivy: Each sleep Sleep 1 (removed), Sleep 1 to Sleep 1"]);
  const begun = { "children/c1/nights": [null, nights("n2")], "children/c1/nights/n2/surface": [null, { value: "cot" }] };
  assert.deepEqual(line(begun, draft), ["Ivy, Sleep 1: surface? nothing to “In a cot”"]);
});

test("the sentence that anybody may hear has no words of what is for the practitioner alone", () => {
  const lines = wordsOf(blank()).lines({ safe: [{ value: "sofa" }, null] });
  assert.equal(lines[0].alone, true);
  assert.equal(inOneSentence(lines), "an answer that is for you alone");
  assert.equal(inOneSentence([...wordsOf(blank()).lines({ floors: [null, { value: "cot" }] }), ...lines]), "floors?, from nothing to “In a cot”, and 1 more");
});

test("taking a change back is the exact opposite of it", () => {
  for (const seed of seeds) {
    const [below, draft] = [random(seed), blank()];
    for (let step = 0; step < 20; step += 1) edit(draft, below);
    const before = cellsOf(draft);
    edit(draft, below);
    const after = cellsOf(draft);
    takeBack(after, difference(before, after));
    assert.deepEqual(difference(before, after), {}, `seed ${seed}`);
  }
});

test("cells make the same draft in whatever order they come, and a row comes back to the place it had", () => {
  const draft = blank();
  rowsAt(draft.body, "children/c1/nights").rows.push({ id: "n2", person: null, answers: {} }, structuredClone(night));
  const other = blank();
  rebuild(other, new Map([...cellsOf(draft)].reverse()));
  assert.deepEqual(other.body.answers, draft.body.answers);
  const before = cellsOf(draft);
  rowsAt(draft.body, "children/c1/nights").rows.pop();
  rebuild(draft, oneBack(cellsOf(draft), { cells: difference(before, cellsOf(draft)) }, "children/c1/nights"));
  assert.deepEqual(draft.body.answers, other.body.answers);
});
