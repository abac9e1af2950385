// @ts-check
// The one place that hands text to the browser as code or markup: the blank form, drawn by our own server, and the address of our
// own worker. The browser refuses every other attempt (trusted types), so a mistake elsewhere is an error and not a hole.

const WORKER = "/tablet/sw.js";

/** @type {{ createHTML: (text: string) => any, createScriptURL: (url: string) => any }} */
const rules = {
  createHTML: (text) => text,
  createScriptURL: (url) => {
    if (url !== WORKER) throw new TypeError("only the tablet's own worker may be started");
    return url;
  },
};
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("visitapp", rules) ?? rules;

/** @param {string} markup a page that the server drew @returns {Document} inert: its scripts never run */
export const parsePage = (markup) => new DOMParser().parseFromString(policy.createHTML(markup), "text/html");

export const registerWorker = () =>
  navigator.serviceWorker.register(policy.createScriptURL(WORKER), { scope: "/tablet/", updateViaCache: "none" });
