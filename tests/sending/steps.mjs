// What can happen to a tablet and its service, one thing at a time. Each is drawn by chance and leaves the truth to be checked.

import { copyOf } from "../../static/tablet/waiting_copy.js";
import { STORM } from "./network.mjs";

const HOUR = 3_600_000;
const YEAR = 8766 * HOUR;
const PIECES = ["sofa ", "Ada's mother ", "ß", "😀", "مرحبا", "\u0000", "\ud800", "\u2028", '"}', "<b>", "\\", "é ", "e\u0301\ufb01 ", "no cot, ", "a".repeat(700)];

const turn = () => new Promise((done) => setImmediate(done));

/** Of up to three pieces; no two are alike. @param {import("./chance.mjs").Chance} chance */
function picture(chance) {
  const bytes = Uint8Array.from({ length: 16 + chance.below(150_000) }, (_, at) => at & 255);
  crypto.getRandomValues(bytes.subarray(0, 16));
  return bytes;
}

/** Each takes the trial as it stands. */
export const STEPS = {
  async begin(trial) {
    const { tablet, truth, chance } = trial;
    const household = chance.one(trial.place.families);
    let id = "";
    await trial.perhapsStruck(5, async () => {
      await tablet.begin(household, (draft) => {
        id = draft.id;
        truth.begins(draft, tablet.records.account);
      });
      truth.savedAs(id, "");
    });
  },

  async type(trial) {
    const { tablet, truth, chance } = trial;
    const visit = trial.oneOf("draft");
    if (!visit) return;
    await trial.perhapsStruck(14, async () => {
      await trial.openVisit(visit);
      for (let some = 1 + chance.below(12); some > 0 && !tablet.off; some -= 1) {
        truth.typed(visit.id, visit.text + chance.one(PIECES));
        tablet.answer(visit.text);
        if (chance.happens(0.4)) await turn();
      }
      await tablet.settled();
      truth.savedAs(visit.id, visit.text);
    });
  },

  /** A photograph of a room, of up to three pieces; at times two. */
  async photograph(trial) {
    const { tablet, truth, chance } = trial;
    const visit = trial.oneOf("draft");
    if (!visit) return;
    await trial.perhapsStruck(10, async () => {
      await trial.openVisit(visit);
      for (let some = 1 + chance.below(2); some > 0 && !tablet.off; some -= 1) truth.photographed(visit.id, await tablet.photograph(picture(chance)));
    });
  },

  async finish(trial) {
    const { tablet, truth, chance } = trial;
    const visit = trial.oneOf("draft");
    if (!visit) return STEPS.begin(trial);
    const photographed = chance.happens(0.3);
    await trial.perhapsStruck(photographed ? 30 : 12, async () => {
      await trial.openVisit(visit);
      if (photographed) truth.photographed(visit.id, await tablet.photograph(picture(chance)));
      const twice = trial.chance.happens(0.2) && tablet.open;
      await tablet.finish((body) => truth.seals(visit.id, body));
      if (twice) { // a second tap
        tablet.open = twice;
        await tablet.finish(() => {});
      }
    });
  },

  /** Discarded, and within thirty days brought back. */
  async discard(trial) {
    const { tablet, truth } = trial;
    const visit = trial.oneOf("draft");
    if (!visit) return;
    await trial.perhapsStruck(12, async () => {
      await trial.openVisit(visit);
      await tablet.discard(() => truth.goesTo(visit.id, "discarded", trial.world.now));
    });
  },

  async bringBack(trial) {
    const { tablet, truth } = trial;
    const visit = trial.oneOf("discarded");
    if (!visit) return;
    truth.goesTo(visit.id, "draft", trial.world.now);
    await trial.perhapsStruck(6, () => tablet.bringBack(visit.id));
  },

  /** The service tells the tablet what time it is. */
  meets: (trial) => trial.perhapsStruck(5, () => trial.tablet.meets(new Date(trial.world.now).toISOString())),

  /** A round as a timer or a person asks for it, in the weather of the moment; at times from two windows at once. */
  async send(trial) {
    const { tablet, truth, chance, network } = trial;
    if (!truth.all("sealed").length && chance.happens(0.9)) return STEPS.finish(trial);
    network.weather = chance.happens(0.15) ? { clear: 1 } : STORM;
    const windows = chance.happens(0.1) ? 2 : 1;
    await trial.perhapsStruck(16, async () => {
      const rounds = await Promise.all(Array.from({ length: windows }, () => tablet.push(chance.happens(0.6))));
      if (windows === 1) truth.round(rounds[0]);
    });
  },

  arrive: (trial) => trial.network.arrive(),
  powerCut: async (trial) => trial.tablet.cutPower(),
  time: async (trial) => trial.passes(trial.chance.below(2 * HOUR)),
  weeks: async (trial) => trial.passes(trial.chance.below(45 * 24) * HOUR),
  years: async (trial) => void (trial.clock.now += (trial.chance.below(60) - 30) * YEAR),
  setBack: async (trial) => void (trial.clock.now -= trial.chance.below(3 * HOUR)),
  serviceDies: (trial) => trial.service.kill(),
  serviceStarts: (trial) => trial.service.start(),

  /** Locked, and opened by whoever is next. */
  async lock(trial) {
    await trial.tablet.lock();
    await trial.unlockFor(trial.chance.one(trial.people));
  },

  signIn: (trial) => trial.signIn(trial.chance.one(trial.people)),
  signOut: (trial) => trial.signOut(),

  /** Every session ends, by time. */
  async expires(trial) {
    await trial.service.clock(14);
  },

  /** The tablet's credential counts no more, in this process of the service too. */
  async revoked(trial) {
    const [device] = trial.devices.splice(trial.chance.below(trial.devices.length), 1);
    if (!device) return;
    await trial.service.revoke(device);
    await trial.service.clock(0.01);
    if (trial.chance.happens(0.5)) await STEPS.standing(trial);
  },

  /** What waits is carried to the service in a file, and waits on. */
  async carry(trial) {
    const rows = await trial.tablet.queue.waiting();
    if (rows.length) await trial.service.carry(copyOf(rows));
  },

  /** The tablet asks whether it is still in use. */
  standing: (trial) => trial.perhapsStruck(8, () => trial.tablet.askStanding()),

  /** The seal of a visit that waits is broken: this one the service will never read. */
  async damage(trial) {
    const visit = trial.oneOf("sealed");
    const { disk, truth } = trial;
    if (!visit) return;
    const image = await disk.read();
    const row = image.sealed.find((one) => one.id === visit.id);
    row.sealed = row.sealed.slice(0, 9) + (row.sealed[9] === "A" ? "B" : "A") + row.sealed.slice(10);
    await disk.write(image);
    truth.damaged(visit.id);
  },

  /** Something in between takes offence at one visit, each time. */
  async refuse(trial) {
    const visit = trial.oneOf("sealed") ?? trial.oneOf("draft");
    const [picture] = visit?.pictures ?? [];
    if (visit) trial.network.refused.add(picture && trial.chance.happens(0.5) ? picture : visit.id);
  },

  async takeImage(trial) {
    trial.image = { disk: await trial.disk.read(), visits: trial.truth.copy(), whole: new Set(trial.network.whole), devices: [...trial.devices] };
  },

  /** The tablet is set back to an older image of itself. */
  async restoreImage(trial) {
    const { tablet, disk, truth, network, image } = trial;
    if (!image) return;
    tablet.cutPower();
    disk.blank();
    await trial.makeStores();
    await disk.write(image.disk);
    truth.backTo(image.visits);
    network.whole = new Set(image.whole);
  },
};

/** How often each happens. */
export const OFTEN = {
  discard: 3, bringBack: 3, meets: 3, weeks: 2, begin: 22, type: 14, photograph: 8, finish: 20, send: 32, arrive: 5, powerCut: 3, time: 5, years: 2, setBack: 2, serviceDies: 2, serviceStarts: 8, lock: 4, signIn: 4, signOut: 1.5,
  expires: 1.5, revoked: 3, standing: 2, carry: 1.5, damage: 1, refuse: 1, takeImage: 2, restoreImage: 1,
};
