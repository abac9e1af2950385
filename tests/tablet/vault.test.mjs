import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAccount, newDataKey, offerWords, openWithPassphrase, openWithRecovery, plainWords, ROUNDS, whoseWords } from "../../static/tablet/vault.js";
import { randomBytes } from "../../static/tablet/bytes.js";

const rounds = 1000; // the real number is checked once, below: here it would only be slow
const device = { id: "d", secret: "s" };

async function account(name, passphrase, recovery = null) {
  const raw = newDataKey();
  return { raw, row: await makeAccount({ account: name, raw, passphrase, recovery, device, rounds }) };
}

test("the words open the key, however the tablet's keyboard typed them", async () => {
  const { raw, row } = await account("one", "calm river stone lamp");
  assert.deepEqual(await openWithPassphrase(row, "  Calm river-stone  LAMP "), raw);
});

test("other words open nothing, and neither do the right words on another account's key", async () => {
  const { row } = await account("one", "calm river stone lamp");
  assert.equal(await openWithPassphrase(row, "calm river stone camp"), null);
  assert.equal(await openWithPassphrase({ ...row, account: "two" }, "calm river stone lamp"), null);
});

test("forgotten words cost a connection: the service's secret opens the same key, and no other secret does", async () => {
  const secret = randomBytes(32);
  const { raw, row } = await account("one", "calm river stone lamp", secret);
  assert.deepEqual(await openWithRecovery(row, secret), raw);
  assert.equal(await openWithRecovery(row, randomBytes(32)), null);
});

test("on a shared tablet the words say whose work opens", async () => {
  const first = await account("one", "calm river stone lamp");
  const second = await account("two", "green apple quiet door");
  const rows = [first.row, second.row];
  assert.deepEqual(await whoseWords(rows, "green apple quiet door"), { account: "two", raw: second.raw });
  assert.equal(await whoseWords(rows, "green apple quiet lamp"), null);
});

test("what is kept holds neither the key nor the words, and takes 600,000 rounds to try", async () => {
  const raw = newDataKey();
  const row = await makeAccount({ account: "one", raw, passphrase: "calm river stone lamp", recovery: randomBytes(32), device });
  const kept = Buffer.concat([row.salt, row.passphrase.iv, Buffer.from(row.passphrase.data), Buffer.from(row.recovery.data)]);
  assert.equal(kept.includes(Buffer.from(raw)), false);
  assert.equal(row.rounds, ROUNDS);
  assert.equal(ROUNDS, 600_000);
});

test("four words are offered, evenly from the whole list", () => {
  const words = Array.from({ length: 7000 }, (_, index) => `w${index}`);
  const bytes = [255, 255, 0, 0, 27, 87, 27, 88, 0, 1]; // the first draw lies above the last whole multiple, and is drawn again
  const next = () => Uint8Array.from(bytes.splice(0, 2));
  assert.equal(offerWords(words, next), "w0 w6999 w0 w1");
  assert.equal(plainWords("A  B"), "a b");
});
