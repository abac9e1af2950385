import assert from "node:assert/strict";
import { test } from "node:test";
import { setUnlock, unlock } from "../../static/tablet/accounts.js";

function database() {
  const rows = new Map();
  const add = async (row) => {
    if (rows.has(row.account)) throw new DOMException("there already", "ConstraintError");
    rows.set(row.account, row);
  };
  return { transaction: () => ({ store: { add, put: async (row) => void rows.set(row.account, row) } }), getAll: async () => [...rows.values()] };
}

const half = Buffer.alloc(32, 7).toString("base64url");

test("a second window never puts a new key in the place of the one that holds somebody's work", async () => {
  globalThis.fetch = async () => Response.json({ device: "d", secret: "s", recovery: half }, { status: 201 });
  const db = database();
  const records = await setUnlock(db, "hv", "one two three four");
  const row = await records.encrypt("draft", "d", { said: "sofa" }, 1);
  await assert.rejects(setUnlock(db, "hv", "five six seven eight"), { name: "ConstraintError" });
  const again = await unlock(db, "one two three four");
  assert.equal(again.account, "hv");
  assert.deepEqual(new Uint8Array(await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: row.iv, additionalData: new TextEncoder().encode(JSON.stringify(["visitapp record v1", "hv", "draft", "d", 1])) },
    again.key, row.data)), new TextEncoder().encode(JSON.stringify({ said: "sofa" })));
  assert.equal(await unlock(db, "five six seven eight"), null);
});
