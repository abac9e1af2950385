// Puts the tablet's scripts into one file, static/vendor/tablet.js, small enough for a hospital's guest network: what comments and names
// cost is for whoever reads the source. Nothing in it reaches outside, and the source itself is never served.
import { rename } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @param {string} folder where tablet.js is written, whole or not at all */
export async function bundleTablet(folder) {
  const building = `${folder}/tablet.js.building-${process.pid}`; // two at once do not take each other's away
  await build({
    entryPoints: [`${root}static/tablet/main.js`], outfile: building,
    bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8", logLevel: "warning",
  });
  await rename(building, `${folder}/tablet.js`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleTablet(process.argv[2] ?? `${root}static/vendor`);
