// The tablet's worker. It keeps the shell and the blank forms, which hold no person, and answers for them without the network.
// It never touches anything else: sign-in, the supervisors' pages and the tablet's own API go straight to the service.

const VERSION = "__VERSION__";
const KEPT = __KEPT__; // address -> sha256 of what this service serves there
const NAME = `visitapp-tablet-${VERSION}`;

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Fetches one file and keeps it only when it is the file that was promised: a wifi's sign-in page is not. */
async function keep(cache, [address, expected]) {
  const response = await fetch(address, { cache: "no-cache", credentials: "omit", redirect: "error" });
  const found = await sha256(await response.clone().arrayBuffer());
  if (!response.ok || found !== expected) throw new Error(`${address} is not what the service serves`);
  await cache.put(address, response);
}

/** All of it or nothing: half a version would fail in a flat with no signal. */
async function install() {
  const cache = await caches.open(NAME);
  try {
    await Promise.all(Object.entries(KEPT).map((entry) => keep(cache, entry)));
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

async function clearOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("visitapp-tablet-") && name !== NAME).map((name) => caches.delete(name)));
}

async function answer(request, address) {
  const cache = await caches.open(NAME);
  return (await cache.match(address)) ?? fetch(request);
}

/** Which of these addresses, and of all that this version keeps, it could not answer for without a network. */
async function lacking(addresses) {
  const cache = await caches.open(NAME);
  const all = [...new Set([...Object.keys(KEPT), ...addresses])];
  const here = await Promise.all(all.map(async (one) => Object.hasOwn(KEPT, one) && Boolean(await cache.match(one))));
  return all.filter((_, at) => !here[at]);
}

/** The shell asks for this on its lock screen. With another window open it waits: code never changes under an open visit. */
async function takeOver() {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (windows.filter((one) => new URL(one.url).pathname === "/tablet/").length < 2) await skipWaiting();
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(clearOlder().then(() => clients.claim())));
self.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(takeOver());
  if (event.data === "claim") event.waitUntil(clients.claim());
  if (event.data.lacking) event.waitUntil(lacking(event.data.lacking).then((them) => event.ports[0].postMessage(them)));
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || !Object.hasOwn(KEPT, url.pathname)) return;
  event.respondWith(answer(event.request, url.pathname));
});
