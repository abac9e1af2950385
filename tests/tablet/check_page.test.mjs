import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { begin, fingerprint, verdict } from "../../static/js/check.js";

const letter = new TextEncoder().encode(`%PDF-1.7 ${"a letter ".repeat(5_000)}`);
const sent = createHash("sha256").update(letter).digest("hex");

test("the fingerprint is the one that every other program finds", async () => {
  assert.equal(await fingerprint(letter.buffer), sent);
});

test("the letter as sent is said to be it, and one changed byte anywhere is not", async () => {
  assert.deepEqual((await verdict(letter.buffer, sent)).title, "This is the letter as sent.");
  for (const place of [0, 17, letter.length >> 1, letter.length - 1]) {
    const changed = letter.slice();
    changed[place] ^= 1;
    const said = await verdict(changed.buffer, sent);
    assert.equal(said.same, false);
    assert.match(said.title, /not the same/);
  }
  assert.equal((await verdict(letter.slice(1).buffer, sent)).same, false);
});

/** As much of a page as the script touches. */
function pageWith(hash) {
  const part = (id) => {
    const heard = {};
    return {
      id, hidden: id === "compare", textContent: id === "sha256" ? hash : "", children: [], className: "", files: [], heard,
      addEventListener: (what, does) => { heard[what] = does; },
      replaceChildren(...all) { this.children = all; },
      appendChild(child) { this.children.push(child); return child; },
      get said() { return this.textContent + this.children.map((child) => child.said).join(" "); },
    };
  };
  const parts = Object.fromEntries(["sha256", "file", "compare", "verdict"].map((id) => [id, part(id)]));
  const heard = {};
  return { parts, heard, addEventListener: (what, does) => { heard[what] = does; }, getElementById: (id) => parts[id] ?? null, createElement: () => part("") };
}

const chosen = (bytes) => ({ arrayBuffer: async () => bytes.buffer });
const settled = () => new Promise((done) => setTimeout(done, 20));

test("a chosen file and a dropped one are compared, and one that cannot be read is said so", async () => {
  const page = pageWith(`\n ${sent} `);
  begin(page);
  const { file, compare, verdict: told } = page.parts;
  assert.equal(compare.hidden, false);
  file.files = [chosen(letter)];
  file.heard.change();
  await settled();
  assert.match(told.said, /This is the letter as sent/);
  assert.match(told.className, /same/);
  let kept = false;
  page.heard.drop({ preventDefault: () => { kept = true; }, dataTransfer: { files: [chosen(letter.slice(5))] } });
  await settled();
  assert.ok(kept, "the browser does not open the file in place of the page");
  assert.match(told.said, /not the same/);
  file.files = [{ arrayBuffer: async () => { throw new Error("gone"); } }];
  file.heard.change();
  await settled();
  assert.match(told.said, /could not be read/);
});

test("without a letter on the page nothing is offered", () => {
  const page = pageWith("");
  begin(page);
  assert.equal(page.parts.compare.hidden, true);
});
