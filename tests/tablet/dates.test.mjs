import assert from "node:assert/strict";
import { test } from "node:test";
import { age, atWhen, clock, dayOf, dueWords, inWords } from "../../static/tablet/dates.js";

test("ages are said as health visitors say them", () => {
  const said = (born) => age(born, "2026-11-22");
  assert.deepEqual(
    ["2026-11-22", "2026-11-21", "2026-11-09", "2026-11-08", "2026-08-24", "2026-08-23", "2024-11-23", "2024-11-22"].map(said),
    ["0 days", "1 day", "13 days", "2 weeks", "12 weeks", "2 months", "23 months", "2 years"],
  );
  assert.equal(age("2026-12-01", "2026-11-22"), "born 1 December 2026");
});

test("the day and the clock are those of the place, in summer and in winter", () => {
  assert.equal(dayOf("2026-07-01T23:30:00.000Z"), "2026-07-02");
  assert.equal(clock("2026-07-01T23:30:00.000Z"), "00:30");
  assert.equal(clock("2026-11-22T10:41:00.000Z"), "10:41");
  assert.equal(atWhen("2026-11-22T10:41:00.000Z", Date.parse("2026-11-22T20:00:00Z")), "at 10:41");
  assert.equal(atWhen("2026-11-20T10:41:00.000Z", Date.parse("2026-11-22T20:00:00Z")), "at 10:41 on 20 Nov");
  assert.equal(inWords("2026-09-20"), "20 September 2026");
});

test("what is due is said against today", () => {
  const said = (on) => dueWords(on, "2026-11-22");
  assert.deepEqual(["2026-11-22", "2026-11-23", "2026-11-25", "2026-11-19", "2025-12-30"].map(said), ["due today", "due tomorrow", "due on 25 Nov", "was due on 19 November", "was due on 30 December 2025"]);
});
