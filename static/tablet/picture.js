// @ts-check
// A photograph from the camera, drawn anew and small: what comes out has the points that were seen and nothing else of the file, neither
// where nor when nor with what it was taken.

const LONGEST = 1600; // points of the longer side
const LARGEST = 1_500_000; // bytes; most have a fifth of it
const QUALITIES = [0.8, 0.65, 0.5];

/** The file is no picture that this browser can read. */
export class NoPicture extends Error {}

/** @param {number} width @param {number} height @param {number} [longest] never larger than it was @returns {[number, number]} */
export function fit(width, height, longest = LONGEST) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** @param {Blob} file @returns {Promise<Uint8Array<ArrayBuffer>>} a JPEG */
export async function redrawn(file) {
  const seen = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!seen) throw new NoPicture("not a picture");
  const [width, height] = fit(seen.width, seen.height);
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = "#fff"; // where the file is transparent
  context.fillRect(0, 0, width, height);
  context.drawImage(seen, 0, 0, width, height);
  seen.close();
  for (const quality of QUALITIES) {
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
    if (blob.size <= LARGEST) return new Uint8Array(await blob.arrayBuffer());
  }
  throw new NoPicture("too large");
}

/** Shows a picture on a canvas: an address for it would outlive the screen, and would have to be allowed. @param {HTMLCanvasElement} canvas @param {Uint8Array<ArrayBuffer>} picture */
export async function show(canvas, picture) {
  const seen = await createImageBitmap(new Blob([picture], { type: "image/jpeg" }));
  [canvas.width, canvas.height] = fit(seen.width, seen.height, 720);
  canvas.getContext("2d")?.drawImage(seen, 0, 0, canvas.width, canvas.height);
  seen.close();
}
