// The real service, in a process that can be killed, and its database, read past it.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";

export class Service {
  /** @param {string} python @param {string} folder @param {number} port */
  constructor(python, folder, port) {
    this.folder = folder;
    this.python = python;
    this.process = spawn(python, ["-m", "tests.sending.mortal_service", folder, String(port)], { stdio: ["pipe", "pipe", "inherit"] });
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    this.up = false;
  }

  /** @param {string} name @param {...unknown} given */
  async #tell(name, ...given) {
    this.process.stdin.write(`${JSON.stringify([name, ...given])}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error("the service's keeper is gone");
    return JSON.parse(value);
  }

  /** @param {"granian"} [by] the server that an installation runs, which starts slowly; without it one that is back at once */
  async furnish(by) {
    const place = await this.#tell("furnish");
    this.origin = `http://localhost:${place.port}`;
    this.port = place.port;
    this.database = new DatabaseSync(place.database, { readOnly: true });
    this.sql = {
      kept: this.database.prepare("SELECT id, seq, sha256, body, author FROM submission WHERE id = ?"),
      count: this.database.prepare("SELECT count(*) AS n FROM submission"),
      photograph: this.database.prepare("SELECT bytes, author FROM photograph WHERE submission = ? AND id = ?"),
      photographs: this.database.prepare("SELECT count(*) AS n FROM photograph"),
      aside: this.database.prepare("SELECT body FROM quarantine WHERE submission = ?"),
    };
    await (by ? this.#serve(place.port) : this.start());
    return place;
  }

  async #serve(port) {
    const command = ["-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--no-ws", "--port", String(port), "--log-level", "critical", "wsgi:app"];
    const env = { ...process.env, DATA_DIR: this.folder, PORT: String(port) };
    this.server = spawn(this.python, command, { env, stdio: "ignore", detached: true });
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => (this.end(), process.exit(1)));
    for (let tries = 0; tries < 400; tries += 1) {
      const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error("the service did not start");
  }

  async start() {
    if (!this.up) await this.#tell("start");
    this.up = true;
  }

  async kill() {
    if (this.up) await this.#tell("kill");
    this.up = false;
  }

  /** Its clock goes on by that many hours. @param {number} hours */
  clock = (hours) => this.#tell("clock", hours);

  /** Another tablet for this account. @param {string} account @returns {Promise<{ id: string, secret: string }>} */
  register = (account) => this.#tell("register", account);

  /** @param {string} device */
  revoke = (device) => this.#tell("revoke", device);

  /** A file of waiting visits is brought in. @param {string} file */
  carry = (file) => this.#tell("carry", file);

  /** @param {string} id @returns {{ id: string, seq: number, sha256: string, body: Uint8Array, author: string } | undefined} */
  kept = (id) => this.sql.kept.get(id);

  /** @param {string} visit @param {string} id @returns {{ bytes: Uint8Array, author: string } | undefined} */
  photograph = (visit, id) => this.sql.photograph.get(visit, id);

  /** What is set aside under this id. @param {string} id @returns {Uint8Array[]} */
  aside = (id) => this.sql.aside.all(id).map((row) => row.body);

  /** How many photographs it holds. */
  photographs = () => this.sql.photographs.get().n;

  count = () => this.sql.count.get().n;

  end() {
    this.database?.close();
    if (this.server) process.kill(-this.server.pid, "SIGKILL");
    this.process.stdin.end();
  }
}
