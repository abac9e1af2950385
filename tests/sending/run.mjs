// Runs trials, one seed each, and prints the seed of one that fails: node run.mjs <python> <folder> <port> <first seed> <how many>

import { Service } from "./service.mjs";
import { Trial } from "./trial.mjs";

const [python, folder, port, first, many] = process.argv.slice(2);
const EXPECTED = ["PowerCut", "AbortError", "InvalidStateError", "TransactionInactiveError", "QuotaExceededError"];

process.on("unhandledRejection", (error) => {
  if (!EXPECTED.includes(error?.name)) throw error; // of a tablet that is off, nobody waits for what it was doing
});

const service = new Service(python, folder, Number(port));
const network = {};
const steps = {};
let sealed = 0;
let trials = 0;
try {
  const place = await service.furnish();
  for (let seed = Number(first); seed < Number(first) + Number(many); seed += 1) {
    const trial = new Trial(place, service, seed);
    try {
      await trial.run();
    } catch (error) {
      console.log(`\nA trial failed. To run it again: VISITAPP_SEED=${seed}\n${trial.story.join(", ")}\n${error.stack}`);
      process.exitCode = 1;
      break;
    }
    for (const [name, times] of Object.entries(trial.network.happened)) network[name] = (network[name] ?? 0) + times;
    trials += 1;
    sealed += trial.truth.sealed.size;
    for (const name of trial.story) steps[name] = (steps[name] ?? 0) + 1;
  }
  console.log(JSON.stringify({ trials, network, steps, sealed, kept: service.count(), photographs: service.photographs() }));
} finally {
  service.end();
}
