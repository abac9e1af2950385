import assert from "node:assert/strict";
import { test } from "node:test";
import { IDLE, lockWhenIdle } from "../../static/tablet/idle.js";

function tabletInHand() {
  const heard = {};
  globalThis.document = { addEventListener: (name, act) => (heard[name] = act) };
  const state = { now: 0, locks: 0, look: () => {} };
  lockWhenIdle({ now: () => state.now, lock: () => (state.locks += 1), every: (act) => (state.look = act) });
  return { state, heard };
}

test("locks after ten minutes without a touch, and not before", () => {
  const { state, heard } = tabletInHand();
  state.now = IDLE - 1;
  state.look();
  heard.keydown();
  state.now += IDLE - 1;
  state.look();
  assert.equal(state.locks, 0);
  state.now += 1;
  state.look();
  assert.equal(state.locks, 1);
});

test("a tablet that slept is locked by the touch that wakes it", () => {
  const { state, heard } = tabletInHand();
  state.now = 8 * 3_600_000;
  heard.pointerdown();
  assert.equal(state.locks, 1);
});
