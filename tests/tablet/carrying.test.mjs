import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { database, DraftService } from "./database.mjs";
import { carriedOf, carry, carryAll, hear, note, wholeOf } from "../../static/tablet/carrying.js";
import { carryingKeyOf, keepCarryingKey, openCarryingKey } from "../../static/tablet/carrying_key.js";
import { bringBack, discard } from "../../static/tablet/discarded.js";
import { Autosave } from "../../static/tablet/drafts.js";
import { between, choose, elsewhereOf, fits, isKnown, keepHere, NotOpened, opened, download } from "../../static/tablet/elsewhere.js";
import { changesUpTo } from "../../static/tablet/history.js";
import { Records } from "../../static/tablet/records.js";
import { openRevision } from "../../static/tablet/revision.js";
import { whenOnService } from "../../static/tablet/revisions.js";
import { makeAccount, newDataKey, usable } from "../../static/tablet/vault.js";

const FORM = { form: "home_visit", form_version: 3, form_hash: "ff" };
const WORDS = { tablet: "calm river stone lamp", desk: "green apple quiet door" };
let service;

beforeEach(() => {
  service = new DraftService();
  service.labels = { tablet: "Tablet 7", desk: "Desk" };
  globalThis.fetch = (address, options) => (String(address).includes("/forms/") ? Response.json({}) : service.fetch(address, options));
});

/** One device of the practitioner. */
async function device(id) {
  const db = database();
  const records = new Records(db, "hv", await usable(newDataKey()));
  const row = await makeAccount({ account: "hv", raw: newDataKey(), passphrase: WORDS[id], recovery: null, device: null, rounds: 1000 });
  await keepCarryingKey(records, row, WORDS[id]);
  await records.put("family", "h", { household: "h", people: [] });
  return { db, records, device: { id, secret: "s" } };
}

/** A draft as it is written; its Autosave. */
async function begun(on, text, id = "d") {
  const body = { v: 1, household: "h", form: FORM.form, form_version: 3, occurred_on: "2026-11-22", answers: {}, calls: [], unasked_reasons: [] };
  const draft = { id, household: "h", ...FORM, began_at: "2026-11-22T09:00:00.000Z", saved_at: "2026-11-22T09:00:00.000Z", body, aside: {}, typed: {}, ways: {}, told: [] };
  await on.records.put("draft", id, draft, 0);
  const write = await goneOn(on, id);
  await write(text);
  return write;
}

async function goneOn(on, id = "d") {
  const { value, revision } = await on.records.get("draft", id);
  const autosave = new Autosave(on.records, value, revision, { saving() {}, saved() {}, failed() {} }, () => Date.parse("2026-11-22T10:00:00.000Z"));
  const write = async (text) => {
    value.body.answers.said = { value: text };
    autosave.touch();
    await autosave.settled();
  };
  return Object.assign(write, { draft: value, autosave });
}

const headsOf = (id = "d") => service.told(id, service.drafts.get(id)).heads;
const rowOf = (id, revision) => service.drafts.get(id).revisions.get(revision).row;
const puts = () => service.asked.filter((one) => one.startsWith("PUT")).length;
const there = async (on, id = "d") => whenOnService(await carriedOf(on.records, id), (await on.records.get("draft", id)).revision);
const saidBy = async (on, id = "d") => (await on.records.get("draft", id)).value.body.answers.said.value;

/** Opens a head of the list on another device. */
async function openOn(on, words, at = 0) {
  const away = (await elsewhereOf(on.records))[at];
  const row = await download(on.device.id, away.draft, away.head.revision);
  const content = await opened(on.records, { draft: away.draft, revision: away.head.revision }, row, words);
  await keepHere(on.records, away.head, content);
  return goneOn(on, away.draft);
}

test("the newest state goes up once, each takes the place of the last, and only then is it called saved to the service", async () => {
  const tablet = await device("tablet");
  const write = await begun(tablet, "one");
  assert.equal(await there(tablet), "");
  await carry(tablet, "d");
  assert.equal(await there(tablet), headsOf()[0].received_at);
  await carry(tablet, "d");
  assert.equal(puts(), 1);
  await write("two");
  assert.equal(await there(tablet), "");
  await carry(tablet, "d");
  assert.deepEqual([headsOf().length, puts()], [1, 2]);
  const { key } = await carryingKeyOf(tablet.records);
  const content = await openRevision("hv", rowOf("d", headsOf()[0].revision), key);
  assert.equal(content.draft.body.answers.said.value, "two");
  assert.equal(content.changes.length, content.draft.changes);
});

test("an answer that is lost, or a request, costs nothing: what may have arrived is never taken for another's branch", async () => {
  const tablet = await device("tablet");
  const write = await begun(tablet, "one");
  for (const [at, how] of ["cut", "lost", "cut", "lost"].entries()) {
    await write(`text ${at}`);
    service.network = [how === "lost" && at === 3 ? undefined : how, how]; // where something waits for an answer, the list is asked for first
    await carry(tablet, "d").catch(() => {});
    assert.equal(await there(tablet), "");
  }
  service.network = [];
  await carryAll(tablet);
  assert.equal(headsOf().length, 1);
  const known = await carriedOf(tablet.records, "d");
  assert.deepEqual([known.others, known.pending, known.parents], [[], [], [headsOf()[0].revision]]);
  assert.notEqual(await there(tablet), "");
});

test("what comes late, after a newer one, brings nothing back", async () => {
  const tablet = await device("tablet");
  const write = await begun(tablet, "one");
  let late;
  const { fetch } = service;
  globalThis.fetch = async (address, options) => {
    if (options.method === "PUT" && !late) {
      late = () => fetch(address, options);
      throw new TypeError("timed out");
    }
    return fetch(address, options);
  };
  await carry(tablet, "d").catch(() => {});
  await write("two");
  await carry(tablet, "d");
  const [newest] = headsOf();
  await late();
  assert.deepEqual(headsOf().map((one) => one.revision), [newest.revision]);
});

test("one that the service refuses is not sent again until it changes, and holds up no other", async () => {
  const tablet = await device("tablet");
  const write = await begun(tablet, "one");
  await begun(tablet, "other", "e");
  const no = () => Response.json({ problem: { code: "too_large", message: "Too large." } }, { status: 413 });
  service.network = [undefined, no()];
  await carryAll(tablet);
  assert.equal(service.drafts.has("d"), false);
  assert.equal(headsOf("e").length, 1);
  await carryAll(tablet);
  assert.equal(service.drafts.has("d"), false);
  await write("shorter");
  await carryAll(tablet);
  assert.notEqual(await there(tablet), "");
  assert.deepEqual((await carriedOf(tablet.records, "d")).parents, [headsOf()[0].revision]);
});

test("without a carrying key nothing goes up, and nothing fails", async () => {
  const tablet = await device("tablet");
  await begun(tablet, "one");
  await tablet.records.remove("carrying", "key");
  await carry(tablet, "d");
  assert.equal(puts(), 0);
});

test("begun on the tablet it is opened at the desk with the tablet's words, history and all, and goes on from there", async () => {
  const [tablet, desk] = [await device("tablet"), await device("desk")];
  await (await begun(tablet, "one"))("two");
  await carry(tablet, "d");
  assert.deepEqual(await elsewhereOf(desk.records), []);
  await hear(desk);
  const [{ head, draft }] = await elsewhereOf(desk.records);
  assert.deepEqual([draft, head.label], ["d", "Tablet 7"]);
  const row = await download("desk", draft, head.revision);
  for (const words of [WORDS.desk, "", "calm river stone camp"]) await assert.rejects(opened(desk.records, { draft, revision: head.revision }, row, words), NotOpened);
  assert.equal(isKnown(desk.records, row), false);
  assert.equal((await desk.records.get("draft", "d")), null);
  const write = await openOn(desk, WORDS.tablet);
  assert.equal(isKnown(desk.records, row), true);
  assert.equal(await saidBy(desk), "two");
  assert.equal((await changesUpTo(desk.records, "d", 9)).length, 2);
  assert.notEqual(await there(desk), "");
  await carry(desk, "d");
  assert.equal(puts(), 1); // nothing was changed at the desk yet
  assert.deepEqual(await elsewhereOf(desk.records), []);
  await write("three");
  await carry(desk, "d");
  assert.deepEqual(headsOf().map((one) => [one.device, one.parents]), [["desk", [head.revision]]]);
  await hear(tablet);
  const [ahead] = (await carriedOf(tablet.records, "d")).others;
  assert.deepEqual([ahead.device, ahead.ahead], ["desk", true]);
  assert.equal(await there(tablet), "");
  await assert.rejects(openOn({ ...desk, records: Object.assign(Object.create(desk.records), { account: "hv" }) }, WORDS.tablet)); // it is here already
});

test("what the service gives under another name is not opened", async () => {
  const [tablet, desk] = [await device("tablet"), await device("desk")];
  await begun(tablet, "one");
  await begun(tablet, "other", "e");
  await carryAll(tablet);
  const [row] = headsOf("e").map((head) => rowOf("e", head.revision));
  await assert.rejects(opened(desk.records, { draft: "d", revision: row.revision }, row, WORDS.tablet), NotOpened);
  await assert.rejects(opened(desk.records, { draft: "d", revision: row.revision }, { ...row, draft: "d" }, WORDS.tablet), NotOpened);
  const inside = await openCarryingKey("hv", row.wrap, WORDS.tablet);
  assert.equal((await openRevision("hv", row, inside)).draft.id, "e");
});

test("a draft is opened for its own family and form alone", async () => {
  const desk = await device("desk");
  const { draft } = await begun(desk, "one");
  await desk.records.remove("family", "h");
  await assert.rejects(fits(desk.records, draft), /Take your families first/);
  await desk.records.put("family", "h", { household: "h", people: [] });
  await assert.rejects(fits(desk.records, draft), /The form of this visit is not on this device/);
  await assert.rejects(fits(desk.records, { ...draft, body: { ...draft.body, household: "other" } }), /for which family/);
  await assert.rejects(fits(desk.records, { ...draft, form_version: 2 }), /for which family/);
});

/** A visit that was changed on both devices after the desk had opened it. */
async function twoBranches() {
  const [tablet, desk] = [await device("tablet"), await device("desk")];
  const onTablet = await begun(tablet, "one");
  await carry(tablet, "d");
  await hear(desk);
  const onDesk = await openOn(desk, WORDS.tablet);
  await onTablet("on the tablet");
  await onDesk("at the desk");
  onDesk.draft.body.calls.push({ id: "c", at: "2026-11-22T10:00:00.000Z", who: "", number: "", reached: true, spoke_to: "", said: "" });
  await onDesk("at the desk");
  await carry(desk, "d");
  await carry(tablet, "d");
  return { tablet, desk, onTablet, onDesk };
}

/** What the tablet's practitioner is shown and picks. */
async function chosen({ tablet, onTablet }, take) {
  const [head] = (await carriedOf(tablet.records, "d")).others;
  const row = await download("tablet", "d", head.revision);
  const { draft: there } = await opened(tablet.records, { draft: "d", revision: head.revision }, row, WORDS.desk);
  await choose({ records: tablet.records, draft: onTablet.draft, autosave: onTablet.autosave, there, head, take });
  await carry(tablet, "d");
  return there;
}

test("changed on both, both stay and each device hears of the other", async () => {
  const { tablet, desk, onTablet } = await twoBranches();
  assert.deepEqual(headsOf().map((one) => one.device), ["desk", "tablet"]);
  await hear(desk);
  for (const [on, other] of [[tablet, "desk"], [desk, "tablet"]]) {
    assert.deepEqual((await carriedOf(on.records, "d")).others.map((one) => [one.device, one.ahead]), [[other, false]]);
    assert.notEqual(await there(on), "");
  }
  await onTablet("typing goes on"); // and is kept, and goes up as its own branch
  await carry(tablet, "d");
  assert.deepEqual(headsOf().map((one) => one.device), ["desk", "tablet"]);
});

test("one of two is kept or taken by a person, one revision names both, and what was not chosen is in the history", async () => {
  for (const take of [true, false]) {
    service.drafts.clear();
    const branches = await twoBranches();
    const before = headsOf().map((one) => one.revision).sort();
    const theirs = await chosen(branches, take);
    assert.deepEqual(between(branches.onTablet.draft, theirs).calls, { here: [], there: [] });
    const { tablet, desk } = branches;
    assert.equal(await saidBy(tablet), take ? "at the desk" : "on the tablet");
    assert.deepEqual(headsOf().map((one) => [one.device, [...one.parents].sort()]), [["tablet", before]]);
    assert.equal((await tablet.records.get("draft", "d")).value.body.calls.length, 1);
    const changes = await changesUpTo(tablet.records, "d", 20);
    const taken = changes.find((one) => one.from === "Desk");
    assert.deepEqual(taken.cells.said, [{ value: "on the tablet" }, { value: "at the desk" }]);
    assert.equal(changes[0].number - taken.number, take ? 0 : 1);
    assert.deepEqual((await carriedOf(tablet.records, "d")).others, []);
    await hear(desk);
    assert.deepEqual((await carriedOf(desk.records, "d")).others.map((one) => one.ahead), [true]);
  }
});

test("of two branches that say the same, the choice still makes one", async () => {
  const [tablet, desk] = [await device("tablet"), await device("desk")];
  const onTablet = await begun(tablet, "one");
  await carry(tablet, "d");
  await hear(desk);
  const onDesk = await openOn(desk, WORDS.tablet);
  await onTablet("same");
  await onDesk("same");
  await carry(desk, "d");
  await carry(tablet, "d");
  await chosen({ tablet, onTablet }, false);
  assert.equal(headsOf().length, 1);
  assert.equal((await wholeOf(tablet.records, "d")).content.changes.some((one) => one.from), false);
});

test("discarded here, the service hears it and the other device keeps its copy; brought back, it goes on by itself", async () => {
  const [tablet, desk] = [await device("tablet"), await device("desk")];
  const { draft, autosave } = await begun(tablet, "one");
  await carry(tablet, "d");
  await hear(desk);
  const onDesk = await openOn(desk, WORDS.tablet);
  await discard(tablet.records, draft, autosave.revision, Date.parse("2026-11-22T11:00:00.000Z"));
  await carryAll(tablet);
  assert.equal(service.drafts.get("d").ended.how, "discarded");
  await onDesk("changed since");
  await carry(desk, "d");
  const known = await carriedOf(desk.records, "d");
  assert.deepEqual([known.ended.how, known.ended.label, await saidBy(desk)], ["discarded", "Tablet 7", "changed since"]);
  assert.equal(await there(desk), "");
  const asked = puts();
  await carryAll(desk);
  assert.equal(puts(), asked); // nobody said that it goes on here
  await note(desk.records, "d", (one) => ({ ...one, resume: true }));
  await carry(desk, "d");
  assert.notEqual(await there(desk), "");
  await bringBack(tablet.records, "d");
  await carryAll(tablet);
  assert.deepEqual((await carriedOf(tablet.records, "d")).others.map((one) => one.device), ["desk"]);

  await desk.records.put("draft", "e", { ...onDesk.draft, id: "e" }, 0);
  await carry(desk, "e");
  const { revision } = await desk.records.get("draft", "e");
  await discard(desk.records, { ...onDesk.draft, id: "e" }, revision, 0);
  await carryAll(desk);
  await bringBack(desk.records, "e");
  await carryAll(desk);
  assert.equal(service.drafts.get("e").ended, null);
  assert.notEqual(await there(desk, "e"), "");
});

test("what is finished or gone for good here is let go of here too, and a finished one is left to the visit itself to end", async () => {
  const tablet = await device("tablet");
  for (const id of ["d", "e"]) await begun(tablet, id, id);
  await carryAll(tablet);
  for (const id of ["d", "e"]) await tablet.records.remove("draft", id);
  await tablet.db.put("sealed", { id: "d" });
  await carryAll(tablet);
  assert.equal(await tablet.records.get("carried", "d"), null);
  assert.equal(await tablet.records.get("carried", "e"), null);
  assert.deepEqual([service.drafts.get("d").ended, service.drafts.get("e").ended.how], [null, "discarded"]);
});

test("a history that is too long stays on its device, and the draft goes alone", async () => {
  const [tablet, desk] = [await device("tablet"), await device("desk")];
  const write = await begun(tablet, "one");
  for (let at = 0; at < 12; at += 1) await write(`${at}`.repeat(10_000));
  assert.equal((await wholeOf(tablet.records, "d")).content.changes, null);
  await carry(tablet, "d");
  await hear(desk);
  await openOn(desk, WORDS.tablet);
  const { value } = await desk.records.get("draft", "d");
  assert.deepEqual([value.changes, (await changesUpTo(desk.records, "d", 20)).length], [0, 0]);
});

test("a service put back from an old copy is not called to have what it lost, and gets it again", async () => {
  const tablet = await device("tablet");
  const write = await begun(tablet, "one");
  await carry(tablet, "d");
  const old = structuredClone({ ...service.drafts.get("d"), revisions: [...service.drafts.get("d").revisions] });
  await write("two");
  await carry(tablet, "d");
  service.drafts.set("d", { ...old, revisions: new Map(old.revisions) });
  await hear(tablet);
  assert.equal(await there(tablet), "");
  await carry(tablet, "d");
  assert.notEqual(await there(tablet), "");
  service.drafts.clear();
  await hear(tablet);
  assert.equal(await there(tablet), "");
  await carryAll(tablet);
  assert.deepEqual([headsOf().length, await there(tablet)], [1, headsOf()[0].received_at]);
});

test("that a draft ended elsewhere is still known when the service has let go of it", async () => {
  const tablet = await device("tablet");
  await begun(tablet, "one");
  await carry(tablet, "d");
  service.drafts.get("d").ended = { how: "finished", at: service.now(), device: "desk", label: "Desk" };
  await hear(tablet);
  service.drafts.clear();
  await carryAll(tablet);
  assert.equal((await carriedOf(tablet.records, "d")).ended.label, "Desk");
  assert.equal(service.drafts.size, 0);
});
