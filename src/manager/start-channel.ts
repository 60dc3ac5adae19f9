import { addSeconds } from "date-fns/addSeconds";
import { differenceInSeconds } from "date-fns/differenceInSeconds";
import { type ChannelState, hasBegun } from "../domain/channel.ts";
import type {
  Destination,
  DestinationChange,
  StartAttempt,
  StreamKeyRef,
} from "../domain/destination.ts";
import { unansweredSeconds } from "../domain/plan.ts";
import type { Secret } from "../domain/secret.ts";
import { isOpsError, OpsError } from "../errors.ts";
import { type Applying, failIntent } from "./fail-intent.ts";

/** When to try again after this many failures in a row: 1 s, doubling, at most a minute. */
export const retryAfter = (failures: number, now: Date): Date =>
  addSeconds(now, Math.min(60, 2 ** Math.max(0, failures - 1)));

/** Sets the destination's address and key on its idle channel; the key lives only inside this call. */
export async function setOutput(
  destination: Destination,
  channelId: string,
  applying: Applying,
): Promise<void> {
  const { ports } = applying;
  const { streamKeyRef, platformIngest, intent } = destination;
  if (streamKeyRef === null || platformIngest === null)
    return giveUp(destination, "its RTMP address or stream key is missing", applying);
  try {
    const streamKey = await readKey(streamKeyRef, applying);
    await ports.channels.setOutput(channelId, { platformIngest, streamKey });
  } catch (error) {
    return afterFailure(destination, error, applying);
  }
  await ports.destinations.update(destination, {
    outputIntentId: intent?.id ?? null,
    failures: 0,
    retryAt: null,
  });
}

async function readKey(ref: StreamKeyRef, { ports }: Applying): Promise<Secret> {
  try {
    return await ports.streamKeys.read(ref);
  } catch (error) {
    if (!isOpsError(error, "not-found")) throw error;
    const message = "its stream key is not where the row says; an admin must store it again";
    throw new OpsError("not-configured", message, { cause: error });
  }
}

/**
 * The one StartChannel of an intent. The attempt is written before the call, under the row's version: a stop that came
 * in between makes that write fail, and nothing is sent; nor is it when the write took so long that another process may
 * have sent it by now: then the next pass tries again. After a refusal or silence the channel is read again first.
 * What has begun is kept in mind until it is written, so that a channel which somebody stops meanwhile is not started again.
 */
export async function startChannel(
  destination: Destination,
  channelId: string,
  applying: Applying,
): Promise<void> {
  const { ports, begun } = applying;
  const attempt: StartAttempt = {
    intentId: destination.intent?.id ?? "",
    at: ports.clock.now(),
    outcome: "unknown",
  };
  const accepted: DestinationChange = {
    attempt: { ...attempt, outcome: "accepted" },
    phase: "starting",
    failures: 0,
    retryAt: null,
  };
  if (begun.get(destination.id) === attempt.intentId)
    return void (await ports.destinations.update(destination, accepted));
  const recorded = await ports.destinations.update(destination, { attempt });
  if (differenceInSeconds(ports.clock.now(), attempt.at) >= unansweredSeconds) return;
  const call = await send(channelId, applying);
  if (hasBegun(call.state)) begun.set(destination.id, attempt.intentId);
  const change: DestinationChange = hasBegun(call.state)
    ? accepted
    : {
        attempt: { ...attempt, outcome: call.refused ? "refused" : "unknown" },
        failures: recorded.failures + 1,
        retryAt: retryAfter(recorded.failures + 1, ports.clock.now()),
      };
  if (call.fatal !== null)
    return failIntent(recorded, { detail: call.fatal, stop: false, change }, applying);
  await ports.destinations.update(recorded, change);
}

type Call = { state: ChannelState; refused: boolean; fatal: string | null };

async function send(channelId: string, { ports }: Applying): Promise<Call> {
  try {
    return { state: await ports.channels.start(channelId), refused: false, fatal: null };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    ports.log.warn("start-not-confirmed", { channelId, code: error.code });
    if (isFatal(error)) return { state: "unknown", refused: true, fatal: error.message };
    const state = await lookAgain(channelId, ports.channels);
    return { state, refused: error.code === "aws-throttled", fatal: null };
  }
}

async function lookAgain(channelId: string, channels: Applying["ports"]["channels"]) {
  try {
    return (await channels.read(channelId)).state;
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    return "unknown";
  }
}

/** What no repetition can mend. */
const isFatal = (error: OpsError): boolean =>
  ["not-found", "not-allowed", "invalid-input", "aws-refused", "not-configured"].includes(
    error.code,
  );

async function afterFailure(destination: Destination, error: unknown, applying: Applying) {
  if (!(error instanceof OpsError)) throw error;
  if (isFatal(error)) return giveUp(destination, error.message, applying);
  await noteFailure(destination, applying);
  throw error;
}

/** Puts the next try off. What failed is what people should hear of, so that a failure to write this is not. */
export async function noteFailure(destination: Destination, { ports }: Applying): Promise<void> {
  const failures = destination.failures + 1;
  const retryAt = retryAfter(failures, ports.clock.now());
  try {
    await ports.destinations.update(destination, { failures, retryAt });
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
  }
}

const giveUp = (destination: Destination, detail: string, applying: Applying) =>
  failIntent(destination, { detail, stop: false }, applying);
