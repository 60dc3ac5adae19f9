import "./plain-functions.ts";
import type { Task } from "./campaign.ts";
import { lightOptionsFor } from "./light-options.ts";
import { mutants } from "./mutants.ts";
import { optionsFor, roughOptionsFor } from "./options.ts";
import { simulate } from "./simulate.ts";

/** Lives the seeds that it is sent, one after the other, and sends back what came of each. */
process.on("message", (message) => {
  const { seed, days, light, mutant } = message as Task;
  const bug = mutants.find(({ name }) => name === mutant);
  const own = light ? lightOptionsFor(seed, days) : optionsFor(seed, days);
  const rough = roughOptionsFor(seed, days, bug?.messages === true);
  const options =
    bug === undefined ? own : { ...rough, faults: { ...rough.faults, ...bug.faults } };
  void simulate(options, bug).then((report) => process.send?.(report));
});
