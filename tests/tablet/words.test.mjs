// The words that are pointed out while somebody writes are those that the service points out (tests/flow/test_completing.py).
import assert from "node:assert/strict";
import test from "node:test";

import { pointedOut } from "../../static/js/words.js";

const INSTEAD = { failed: "say what happened", "no engagement": "count the visits", engagement: "x", DNA: "write it out", "dirty (home)": "say what lay where" };

for (const [text, words] of [
  ["Ada FAILED to attend; no engagement.", ["FAILED", "no engagement"]],
  ["She said: “I failed her.” And \"failed\" he said.", []],
  ["The dna of it; unfailed; failed-over", []],
  ["DNA twice, failed and failed", ["DNA", "failed"]],
  ["A dirty (home) \u202e 👶 <b>", ["dirty (home)"]],
  ["", []],
]) {
  test(`in ${JSON.stringify(text)}`, () => {
    assert.deepEqual(pointedOut(text, INSTEAD).map((one) => one.word), words);
  });
}

test("a text of ten thousand characters is read at once", () => {
  assert.equal(pointedOut(`${"a long account ".repeat(700)}failed`, INSTEAD).length, 1);
});
