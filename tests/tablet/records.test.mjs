import assert from "node:assert/strict";
import { test } from "node:test";
import { newDataKey, usable } from "../../static/tablet/vault.js";
import { decryptRecord, encryptRecord } from "../../static/tablet/records.js";

const address = { account: "one", store: "draft", id: "a", revision: 3 };
const value = { said: "Siân slept on the sofa 🛋", n: [1, null, true] };

test("a record reads back as it was", async () => {
  const key = await usable(newDataKey());
  assert.deepEqual(await decryptRecord(key, await encryptRecord(key, address, value)), value);
});

for (const [part, other] of Object.entries({ account: "two", store: "family", id: "b", revision: 2 })) {
  test(`a record put in the place of another ${part} does not open`, async () => {
    const key = await usable(newDataKey());
    const row = await encryptRecord(key, address, value);
    await assert.rejects(decryptRecord(key, { ...row, [part]: other }));
  });
}

test("another practitioner's key opens nothing", async () => {
  const row = await encryptRecord(await usable(newDataKey()), address, value);
  await assert.rejects(decryptRecord(await usable(newDataKey()), row));
});

test("the same value never encrypts to the same bytes twice", async () => {
  const key = await usable(newDataKey());
  const [first, second] = [await encryptRecord(key, address, value), await encryptRecord(key, address, value)];
  assert.notDeepEqual(new Uint8Array(first.data), new Uint8Array(second.data));
});

test("the key in use cannot be read out again", async () => {
  await assert.rejects(crypto.subtle.exportKey("raw", await usable(newDataKey())));
});
