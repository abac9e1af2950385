// @ts-check
// Text, bytes and base64url: the few conversions that sealing, the vault and the wire share.

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export const utf8 = (text) => /** @type {Uint8Array<ArrayBuffer>} */ (encoder.encode(text));

/** @param {BufferSource} bytes */
export const fromUtf8 = (bytes) => decoder.decode(bytes);

/** @param {number} length @returns {Uint8Array<ArrayBuffer>} */
export const randomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/** @param {ArrayBuffer | Uint8Array} bytes */
export function toBase64url(bytes) {
  let binary = "";
  const view = new Uint8Array(bytes);
  // In pieces: spreading a whole photograph into one call would overflow the stack.
  for (let at = 0; at < view.length; at += 8192) binary += String.fromCharCode(...view.subarray(at, at + 8192));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function fromBase64url(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** @param {BufferSource} bytes @returns {Promise<string>} lower-case hex */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
