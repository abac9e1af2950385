import assert from "node:assert/strict";
import { test } from "node:test";
import { arrived, blank, cameFrom, graphOf, informed, isIncluded, joined, namesOf, othersThan, whenOnService } from "../../static/tablet/revisions.js";

const head = (revision, ...parents) => ({ revision, parents, device: "x", label: "X", at: "", received_at: `at ${revision}`, size: 1 });
const told = (heads, past = [], ended = null) => ({ draft: "d", ended, heads, past });
const ids = (heads) => heads.map((one) => [one.revision, one.ahead]);

test("a revision came from those it names, over however many steps, and from no other", () => {
  const graph = graphOf(told([head("d", "c"), head("e", "b")], [["c", "b"], ["b", "a"], ["a"]]));
  assert.equal(cameFrom(graph, "d", "a"), true);
  assert.equal(cameFrom(graph, "d", "c"), true);
  assert.equal(cameFrom(graph, "e", "c"), false);
  assert.equal(cameFrom(graph, "a", "d"), false);
  assert.equal(cameFrom(graph, "d", "d"), false);
  assert.equal(cameFrom(graph, "unknown", "a"), false);
});

test("revisions that name each other end, whatever somebody made of them", () => {
  const graph = graphOf(told([head("a", "b")], [["b", "a"]]));
  assert.equal(cameFrom(graph, "a", "b"), true);
  assert.equal(cameFrom(graph, "a", "c"), false);
});

test("a head of one's own is no branch, one that came from it is ahead, and one beside it is a branch", () => {
  const past = [["a"], ["b", "a"]];
  assert.deepEqual(othersThan(["c"], told([head("c", "b")], past)), []);
  assert.deepEqual(ids(othersThan(["b"], told([head("c", "b")], past))), [["c", true]]);
  assert.deepEqual(ids(othersThan(["a"], told([head("c", "b")], past))), [["c", true]]);
  assert.deepEqual(ids(othersThan(["c"], told([head("c", "b"), head("d", "b")], past))), [["d", false]]);
});

test("what is not known to follow is a branch: a person is shown both", () => {
  assert.deepEqual(ids(othersThan(["forgotten"], told([head("z", "y")], [["y", "x"]]))), [["z", false]]);
  assert.deepEqual(ids(othersThan([], told([head("z")]))), [["z", false]]);
});

const tried = (revision, kept) => ({ revision, kept, words: "w" });

test("a revision that arrived takes the place of all it named, and of nothing that came in between", () => {
  const before = { ...blank("d"), parents: ["a", "chosen"], pending: [tried("b", 2), tried("c", 3)] };
  const after = arrived(before, "c", ["a", "b"], "now");
  assert.deepEqual([after.parents, after.pending], [["chosen", "c"], []]);
  assert.deepEqual(after.sent, { ...tried("c", 3), at: "now" });
});

test("a revision whose answer was lost is found in what the service says", () => {
  const before = { ...blank("d"), parents: ["a"], pending: [tried("b", 2), tried("c", 3)] };
  const after = informed(before, told([head("b", "a")], [["a"]]));
  assert.deepEqual(after.sent, { ...tried("b", 2), at: "at b" });
  assert.deepEqual(after.others, []);
  assert.deepEqual(namesOf(after).sort(), ["b", "c"]); // that one may still arrive
});

test("one that another device went on from is one's own, and what followed is ahead", () => {
  const after = informed({ ...blank("d"), pending: [tried("b", 2)] }, told([head("c", "b")], [["b"]]));
  assert.deepEqual([after.parents, ids(after.others)], [["b"], [["c", true]]]);
  assert.equal(whenOnService(after, 2), "");
});

test("a choice takes the place of both branches, and makes a new revision even where nothing differed", () => {
  const both = { ...blank("d"), parents: ["b"], pending: [tried("p", 1)], sent: { ...tried("b", 2), at: "x" }, others: [{ ...head("c"), ahead: false }, { ...head("e"), ahead: false }] };
  const after = joined(both, "c");
  assert.deepEqual([after.parents, after.sent, ids(after.others)], [["b", "p", "c"], null, [["e", false]]]);
});

test("saved to the service is said of the newest state alone, while it is a head and the draft has not ended", () => {
  const known = { ...blank("d"), sent: { ...tried("b", 2), at: "then" } };
  assert.equal(whenOnService(known, 2), "then");
  assert.equal(whenOnService(known, 3), "");
  assert.equal(whenOnService({ ...known, others: [{ ...head("c"), ahead: false }] }, 2), "then");
  assert.equal(whenOnService({ ...known, others: [{ ...head("c"), ahead: true }] }, 2), "");
  assert.equal(whenOnService({ ...known, ended: { how: "finished", at: "", device: null, label: null } }, 2), "");
  assert.equal(whenOnService(blank("d"), 1), "");
});

test("what was finished elsewhere is known to hold all that is here only where it went on from the newest state here", () => {
  const known = { ...blank("d"), parents: ["b"], sent: { ...tried("b", 2), at: "then" } };
  const ended = { how: "finished", at: "", device: "x", label: "X" };
  const then = (...heads) => informed(known, told(heads, [["a"], ["b", "a"]], ended));
  assert.equal(isIncluded(then(head("c", "b")), 2), true);
  assert.equal(isIncluded(then(head("c", "b")), 3), false); // changed here since
  assert.equal(isIncluded(then(head("b", "a")), 2), false); // finished there from something older, perhaps
  assert.equal(isIncluded(then(head("b", "a"), head("c", "a")), 2), false);
});
