import assert from "node:assert/strict";
import { test } from "node:test";
import { inFull, inView, newestAnswer } from "../../static/tablet/answers.js";

const NOW = Date.parse("2026-11-22T16:00:00Z");
const said = (more) => ({ team: "Eastmoor front door", at: "2026-11-22T14:10:00Z", by: "", outcome: "", reason: "", next_step: "", next_on: "", contact: "", whose: "", ...more });
const referral = (state, answer) => ({ id: "r", state, words: "As the desk says it", at: "2026-11-22T15:00:00Z", answer });
const of = (...referrals) => ({ referrals });

test("nothing is said while there is no answer, nor of a caseload that was taken before answers came with it", () => {
  assert.equal(newestAnswer(of(), NOW), undefined);
  assert.equal(newestAnswer(of(referral("delivered", null), referral("proposed")), NOW), undefined);
});

test("in view stands that there is an answer, and nothing of what it says or about what", () => {
  for (const state of ["acknowledged", "decided", "returned"]) {
    const words = inView(referral(state, said({ outcome: "Start a child protection enquiry", reason: "No bed" })), NOW);
    assert.doesNotMatch(words, /social|care|refer|protection|bed|front door/i);
  }
  assert.equal(inView(referral("acknowledged", said()), NOW), "Answered at 14:10");
  assert.equal(inView(referral("returned", said()), NOW), "Something for you to choose again");
});

test("that they have it is said with the time at which they said so", () => {
  assert.deepEqual(inFull(referral("acknowledged", said({ by: "Kim Ode, duty social worker" })), NOW), ["Eastmoor front door received it at 14:10. They have still to decide.", "Said by: Kim Ode, duty social worker"]);
});

test("a decision is said with its reason, the next step and its day, and whom to reach", () => {
  const answer = said({ outcome: "Assess the child’s needs (section 17)", reason: "No bed was seen.", next_step: "Kim visits", next_on: "2026-11-24", contact: "Kim, 01632 960107" });
  assert.deepEqual(inFull(referral("decided", answer), NOW), [
    "Decided: Assess the child’s needs (section 17), at 14:10.", "Why: No bed was seen.", "Next step: Kim visits, 24 November 2026", "To reach about it: Kim, 01632 960107",
  ]);
});

test("what is not for them is to be chosen again, whatever their words", () => {
  const hostile = "<b>\u202e\u{1f476}";
  assert.deepEqual(inFull(referral("returned", said({ reason: hostile, whose: "Westfen" })), NOW), ["Not for Eastmoor front door: choose again where it goes.", `Why: ${hostile}`, "Whose it is, as they know: Westfen"]);
});

test("a decision is news for a week; what is still open stays", () => {
  const later = NOW + 8 * 86_400_000;
  assert.equal(newestAnswer(of(referral("decided", said())), later), undefined);
  for (const state of ["acknowledged", "returned"]) assert.equal(newestAnswer(of(referral(state, said())), later)?.state, state);
  assert.equal(newestAnswer(of(referral("decided", said()), referral("acknowledged", said())), NOW)?.state, "decided", "the newest referral first");
});
