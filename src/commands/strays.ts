import type { Destination } from "../domain/destination.ts";
import { isFlowNeeded } from "../domain/plan.ts";
import type { StrayDecision } from "../domain/stray.ts";
import { type Button, strong, type Text, text } from "../domain/text.ts";
import { OpsError } from "../errors.ts";
import { checkBudget } from "./budget-check.ts";
import type { CommandContext } from "./command.ts";
import type { MoveOfEnd } from "./move-of-end.ts";
import type { Reply } from "./reply.ts";

/** What runs for no destination, as it is named: `channel 1009` or `flow`. */
export type Stray = { channelId: string } | "flow";

/** Reads such a name; null for words that mean destinations, of which one may be called so. */
export function strayIn(words: string, destinations: readonly Destination[]): Stray | null {
  const typed = words.toLowerCase().trim();
  if (destinations.some(({ name }) => name.toLowerCase() === typed)) return null;
  if (/^(the )?flow$/.test(typed)) return "flow";
  const [, channelId] = /^channel (\d{1,20})$/.exec(typed) ?? [];
  return channelId === undefined ? null : { channelId };
}

/** Ends it now; the loop asks AWS right after, and only while it still is nobody's. */
export async function stopStray(stray: Stray, context: CommandContext): Promise<Reply> {
  if (stray === "flow") return stopFlow(context);
  const { strays, asker, now, seen } = context;
  const decision = await strays.moveEnd({
    ...{ channelId: stray.channelId, until: now, minutes: null },
    ...{ maxLeaseMinutes: null, seenSessionId: seen, by: asker },
  });
  const { channelId } = decision.stranger;
  if (decision.result === "changed") return lines([changedLine(channelId)]);
  const already = decision.result === "already" ? " already" : "";
  return lines([text`${strong(`Channel ${channelId}`)} is${already} being stopped.`]);
}

/** Keeps it on until another time. */
export async function extendStray(
  stray: Stray,
  { until, minutes }: Pick<MoveOfEnd, "until" | "minutes">,
  context: CommandContext,
): Promise<Reply> {
  if (stray === "flow") throw flowHasNoEnd();
  const { strays, asker, seen } = context;
  const { rules } = await checkBudget(context);
  const decision = await strays.moveEnd({
    ...{ channelId: stray.channelId, until, minutes },
    ...{ maxLeaseMinutes: rules.maxLeaseMinutes, seenSessionId: seen, by: asker },
  });
  return lines([endLine(decision)]);
}

function endLine({ result, stranger: { channelId, until }, capped }: StrayDecision): Text {
  if (result === "changed") return changedLine(channelId);
  const name = strong(`Channel ${channelId}`);
  if (result === "already") return text`${name} ends at ${until} already.`;
  const limit = capped ? " No longer: that is the longest time allowed now." : "";
  return text`${name} is stopped at ${until}, not before.${limit}`;
}

const changedLine = (channelId: string): Text =>
  text`${strong(`Channel ${channelId}`)} was left alone: it was started again after that button was drawn.`;

async function stopFlow({ strays, facts, reconcile, asker }: CommandContext): Promise<Reply> {
  const before = await facts();
  const state = flowStateIn(before);
  if (state === "standby") return lines([text`The flow is on standby already.`]);
  if (state === null || isFlowNeeded(before))
    throw new OpsError("conflict", "The flow is needed, or cannot be read at present.", {
      hint: "It stops by itself after the last destination: `/stream stop all`.",
    });
  await strays.coolFlow(asker);
  await reconcile();
  const after = flowStateIn(await facts());
  return after === state
    ? lines([
        text`The flow is still ${state}. patchbay keeps asking; by hand: MediaConnect console, Stop.`,
      ])
    : lines([text`The flow is being stopped.`]);
}

function flowStateIn({ flow }: Awaited<ReturnType<CommandContext["facts"]>>): string | null {
  return flow === null || flow === "not-configured" ? null : flow.state;
}

const flowHasNoEnd = (): OpsError =>
  new OpsError("invalid-input", "The flow has no end of its own: it follows the destinations.", {
    hint: "For example `/stream extend twitch 30m`.",
  });

const lines = (said: readonly Text[], buttons: readonly Button[] = []): Reply => ({
  kind: "lines",
  lines: said,
  buttons,
});
