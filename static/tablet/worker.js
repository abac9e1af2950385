// @ts-check
// Keeps the shell on the tablet. A new version waits until the lock screen, where no visit is open: code never changes under one.

import { registerWorker } from "./policy.js";

/** @param {{ locked: () => boolean, failed: () => void }} given */
export async function startWorker({ locked, failed }) {
  if (!("serviceWorker" in navigator)) return failed();
  const started = Boolean(navigator.serviceWorker.controller);
  let reloading = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!started || !locked() || reloading) return;
    reloading = true;
    location.reload();
  });
  try {
    const registration = await registerWorker();
    const look = () => {
      offer(registration, locked);
      if (!registration.active && !registration.installing && !registration.waiting) failed(); // it was undone: see the worker's install
    };
    offer(registration, locked);
    const watch = () => registration.installing?.addEventListener("statechange", look);
    watch();
    registration.addEventListener("updatefound", watch);
  } catch {
    if (!started) failed(); // offline, with a version already here, is nothing to tell
  }
}

/** @param {ServiceWorkerRegistration} registration @param {() => boolean} locked */
function offer(registration, locked) {
  if (registration.waiting && registration.active && locked()) registration.waiting.postMessage("take over");
}

/** Whether this page now opens without a network; waits a little for an installation under way. @param {number} [patience] milliseconds */
export async function readyOffline(patience = 20_000) {
  if (!("serviceWorker" in navigator)) return false;
  const kept = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  const late = new Promise((done) => setTimeout(done, patience));
  const claimed = navigator.serviceWorker.ready.then((one) => (one.active?.postMessage("claim"), kept)); // it may have begun before this page
  if (!navigator.serviceWorker.controller) await Promise.race([kept, claimed, late]);
  return Boolean(navigator.serviceWorker.controller);
}
