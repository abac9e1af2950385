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
    offer(registration, locked);
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", () => offer(registration, locked)));
  } catch {
    if (!started) failed(); // offline, with a version already here, is nothing to tell
  }
}

/** @param {ServiceWorkerRegistration} registration @param {() => boolean} locked */
function offer(registration, locked) {
  if (registration.waiting && registration.active && locked()) registration.waiting.postMessage("take over");
}

/** Whether everything needed without a network is here; waits a little for an installation under way. @param {number} [patience] milliseconds */
export async function readyOffline(patience = 20_000) {
  if (!("serviceWorker" in navigator)) return false;
  const late = new Promise((done) => setTimeout(done, patience, false));
  return Boolean(await Promise.race([navigator.serviceWorker.ready, late]));
}
