import "./plain-functions.ts";
import type { Task } from "./campaign.ts";
import { optionsOf } from "./forms.ts";
import { mutants } from "./mutants.ts";
import { roughOptionsFor } from "./options.ts";
import { simulate } from "./simulate.ts";

/** Lives the seeds that it is sent, one after the other, and sends back what came of each. */
process.on("message", (message) => {
  const { mutant, form = "full", ...life } = message as Task;
  const bug = mutants.find(({ name }) => name === mutant);
  const rough = roughOptionsFor(life.seed, life.days, bug?.messages === true);
  const options =
    bug === undefined
      ? optionsOf({ ...life, form })
      : { ...rough, faults: { ...rough.faults, ...bug.faults } };
  void simulate(options, bug).then((report) => process.send?.(report));
});
