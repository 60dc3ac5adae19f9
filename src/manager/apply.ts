import type { Destination } from "../domain/destination.ts";
import { claims } from "../domain/facts.ts";
import { isFlowNeeded, type Step } from "../domain/plan.ts";
import { OpsError } from "../errors.ts";
import { type Applying, failIntent, failures } from "./fail-intent.ts";
import { readAnew } from "./gather.ts";
import type { LogFields } from "./ports.ts";
import { noteFailure, setOutput, startChannel } from "./start-channel.ts";

const atOnce = 5;

/**
 * Carries out the steps: at most five at a time, stops before everything else, and each by itself, so that one
 * destination's failure is its own. A failure is logged and the next pass plans again; a fault of our own is thrown
 * when all the other steps are done.
 */
export async function apply(steps: readonly Step[], applying: Applying): Promise<void> {
  const faults: unknown[] = [];
  for (let first = 0; first < steps.length; first += atOnce) {
    const some = steps.slice(first, first + atOnce);
    const done = await Promise.allSettled(some.map((step) => applyOne(step, applying)));
    faults.push(...done.flatMap((each) => (each.status === "rejected" ? [each.reason] : [])));
  }
  if (faults.length > 0) throw faults[0];
}

async function applyOne(step: Step, applying: Applying): Promise<void> {
  const { log } = applying.ports;
  try {
    log.info("step", fieldsOf(step));
    await carryOut(step, applying);
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    log.warn("step-failed", { ...fieldsOf(step), code: error.code, message: error.message });
  }
}

/** A step as plain log fields. */
const fieldsOf = (step: Step): LogFields =>
  step.kind === "keep-deadlines"
    ? { kind: step.kind, set: step.set.length, clear: step.clear.length }
    : { ...step };

function carryOut(step: Step, applying: Applying): Promise<void> {
  const { flows } = applying.ports;
  const { flowArn } = applying.facts.bindings;
  switch (step.kind) {
    case "start-flow":
      return flowArn === null ? Promise.resolve() : flows.start(flowArn);
    case "stop-flow":
      return flowArn === null ? Promise.resolve() : stopFlow(flowArn, applying);
    case "stop-channel":
      return stopChannel(step, applying);
    case "keep-deadlines":
      return applying.keeper.keep(step, applying.facts.memory);
    case "fail-intent":
      return failIntent(find(step.destinationId, applying), failures[step.reason], applying);
    case "set-output":
      return setOutput(find(step.destinationId, applying), step.channelId, applying);
    case "start-channel":
      return startChannel(find(step.destinationId, applying), step.channelId, applying);
  }
}

/** The flow carries every show, so that nothing but what is true at this moment stops it. */
async function stopFlow(flowArn: string, { ports, facts }: Applying): Promise<void> {
  if (!isFlowNeeded(await readAnew(facts, ports))) await ports.flows.stop(flowArn);
}

const find = (id: string, { facts }: Applying): Destination => {
  const found = facts.destinations.find((each) => each.id === id);
  if (found === undefined) throw new OpsError("internal", "A step names a row that was not read.");
  return found;
};

/**
 * A stop that AWS refuses or does not answer is repeated with a growing pause, for ever. AWS has no way to bind it to
 * its intent, so the rows are read again right before it: a show that was started in the meantime is not cut.
 */
async function stopChannel(step: Step & { kind: "stop-channel" }, applying: Applying) {
  const { ports } = applying;
  if (step.destinationId === null) return void (await ports.channels.stop(step.channelId));
  const destination = find(step.destinationId, applying);
  if (!(await isStillAsked(destination, applying))) return;
  try {
    await ports.channels.stop(step.channelId);
  } catch (error) {
    await noteFailure(destination, applying);
    throw error;
  }
}

async function isStillAsked({ id, intent }: Destination, { ports, facts }: Applying) {
  const rows = await ports.destinations.list();
  const claim = claims(rows, facts.bindings).get(id);
  return rows.find((row) => row.id === id)?.intent?.id === intent?.id && !claim?.wantedByOthers;
}
