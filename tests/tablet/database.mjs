// A database in memory, with what records and the queue ask of one, and a service that keeps revisions as the real one does
// (visitapp/flow/drafts.py). For tests of what passes between devices.

globalThis.IDBKeyRange = { bound: (lower, upper) => ({ lower: lower.join("/"), upper: upper.map((one) => (Array.isArray(one) ? "\uffff" : one)).join("/") }) };

const key = (wanted) => [wanted].flat().join("/");

export function database() {
  const stores = { records: new Map(), sealed: new Map(), receipts: new Map(), accounts: new Map() };
  const within = (rows, wanted) => [...rows.keys()].sort().filter((at) => (wanted === undefined ? true : wanted.lower ? at >= wanted.lower && at <= wanted.upper : at === key(wanted)));
  const idOf = (row) => key(row.store ? [row.account, row.store, row.id] : row.id ?? row.account);
  const of = (name) => ({
    get: async (wanted) => stores[name].get(key(wanted)),
    put: async (row) => void stores[name].set(idOf(row), row),
    delete: async (wanted) => within(stores[name], wanted).forEach((at) => stores[name].delete(at)),
  });
  return {
    stores,
    transaction: (name) => ({ store: of([name].flat()[0]), objectStore: of, done: Promise.resolve() }),
    get: (name, wanted) => of(name).get(wanted),
    getKey: async (name, wanted) => (stores[name].has(key(wanted)) ? wanted : undefined),
    getAll: async (name, range) => within(stores[name], range).map((at) => stores[name].get(at)),
    put: (name, row) => of(name).put(row),
    delete: (name, wanted) => of(name).delete(wanted),
  };
}

/** One account's drafts on the service; `fetch` answers as its routes do. */
export class DraftService {
  drafts = new Map();
  asked = [];
  clock = 0;
  labels = {};
  /** What happens to the next requests: "cut" before they arrive, "lost" the answer on its way, or an answer of its own. */
  network = [];

  now = () => new Date(Date.parse("2026-11-22T10:00:00.000Z") + 60_000 * (this.clock += 1)).toISOString();

  told(draft, one) {
    const heads = [...one.revisions.values()].filter((each) => each.row).map(({ row, at }) => ({
      revision: row.revision, parents: row.parents, device: row.device, label: this.labels[row.device] ?? null, at: row.at, received_at: at, size: JSON.stringify(row).length,
    }));
    const past = [...one.revisions].filter(([, each]) => !each.row).map(([revision, { parents }]) => [revision, ...parents]);
    return { draft, ended: one.ended, heads, past };
  }

  fetch = async (address, options = {}) => {
    const how = this.network.shift();
    if (how === "cut") throw new TypeError("no network");
    const url = new URL(address, "http://localhost");
    this.asked.push(`${options.method ?? "GET"} ${url.pathname.replace("/tablet/api/", "")}`);
    const answer = how instanceof Response ? how : this.#answer(url, options);
    if (how === "lost") throw new TypeError("the connection went");
    return answer;
  };

  #answer(url, { method = "GET", headers = {}, body }) {
    const [, draft, revision] = url.pathname.replace("/tablet/api/", "").split("/");
    const device = (headers.Authorization ?? "").replace("Device ", "").split(":")[0];
    const here = (url.searchParams.get("here") ?? "").split(",");
    if (!draft) return Response.json({ drafts: [...this.drafts].filter(([id, one]) => !one.ended || here.includes(id)).map(([id, one]) => this.told(id, one)) });
    const one = this.drafts.get(draft);
    if (method === "POST") {
      if (one && !one.ended) one.ended = { how: JSON.parse(body).how, at: this.now(), device, label: this.labels[device] ?? null };
      return new Response(null, { status: 204 });
    }
    if (method === "GET") {
      const kept = one?.revisions.get(revision)?.row;
      return kept ? Response.json(kept) : Response.json({ problem: { code: "not_found", message: "Not here." } }, { status: 404 });
    }
    return this.#put(draft, JSON.parse(body), url.searchParams.get("resume") === "1");
  }

  #put(draft, row, resume) {
    const one = this.drafts.get(draft) ?? { revisions: new Map(), ended: null };
    if (one.ended && !(resume && one.ended.how === "discarded")) return Response.json({ problem: { code: "draft_ended", message: "It ended." } }, { status: 409 });
    one.ended = null;
    this.drafts.set(draft, one);
    const at = this.now();
    if (!one.revisions.has(row.revision)) {
      one.revisions.set(row.revision, { row, parents: row.parents, at });
      for (const parent of row.parents) one.revisions.set(parent, { ...(one.revisions.get(parent) ?? { parents: [], at }), row: null });
    }
    return Response.json({ revision: row.revision, received_at: one.revisions.get(row.revision).at, ...this.told(draft, one) }, { status: 201 });
  }
}
