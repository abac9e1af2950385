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

/** Whether everything needed without a network is here. */
export const readyOffline = async () => Boolean((await navigator.serviceWorker?.getRegistration("/tablet/"))?.active);
