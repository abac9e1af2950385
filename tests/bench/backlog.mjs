// Sixty visits and forty photographs over a link of 200 kbit/s that is gone a fifth of the time, sent by the tablet's own modules. Time and
// link are simulated, so that hours pass at once; the service here keeps what comes whole and answers as docs/sync.md says.
import { createHash } from "node:crypto";
import { PIECE } from "../../static/tablet/photographs.js";
import { pushPhotographs } from "../../static/tablet/photograph_sync.js";
import { payloadOf, push } from "../../static/tablet/sync.js";

const [VISITS, PHOTOGRAPHS, VISIT, PHOTOGRAPH] = [60, 40, 24_000, 300_000];
const BYTES_A_MS = 25; // 200 kbit/s
const ROUND_TRIP = 150; // ms
const [UP, DOWN] = [20_000, 5_000]; // ms on average: gone a fifth of the time
const HEADERS = 400;

const size = Number(process.argv[2] ?? PIECE);
let chance = Number(process.argv[3] ?? 1);
const roll = () => ((chance = (chance * 48271) % 2147483647) / 2147483647);
const lasting = (mean) => -mean * Math.log(1 - roll());

const link = { now: 0, up: true, until: lasting(UP) };
function pass(ms) {
  for (link.now += ms; link.now >= link.until; link.until += lasting(link.up ? UP : DOWN)) link.up = !link.up;
}

const names = new Map();
const name = (text) => names.get(text) ?? names.set(text, createHash("sha256").update(text).digest("hex")).get(text);
const kept = { visits: new Set(), pieces: new Set(), twice: [] };
const told = { sent: 0, requests: 0, cut: 0 };

/** Bytes go up until the link does; what came whole is kept, whether or not the answer gets back. */
async function send(url, { method, body }) {
  told.requests += 1;
  const bytes = HEADERS + (typeof body === "string" ? Buffer.byteLength(body) : body.length);
  if (!link.up) {
    pass(ROUND_TRIP);
    throw new TypeError("no network");
  }
  const room = (link.until - link.now) * BYTES_A_MS;
  told.sent += Math.min(bytes, room);
  if (bytes > room) {
    told.cut += 1;
    pass(link.until - link.now);
    throw new TypeError("cut");
  }
  pass(bytes / BYTES_A_MS);
  const answer = respond(url, method, body);
  const was = link.up && link.until - link.now > ROUND_TRIP;
  pass(ROUND_TRIP);
  if (!was) throw new TypeError("the answer was lost");
  return answer;
}

const json = (status, body) => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

function respond(url, method, body) {
  const [, , , , visit, , id, what, piece] = url.split("/");
  if (!visit) {
    const envelope = JSON.parse(JSON.parse(body).envelope);
    const status = kept.visits.has(envelope.id) ? 200 : 201;
    kept.visits.add(envelope.id);
    return json(status, { id: envelope.id, seq: 1, sha256: envelope.sha256, received_at: "2026-11-22T10:00:00.000Z" });
  }
  if (what === "pieces") {
    if (kept.pieces.has(piece)) kept.twice.push(piece);
    kept.pieces.add(piece);
    return json(200, { sha256: piece });
  }
  const missing = JSON.parse(body).pieces.filter((one) => !kept.pieces.has(one));
  return missing.length ? json(200, { missing }) : json(201, { id, seq: 1, sha256: name(id), received_at: "2026-11-22T10:00:00.000Z" });
}

const at = () => new Date(link.now).toISOString();
const waits = { attempts: 0, next_at: at(), trouble: null, account: "a" };
const visits = new Map(Array.from({ length: VISITS }, (_, number) => {
  const id = `visit ${number}`;
  return [id, { ...waits, id, sha256: name(id), sealed_at: at(), envelope: JSON.stringify({ id, sha256: name(id) }), epk: "e", iv: "i", sealed: "s".repeat(VISIT) }];
}));
const pictures = new Map(Array.from({ length: PHOTOGRAPHS }, (_, number) => {
  const id = `photograph ${number}`;
  const pieces = Array.from({ length: Math.ceil(PHOTOGRAPH / size) }, (_, part) => name(`${id} ${part}`));
  return [id, { ...waits, id, visit: `visit ${number}`, sha256: name(id), sealed_at: at(), receipt: null, envelope: "{}", epk: "e", iv: "i", pieces }];
}));
const disk = (rows) => ({
  waiting: async () => [...rows.values()], ready: async () => [...rows.values()].filter(({ visit }) => !visits.has(visit)), credential: async () => "Device a:b",
  keepWaiting: async (row) => void (rows.has(row.id) && rows.set(row.id, row)), settle: async (row) => void rows.delete(row.id),
  piece: async (_, number) => new Uint8Array(Math.min(size, PHOTOGRAPH - number * size)),
});
const [of, also] = [disk(visits), disk(pictures)];
const needed = [...visits.values()].reduce((sum, row) => sum + JSON.stringify(payloadOf(row)).length + HEADERS, 0) +
  [...pictures.values()].reduce((sum, row) => sum + PHOTOGRAPH + HEADERS * row.pieces.length, 0);

while (visits.size || pictures.size) {
  await push({ queue: of, send, now: () => link.now, all: true });
  await pushPhotographs({ disk: also, send, now: () => link.now, all: true });
  if (!link.up) pass(link.until - link.now + 1); // the network is back: everything is tried again at once
}
const whole = kept.visits.size === VISITS && kept.pieces.size === PHOTOGRAPHS * Math.ceil(PHOTOGRAPH / size);
console.log(JSON.stringify({ whole, twice: kept.twice.length, ...told, needed, minutes: link.now / 60_000, more: told.sent / needed - 1 }));
