import type { Destination } from "../domain/destination.ts";
import { claims } from "../domain/facts.ts";
import { isFlowNeeded, phaseOf, type Step } from "../domain/plan.ts";
import { bind } from "../domain/site.ts";
import { OpsError } from "../errors.ts";
import { type Applying, failIntent, failures } from "./fail-intent.ts";
import { readAnew } from "./gather.ts";
import type { LogFields } from "./ports.ts";
import { noteFailure, setOutput, startChannel } from "./start-channel.ts";

const atOnce = 5;

/**
 * Carries out the steps, phase by phase: at most five at a time, and each by itself, so that one destination's failure
 * is its own. A failure is logged and the next pass plans again; a fault of our own is thrown when all the other steps
 * are done.
 */
export async function apply(steps: readonly Step[], applying: Applying): Promise<void> {
  const faults: unknown[] = [];
  for (const phase of [0, 1, 2]) {
    const own = steps.filter(({ kind }) => phaseOf[kind] === phase);
    for (let first = 0; first < own.length; first += atOnce)
      faults.push(...(await applySome(own.slice(first, first + atOnce), applying)));
  }
  if (faults.length > 0) throw faults[0];
}

/** Answers with the faults of our own. */
async function applySome(steps: readonly Step[], applying: Applying): Promise<unknown[]> {
  const done = await Promise.allSettled(steps.map((step) => applyOne(step, applying)));
  return done.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
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
  if (step.destinationId === null) return stopStranger(step.channelId, applying);
  const destination = find(step.destinationId, applying);
  if (!(await isStillAsked(destination, applying))) return;
  try {
    await ports.channels.stop(step.channelId);
  } catch (error) {
    await noteFailure(destination, applying);
    throw error;
  }
}

/** Of no row when the pass began; one that has come back since knows itself what becomes of its channel. */
async function stopStranger(channelId: string, { ports, facts }: Applying): Promise<void> {
  const rows = await ports.destinations.list();
  const isOfRow = rows.some((row) => bind(row, facts.bindings)?.channelId === channelId);
  if (!isOfRow) await ports.channels.stop(channelId);
}

async function isStillAsked({ id, intent }: Destination, { ports, facts }: Applying) {
  const rows = await ports.destinations.list();
  const claim = claims(rows, facts.bindings).get(id);
  return rows.find((row) => row.id === id)?.intent?.id === intent?.id && !claim?.wantedByOthers;
}
