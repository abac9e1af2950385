import assert from "node:assert/strict";
import { test } from "node:test";
import { inOfficeHours, numbersNow } from "../../static/tablet/hours.js";

const hours = { opens: "09:00", closes: "17:00", holidays: ["2026-12-25", "2026-12-28"] };
const at = (text) => Date.parse(text);

const CASES = [
  ["a Monday morning", "2026-11-23T09:00:00Z", true],
  ["a minute before opening", "2026-11-23T08:59:59Z", false],
  ["closing time itself", "2026-11-23T17:00:00Z", false],
  ["a Saturday", "2026-11-28T11:00:00Z", false],
  ["a Sunday", "2026-11-29T11:00:00Z", false],
  ["Christmas Day, a Friday", "2026-12-25T11:00:00Z", false],
  ["the substitute holiday on Monday", "2026-12-28T11:00:00Z", false],
  ["nine by the clock in summer time", "2026-07-01T08:00:00Z", true],
  ["five by the clock in summer time", "2026-07-01T16:00:00Z", false],
];

for (const [name, instant, open] of CASES) {
  test(`${name}: ${open ? "open" : "closed"}`, () => assert.equal(inOfficeHours(at(instant), hours), open));
}

test("only the numbers that are answered now, in the order to try", () => {
  const contacts = [
    { who: "duty desk", number: "01632 960100", when: "in_hours" },
    { who: "emergency duty team", number: "01632 960101", when: "out_of_hours" },
    { who: "Emergency services", number: "999", when: "always" },
    { who: "Supervisor", number: "07700 900100", when: "always" },
  ];
  const names = (instant) => numbersNow(contacts, at(instant), hours).map((contact) => contact.who);
  assert.deepEqual(names("2026-11-23T10:00:00Z"), ["duty desk", "Emergency services", "Supervisor"]);
  assert.deepEqual(names("2026-11-23T22:00:00Z"), ["emergency duty team", "Emergency services", "Supervisor"]);
});

test("one telephone under two names is one try", () => {
  const contacts = ["social care, out of hours", "the next council, out of hours"].map((who) => ({ who, number: "01632 960199", when: "out_of_hours" }));
  assert.deepEqual(numbersNow(contacts, at("2026-11-23T22:00:00Z"), hours), [contacts[0]]);
});
