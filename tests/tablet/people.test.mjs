import assert from "node:assert/strict";
import { test } from "node:test";
import { birthOrder, rowTitle } from "../../static/tablet/people.js";

const child = (id, given_names, born_on, due_on = null) => ({ id, given_names, family_name: "Bakri", role: "child", born_on, due_on });
const mother = { id: "m", given_names: "Zainab", family_name: "Bakri", role: "mother", born_on: null };
const family = (...children) => ({ people: [...children, mother] });

test("a sibling has a place among the children, and an only child needs none", () => {
  const [older, younger] = [child("a", "Omar", "2024-01-05"), child("b", "Aisha", "2026-09-20")];
  assert.equal(birthOrder(younger, family(younger, older)), "second of 2");
  assert.equal(birthOrder(older, family(younger, older)), "first of 2");
  assert.equal(birthOrder(older, family(older)), "");
});

test("of twins nobody recorded who came first, so neither is called first", () => {
  const [older, one, other] = [child("a", "Omar", "2024-01-05"), child("b", "Aisha", "2026-09-20"), child("c", "Maryam", "2026-09-20")];
  const home = family(other, one, older);
  assert.equal(birthOrder(one, home), "second or third of 3, twin of Maryam");
  assert.equal(birthOrder(other, home), "second or third of 3, twin of Aisha");
  assert.equal(birthOrder(older, home), "first of 3");
  assert.equal(rowTitle(one, home, "2026-11-23"), "Aisha Bakri, 9 weeks, born 20 September 2026, second or third of 3, twin of Maryam");
});

test("where it is recorded which of them came first, each has a place of its own, whatever the list's order", () => {
  const [older, one, other] = [child("a", "Omar", "2024-01-05"), child("b", "Aisha", "2026-09-20"), child("c", "Maryam", "2026-09-20")];
  const home = family({ ...other, birth_order: 1 }, { ...one, birth_order: 2 }, older);
  assert.equal(birthOrder(home.people[0], home), "second of 3, twin of Aisha");
  assert.equal(birthOrder(home.people[1], home), "third of 3, twin of Maryam");
  assert.equal(birthOrder(older, home), "first of 3");
  const half = family(other, { ...one, birth_order: 2 }, older); // of two, who is not the second is the first
  assert.equal(birthOrder(half.people[0], half), "second of 3, twin of Aisha");
  const both = family({ ...other, birth_order: 1 }, { ...one, birth_order: 1 }, older); // recorded wrongly: nobody knows
  assert.equal(birthOrder(both.people[0], both), "second or third of 3, twin of Aisha");
  const beyond = family({ ...other, birth_order: 4 }, one, older);
  assert.equal(birthOrder(beyond.people[0], beyond), "second or third of 3, twin of Aisha");
});

test("three of one day, twins not yet born, and children of whom no day is known", () => {
  const three = ["Ada", "Bea", "Cal"].map((name) => child(name, name, "2026-09-20"));
  assert.equal(birthOrder(three[1], family(...three)), "first or second or third of 3, born with Ada and Cal");
  const unborn = [child("x", "Baby A", null, "2027-02-01"), child("y", "Baby B", null, "2027-02-01")];
  assert.equal(birthOrder(unborn[0], family(...unborn)), "first or second of 2, twin of Baby B");
  const unknown = [child("x", "Kit", null), child("y", "Lou", null)];
  assert.equal(birthOrder(unknown[1], family(...unknown)), "second of 2");
});
