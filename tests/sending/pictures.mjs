// What must be so of photographs, as truth.mjs is of visits: each that a visit lists is in one place, whole, until the service has it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { decryptRecord, Records } from "../../static/tablet/records.js";
import { photographsSent } from "../../static/tablet/status.js";

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const listedIn = (body) => body.photographs?.taken ?? [];

/** @param {{ get: (name: string, key: any) => Promise<any> }} disk @param {string} visit @param {any} taken @param {any} key @param {string} account */
async function readable(disk, visit, taken, account, key) {
  const picture = await new Records(disk, account, key).getBytes("photograph", `${visit}/${taken.id}`);
  return picture !== null && hash(picture) === taken.sha256;
}

/** @param {Record<string, any[]>} image what is on the tablet's disk */
function lookedUp(image) {
  const records = new Map(image.records.map((row) => [`${row.account}/${row.store}/${row.id}`, row]));
  const pieces = new Map();
  for (const one of image.pieces) pieces.set(one.photograph, [...(pieces.get(one.photograph) ?? []), one]);
  return { records, pieces, rows: new Map(image.photographs.map((row) => [row.id, row])), disk: { get: async (_store, key) => records.get(key.join("/")) } };
}

/**
 * @param {any} visit as the truth knows it now @param {string} place where it is @param {Record<string, any[]>} image
 * @param {{ keys: Record<string, CryptoKey>, service: any, network: any, now: number }} world @returns {Promise<Set<string>>} the photographs that belong to it
 */
export async function checkPictures(visit, place, image, { keys, service, network, now }) {
  const where = `photographs of visit ${visit.id}, ${place}`;
  const { records, pieces, rows, disk } = lookedUp(image);
  const key = keys[visit.account];
  if (place === "draft" || place === "discarded") {
    const draft = await decryptRecord(key, records.get(`${visit.account}/${place}/${visit.id}`));
    const taken = listedIn(draft.body);
    for (const one of taken) assert.ok(await readable(disk, visit.id, one, visit.account, key), `${where}: the draft lists one that is not there`);
    for (const id of visit.pictures ?? []) assert.ok(taken.some((one) => one.id === id), `${where}: one that was called kept is gone`);
    return new Set();
  }
  const left = records.get(`${visit.account}/unsealed/${visit.id}`);
  const unsealed = left ? (await decryptRecord(key, left)).taken.map(({ id }) => id) : [];
  const taken = listedIn(JSON.parse(visit.bytes));
  for (const one of taken) {
    const row = rows.get(one.id);
    assert.ok(!one.lost, `${where}: one is said to be lost`);
    if (!row) {
      assert.ok(unsealed.includes(one.id), `${where}: one is nowhere`);
      assert.ok(await readable(disk, visit.id, one, visit.account, key), `${where}: one that is not sealed cannot be read`);
    } else if (row.receipt) {
      assert.equal(place, "sent", `${where}: one was sent before its visit`);
      assert.ok(network.whole.has(`${one.id} ${one.sha256}`), `${where}: one was let go, and its receipt has not come through`);
      assert.equal(hash(service.photograph(visit.id, one.id)?.bytes ?? ""), one.sha256, `${where}: acknowledged, and the service does not have it`);
      assert.ok(!pieces.has(one.id), `${where}: one was sent, and pieces of it are still here`);
    } else {
      assert.deepEqual([row.visit, row.account, row.sha256], [visit.id, visit.account, one.sha256], `${where}: another was sealed`);
      assert.deepEqual((pieces.get(one.id) ?? []).sort((a, b) => a.number - b.number).map(({ bytes }) => hash(bytes)), row.pieces, `${where}: pieces are missing`);
      const words = photographsSent({ sent: 0, waiting: [row] }, place === "sent", now);
      assert.match(words, /^[A-Z0-9].{20,}\.$/, `${where}: no reason in words`);
      assert.doesNotMatch(words, /undefined|Invalid/, `${where}: no reason in words`);
    }
  }
  return new Set(taken.map(({ id }) => id));
}

/** What belongs to no visit that there is. @param {Record<string, any[]>} image @param {Map<string, any>} visits @param {Set<string>} belong */
export function checkNothingLeft({ records, photographs, pieces }, visits, belong) {
  assert.ok(photographs.every(({ id }) => belong.has(id)), "the tablet holds a photograph that no visit lists");
  assert.ok(pieces.every(({ photograph }) => belong.has(photograph)), "the tablet holds a piece that belongs to nothing");
  for (const { store, id } of records) {
    if (store === "photograph") assert.ok(visits.has(id.split("/")[0]), "the tablet holds a picture of a visit that is gone");
  }
}

/** The way was clear: whatever was sealed has arrived. @param {any[]} visits that were sent @param {any} service @param {Set<string>} refused */
export function checkAllArrived(visits, service, refused) {
  for (const visit of visits) {
    for (const { id, sha256 } of listedIn(JSON.parse(visit.bytes))) {
      const kept = service.photograph(visit.id, id);
      assert.ok(kept || refused.has(id), `photograph ${id}: the way is clear, and it is not with the service`);
      assert.ok(!kept || (hash(kept.bytes) === sha256 && kept.author === visit.account), `photograph ${id}: the service has another`);
    }
  }
}
