import assert from "node:assert/strict";
import { test } from "node:test";
import { dueAtWords } from "../../static/tablet/dates.js";
import { courseWords, placed, pointWords } from "../../static/tablet/screens/course.js";
import { inOrder } from "../../static/tablet/screens/family.js";
import { planWords } from "../../static/tablet/screens/memory.js";

const point = (on, value, could_be = value, announced = true) => ({ on, value, could_be, announced });
const points = [point("2026-01-01", 4), point("2026-02-01", 12, 15), point("2026-03-04", 0)];

test("the worst that could be reaches the top of the picture, nothing leaves it, and time runs to the right", () => {
  const at = placed(points);
  assert.equal(Math.min(...at.map(({ top }) => top)), 24);
  assert.equal(at[2].y, 152);
  assert.ok(at[0].x < at[1].x && at[1].x < at[2].x && at[2].x < 340);
  assert.ok(at[1].top < at[1].y && at[0].top === at[0].y);
});

test("one visit stands in the middle, and nothing but zeros is drawn at the foot", () => {
  assert.deepEqual(placed([point("2026-01-01", 0)]).map(({ x, y }) => [x, y]), [[170, 152]]);
});

test("the picture is said in words, and which way is better", () => {
  assert.equal(pointWords(points[1]), "at least 12, could be 15");
  assert.equal(courseWords({ points, best: 0, worst: 12 }), "3 visits, newest 4 March 2026: 0. Best 0, worst 12. Lower is better.");
  assert.equal(courseWords({ points: points.slice(0, 1), best: 9, worst: 4 }), "1 visit, newest 1 January 2026: 4. Best 9, worst 4. Higher is better.");
});

test("a plan says how often its moment came and what was done", () => {
  assert.equal(planWords({ met: 1, done: 0, actions: 2 }), "1 trigger met, 0 of 2 actions done");
  assert.equal(planWords({ met: 2, done: 1, actions: 1 }), "2 triggers met, 1 of 1 action done");
  assert.equal(planWords({ met: 0, done: 0, actions: 2 }), "no trigger met");
});

test("a duty is due at an hour of the place", () => {
  const now = Date.parse("2026-11-23T22:10:00Z");
  assert.equal(dueAtWords("2026-11-23T20:00:00Z", now), "was due today at 20:00");
  assert.equal(dueAtWords("2026-11-23T23:30:00Z", now), "due today at 23:30");
  assert.equal(dueAtWords("2026-11-25T12:00:00Z", now), "due on 25 Nov at 12:00");
  assert.equal(dueAtWords("2026-11-20T12:00:00Z", now), "was due on 20 November at 12:00");
});

test("the usual two forms can be begun at once, and the one before birth first where nobody is born yet", () => {
  const forms = [["antenatal", "antenatal"], ["home_visit", "visit"], ["information_received", "information"], ["not_let_in", "visit_not_completed"], ["safer_sleep_review", "visit"]].map(([name, kind]) => ({ name, kind }));
  const names = (people) => Object.values(inOrder({ people }, forms)).map((some) => some.map((form) => form.name));
  const others = ["safer_sleep_review", "antenatal", "information_received"];
  assert.deepEqual(names([{ id: "a", role: "child", born_on: "2026-01-01" }]), [["home_visit", "not_let_in"], others]);
  assert.deepEqual(names([{ id: "a", role: "child", born_on: null }]), [["antenatal", "home_visit", "not_let_in"], ["safer_sleep_review", "information_received"]]);
});
