// The functions that nobody waits for load everything while Lambda starts them, with a whole CPU, and not at their first call.
import "./lambda/worker.ts";

export { tick, work } from "./lambda.ts";
