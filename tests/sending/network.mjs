// What lies between the tablet and the service, and everything it does to what passes. Only here is known which receipt came through
// whole and as the service gave it: nothing else may ever count.

import { connect } from "node:net";

const plainFetch = globalThis.fetch;

export class Network {
  /** @param {import("./service.mjs").Service} service @param {import("./chance.mjs").Chance} chance @param {() => () => void} powerSwitch of the tablet as it is on now */
  constructor(service, chance, powerSwitch) {
    this.service = service;
    this.chance = chance;
    this.powerSwitch = powerSwitch;
    this.cookie = "";
    /** @type {Record<string, number>} how often each thing happens now */
    this.weather = { clear: 1 };
    /** @type {Set<string>} visits that something in between refuses each time */
    this.refused = new Set();
    /** @type {Set<string>} id and hash of each receipt that came through */
    this.whole = new Set();
    /** @type {(() => Promise<unknown>)[]} requests that are still on their way */
    this.late = [];
    /** @type {{ text: string, status: number, id: string }[]} answers that came too late */
    this.strays = [];
    /** @type {Record<string, number>} */
    this.happened = {};
    globalThis.fetch = (path, options) => (String(path).startsWith("/") ? this.real(path, options) : plainFetch(path, options));
  }

  /** As the tablet's own `fetch`. @param {string} path @param {any} options @returns {Promise<Response>} */
  send = async (path, options) => {
    const id = /photographs\/([^/]+)/.exec(path)?.[1] ?? JSON.parse(JSON.parse(options.body).envelope).id;
    const what = this.refused.has(id) ? "proxy_413" : this.chance.named(this.weather);
    this.happened[what] = (this.happened[what] ?? 0) + 1;
    return this[what](path, options, id);
  };

  /** @param {string} path @param {any} options */
  real(path, options) {
    const headers = { ...options.headers, ...(options.headers?.Authorization ? {} : { Cookie: this.cookie, Origin: this.service.origin }) };
    return plainFetch(`http://127.0.0.1:${this.service.port}${path}`, { ...options, headers });
  }

  /** @param {Response} response @param {string} text */
  #passed(response, text, headers = response.headers) {
    return new Response(text, { status: response.status, headers });
  }

  async clear(path, options) {
    const response = await this.real(path, options);
    const text = await response.text();
    if (response.ok) this.#counts(text);
    return this.#passed(response, text);
  }

  #counts(text) {
    const { id, sha256 } = JSON.parse(text);
    if (id) this.whole.add(`${id} ${sha256}`); // else it says which pieces of a photograph are missing, or that one is here
  }

  async unreachable() {
    throw new TypeError("fetch failed");
  }

  async lost_answer(path, options) {
    await this.real(path, options).then((response) => response.text());
    throw new TypeError("fetch failed");
  }

  /** The request is cut at some byte. */
  async cut_request(path, options) {
    const credential = options.headers.Authorization ? `Authorization: ${options.headers.Authorization}` : `Origin: ${this.service.origin}\r\nCookie: ${this.cookie}`;
    const body = Buffer.from(options.body);
    const head = `${options.method} ${path} HTTP/1.1\r\nHost: localhost\r\n${credential}\r\nContent-Type: ${options.headers["Content-Type"]}\r\nContent-Length: ${body.length}\r\n\r\n`;
    const bytes = Buffer.concat([Buffer.from(head), body]);
    const some = bytes.subarray(0, this.chance.below(bytes.length));
    await new Promise((done) => {
      const socket = connect(this.service.port, "127.0.0.1", () => socket.write(some, () => socket.destroy()));
      socket.on("close", done).on("error", done);
    });
    throw new TypeError("fetch failed");
  }

  /** The answer is cut at some byte, and the browser knows. */
  async cut_answer(path, options) {
    const response = await this.real(path, options);
    const bytes = new Uint8Array(await response.arrayBuffer());
    let given = false;
    const pull = (stream) => {
      if (given) return stream.error(new TypeError("terminated"));
      given = true;
      return stream.enqueue(bytes.subarray(0, this.chance.below(bytes.length)));
    };
    return new Response(new ReadableStream({ pull }), { status: response.status, headers: response.headers });
  }

  /** The answer ends too early, and nothing says so. */
  async truncated(path, options) {
    const response = await this.real(path, options);
    const text = await response.text();
    return this.#passed(response, text.slice(0, this.chance.below(text.length)));
  }

  /** Something in between sends it twice, at once; one of the answers arrives. */
  async twice(path, options) {
    const both = await Promise.allSettled([this.real(path, options), this.real(path, options)]);
    const answers = both.filter((one) => one.status === "fulfilled").map((one) => one.value);
    if (!answers.length) throw new TypeError("fetch failed");
    const texts = await Promise.all(answers.map((one) => one.text()));
    const at = this.chance.below(answers.length);
    if (answers[at].ok) this.#counts(texts[at]);
    return this.#passed(answers[at], texts[at]);
  }

  /** It comes to the service long after the tablet has given it up. */
  async delayed(path, options) {
    const { signal: _, ...kept } = options;
    this.late.push(() => this.real(path, kept).then((response) => response.text()));
    throw new TypeError("fetch failed");
  }

  /** What is still on its way arrives now, in any order. */
  async arrive() {
    for (const one of this.late.splice(0).sort(() => this.chance.next() - 0.5)) await one().catch(() => {});
  }

  async late_answer(path, options, id) {
    const response = await this.real(path, options);
    this.strays.push({ text: await response.text(), status: response.status, id });
    throw new TypeError("fetch failed");
  }

  /** The answer to an earlier request comes as if it were to this one. */
  async crossed(path, options, id) {
    await this.real(path, options).then((response) => response.text());
    const other = this.strays.find((stray) => stray.id !== id);
    if (!other) throw new TypeError("fetch failed");
    return new Response(other.text, { status: other.status, headers: JSON_TYPE });
  }

  portal = async () => new Response("<html><title>Free wifi</title><p>Welcome</html>", { status: 200, headers: HTML_TYPE });
  portal_says_json = async () => new Response('{"success":true}', { status: this.chance.one([200, 201]), headers: JSON_TYPE });
  portal_empty = async () => new Response("", { status: 200, headers: JSON_TYPE });
  /** It gives back what it was sent. */
  portal_echo = async (_path, options) => new Response(typeof options.body === "string" ? JSON.parse(options.body).envelope : options.body, { status: 201, headers: JSON_TYPE });
  proxy_403 = async () => page(403, "Blocked by policy");
  proxy_407 = async () => page(407, "Proxy authentication required");
  proxy_413 = async () => page(413, "Request entity too large");
  proxy_502 = async () => page(502, "Bad gateway");
  fault = async () => problem(500, "fault");
  refusal = async () => problem(this.chance.one([400, 401, 403, 409, 413, 418, 422]), "refused");
  slow_down = async () => problem(429, "slow", { "retry-after": this.chance.one(["0", "1", "120", "-5", "99999999999", "Wed, 21 Oct 2026 07:28:00 GMT"]) });

  /** The service has it, but what comes back is not what it said. */
  async other_receipt(path, options) {
    const response = await this.real(path, options);
    const said = await response.json();
    if (!response.ok || !said.sha256) return new Response(JSON.stringify(said), { status: response.status, headers: JSON_TYPE });
    const letter = said.sha256[0] === "0" ? "1" : "0";
    const changed = this.chance.one([{ sha256: letter + said.sha256.slice(1) }, { sha256: said.sha256.slice(0, 63) }, { id: crypto.randomUUID() }, { seq: String(said.seq) }, { received_at: undefined }]);
    return new Response(JSON.stringify({ ...said, ...changed }), { status: response.status, headers: JSON_TYPE });
  }

  /** The service dies while it receives, at any moment. */
  async service_dies(path, options) {
    const asked = this.clear(path, options);
    asked.catch(() => {});
    await new Promise((done) => setTimeout(done, this.chance.below(12)));
    await this.service.kill();
    return asked;
  }

  /** The tablet dies when it has sent, or when the answer is there and nobody has read it. */
  async tablet_dies(path, options) {
    const cut = this.powerSwitch();
    const asked = this.real(path, options).then((response) => response.text(), () => {});
    if (this.chance.happens(0.5)) await asked;
    cut();
    await asked;
    throw new TypeError("nobody is there any more");
  }
}

const JSON_TYPE = { "content-type": "application/json" };
const HTML_TYPE = { "content-type": "text/html" };
const page = (status, words) => new Response(`<html><h1>${words}</h1></html>`, { status, headers: HTML_TYPE });
const problem = (status, code, headers = {}) => new Response(JSON.stringify({ problem: { code, message: "No." } }), { status, headers: { ...JSON_TYPE, ...headers } });

/** All that can happen to a visit on its way, and how often. */
export const STORM = {
  clear: 6, unreachable: 2, lost_answer: 2, cut_request: 2, cut_answer: 2, truncated: 2, twice: 2, delayed: 2, late_answer: 2, crossed: 2, portal: 1,
  portal_says_json: 1, portal_empty: 1, portal_echo: 1, proxy_403: 1, proxy_407: 1, proxy_502: 1, fault: 1, refusal: 2, slow_down: 1, other_receipt: 3,
  service_dies: 1.5, tablet_dies: 2,
};
