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

/**
 * Which of these, and of everything the worker keeps, it could not give without a network; null when it does not say.
 * @param {string[]} addresses @returns {Promise<string[] | null>}
 */
export async function lackingOffline(addresses) {
  const { port1, port2 } = new MessageChannel();
  const said = new Promise((done) => (port1.onmessage = ({ data }) => done(data)));
  navigator.serviceWorker.controller?.postMessage({ lacking: addresses }, [port2]);
  return Promise.race([said, after(3_000)]).finally(() => port1.close());
}

/** Whether a newer version is here or on its way; null when the service could not be asked. @returns {Promise<boolean | null>} */
export async function newerVersion() {
  const registration = await navigator.serviceWorker?.getRegistration("/tablet/");
  const asked = await Promise.race([registration?.update().then(() => true, () => null), after(10_000)]);
  return registration?.waiting || registration?.installing ? true : asked ? false : null;
}

/** @param {number} ms @returns {Promise<null>} */
const after = (ms) => new Promise((done) => setTimeout(() => done(null), ms));
