import "./plain-functions.ts";
import type { Task } from "./campaign.ts";
import { optionsOf } from "./forms.ts";
import { mutants } from "./mutants.ts";
import { simulate } from "./simulate.ts";

/** Lives the seeds that it is sent, one after the other, and sends back what came of each. */
process.on("message", (message) => {
  const { mutant, form = "full", ...life } = message as Task;
  const bug = mutants.find(({ name }) => name === mutant);
  void simulate(optionsOf({ ...life, form }), bug).then((report) => process.send?.(report));
});
