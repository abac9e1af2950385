// @ts-check
// Locks the tablet when nobody touches it. By the clock, not by counting timers: a tablet that slept is locked when it wakes.

export const IDLE = 10 * 60_000;

/** @param {{ now: () => number, lock: () => void, every?: (act: () => void) => void }} given */
export function lockWhenIdle({ now, lock, every = (act) => void setInterval(act, 15_000) }) {
  let touched = now();
  const look = () => {
    if (now() - touched >= IDLE) lock();
  };
  const touch = () => {
    look(); // the touch that wakes a tablet must not count as use before the lock has been decided
    touched = now();
  };
  for (const name of ["pointerdown", "keydown", "input"]) document.addEventListener(name, touch, { capture: true, passive: true });
  document.addEventListener("visibilitychange", look);
  every(look);
}
