// @ts-check
// Photographs of a place, which belong to a visit: what the visit says of them, and the pictures beside it, each a record of its own that
// opens for no other visit. When the visit is sealed each is sealed for the service too and cut into pieces, named by their hash, so that a
// connection that breaks costs one piece.

import { sha256, toBase64url } from "./bytes.js";
import { inOneStep, rangeOf } from "./records.js";
import { sealBytes } from "./seal.js";

/** @import { Body, CaseloadHead, Consent, Database, Draft, Photographs, Piece, Taken, Unsealed, WaitingPhotograph } from "./types" */
/** @import { Records, Store } from "./records.js" */

export const MOST = 40;
export const PIECE = 16_384; // bytes: under a second of a slow connection, which is what a break costs at most
const INFO = "visitapp sealed photograph v1";

/** Which place it shows: as the service has them. */
export const PLACES = /** @type {Record<string, string>} */ ({
  where_baby_sleeps: "Where the baby sleeps", bedroom: "Bedroom", living_room: "Living room", kitchen: "Kitchen",
  bathroom: "Bathroom or toilet", stairs: "Stairs or hall", outside: "Outside the home", elsewhere: "Somewhere else",
});

/** @type {Consent} */
export const NO_CONSENT = { who: "", agreed: false, at: null };

/** What a visit says of photographs; a blank one that is no part of it where it says nothing. @param {Body} body @returns {Photographs} */
export const photographsOf = (body) => body.photographs ?? { consent: NO_CONSENT, taken: [] };

/** Blank, it is no part of the visit. In the order in which they were taken. @param {Body} body @param {Photographs} said */
export function setPhotographs(body, { consent, taken }) {
  if (!consent.who && !consent.agreed && !taken.length) delete body.photographs;
  else body.photographs = { consent, taken: taken.sort((a, b) => (a.taken_at < b.taken_at ? -1 : 1)) };
}

/** Whether somebody is written down who agreed. @param {Body} body */
export const agreed = (body) => photographsOf(body).consent.agreed && photographsOf(body).consent.who.trim() !== "";

const STORE = "photograph";
/** @param {string} draft @param {string} id */
const idOf = (draft, id) => `${draft}/${id}`;

/** All pictures of a draft. @param {string} account @param {string} draft */
export const picturesOf = (account, draft) => rangeOf(account, STORE, `${draft}/`, `${draft}0`); // "0" follows "/"

/** Encrypts a picture and keeps it, by itself: where there is no room for it the visit goes on as it was. @param {Records} records @param {Draft} draft @param {Uint8Array<ArrayBuffer>} picture @param {{ id: string, place: string, now: string }} given @returns {Promise<Taken>} */
export async function keepPicture(records, draft, picture, { id, place, now }) {
  await records.putBytes(STORE, idOf(draft.id, id), picture);
  return { id, sha256: await sha256(picture), size: picture.length, place, caption: "", taken_at: now };
}

/** The picture; null when it cannot be read any more. @param {Records} records @param {string} draft @param {Taken} taken */
export async function pictureOf(records, draft, taken) {
  const picture = await records.getBytes(STORE, idOf(draft, taken.id));
  return picture && (await sha256(picture)) === taken.sha256 ? picture : null;
}

/** How many of a draft's pictures are not on this device: they stay on the one that took them. @param {Records} records @param {Draft} draft */
export async function onOtherDevices(records, draft) {
  const here = await Promise.all(photographsOf(draft.body).taken.map(({ id }) => records.db.getKey("records", [records.account, STORE, idOf(draft.id, id)])));
  return here.filter((key) => key === undefined).length;
}

/** @typedef {{ row: WaitingPhotograph, pieces: Piece[] }} Sealed */
/** @typedef {{ visit: string, account: string, device: string, head: Pick<CaseloadHead, "service_key">, now: string }} Sealing */

/** @param {Taken} taken @param {Uint8Array<ArrayBuffer>} picture @param {Sealing} given @returns {Promise<Sealed>} */
export async function sealPicture(taken, picture, { visit, account, device, head, now }) {
  const envelope = JSON.stringify({
    v: 1, photograph: taken.id, visit, author: account, device, sealed_at: now, sha256: taken.sha256, key: head.service_key.id,
  });
  const { epk, iv, sealed } = await sealBytes(picture, envelope, head.service_key, INFO);
  const cut = Array.from({ length: Math.ceil(sealed.length / PIECE) }, (_, number) => sealed.slice(number * PIECE, (number + 1) * PIECE));
  /** @type {WaitingPhotograph} */
  const row = {
    id: taken.id, visit, account, sealed_at: now, sha256: taken.sha256, receipt: null, envelope, epk: toBase64url(epk), iv: toBase64url(iv),
    pieces: await Promise.all(cut.map(sha256)), attempts: 0, next_at: now, trouble: null,
  };
  return { row, pieces: cut.map((bytes, number) => ({ photograph: taken.id, number, bytes })) };
}

/**
 * What a visit is sealed with: its body, in which photographs that cannot be read any more are marked, and the others sealed. Without anybody
 * who agreed none is part of it. @param {Records} records @param {Draft} draft @param {Sealing} given @returns {Promise<{ body: Body, sealed: Sealed[] }>}
 */
export async function sealedWith(records, draft, given) {
  const body = { ...draft.body };
  if (!agreed(body)) delete body.photographs;
  /** @type {Sealed[]} */
  const sealed = [];
  const { consent, taken } = photographsOf(body);
  for (const [at, one] of taken.entries()) {
    const picture = await pictureOf(records, draft.id, one);
    if (picture) sealed.push(await sealPicture(one, picture, given));
    else body.photographs = { consent, taken: photographsOf(body).taken.map((other, number) => (number === at ? { ...one, lost: true } : other)) };
  }
  return { body, sealed };
}

/** @param {(store: string) => Store} of @param {Sealed[]} sealed */
export function putSealed(of, sealed) {
  for (const { row, pieces } of sealed) {
    of("photographs").put(row);
    for (const piece of pieces) of("pieces").put(piece);
  }
}

export const LEFT = "unsealed"; // the store of what is left to be sealed

/** Photographs of visits that are finished and could not be sealed with them. @param {Records} records @returns {Promise<Unsealed[]>} */
export const leftOver = (records) => records.all(LEFT);

/** Seals what there was no room for, one at a time, each in the place of its record. @param {Database} db @param {Records} records @param {Omit<Sealing, "visit">} given */
export async function sealLeftOver(db, records, given) {
  for (const { id: visit, taken } of await leftOver(records)) {
    for (const one of taken) {
      const picture = await pictureOf(records, visit, one);
      const sealed = picture ? [await sealPicture(one, picture, { ...given, visit })] : [];
      await inOneStep(db, ["records", "photographs", "pieces"], (of) => {
        of("records").delete([records.account, STORE, idOf(visit, one.id)]);
        putSealed(of, sealed);
      });
    }
    await inOneStep(db, ["records"], (of) => {
      of("records").delete(picturesOf(records.account, visit)); // those that were taken out of the visit
      of("records").delete([records.account, LEFT, visit]);
    });
  }
}
