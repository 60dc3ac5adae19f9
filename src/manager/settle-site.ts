import type { Broadcast } from "../domain/broadcast.ts";
import { outsider } from "../domain/destination.ts";
import type { Facts } from "../domain/facts.ts";
import { type Remembered, remember } from "../domain/remember.ts";
import type { SiteMemory } from "../domain/site.ts";
import { OpsError } from "../errors.ts";
import { endSession, openStrangerSession } from "./sessions.ts";
import type { Settling } from "./settle.ts";

/**
 * Writes what the site as a whole should remember: strangers, spans, and since when the source is gone. Spans come after the
 * memory, so that a process with an old memory opens none; one that is lost in between is mended by a job.
 */
export async function settleSite(facts: Facts, given: Settling): Promise<SiteMemory> {
  const { ports, policy, now } = given;
  if (facts.memory.version < 0) return facts.memory;
  const remembered = remember(facts, policy, now);
  if (!remembered.changed) return facts.memory;
  try {
    await settleStrangers(remembered, given);
    await ports.siteMemory.write(remembered.memory);
    for (const span of remembered.opened) await ports.spans.open(span);
    for (const { id, to } of remembered.closed) await ports.spans.close(id, to);
    return { ...remembered.memory, version: remembered.memory.version + 1 };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    ports.log.warn("memory-unwritten", { code: error.code });
    return facts.memory;
  }
}

async function settleStrangers({ memory, arrived, left }: Remembered, given: Settling) {
  const { ports, broadcast, now } = given;
  for (const { channelId, name } of arrived) {
    const stranger = memory.strangers.find((each) => each.channelId === channelId);
    if (stranger === undefined) continue;
    if (broadcast !== null) await tellStranger(name, stranger, { given, broadcast });
    const about = { name, by: outsider, broadcastId: broadcast?.id ?? "" };
    await openStrangerSession(stranger, { ...about, spec: await given.specs(channelId) }, ports);
  }
  for (const { sessionId } of left) {
    const end = { endedAt: now, status: "stopped", endReason: null } as const;
    await endSession(sessionId, end, ports);
  }
}

async function tellStranger(
  name: string,
  { channelId, seenAt, until, sessionId }: SiteMemory["strangers"][number],
  { given, broadcast }: { given: Settling; broadcast: Broadcast },
) {
  await given.ports.broadcasts.note({
    key: `${sessionId}.stranger-seen`,
    kind: "stranger-seen",
    at: seenAt,
    broadcastId: broadcast.id,
    destinationId: null,
    destinationName: name || channelId,
    by: null,
    until,
    before: null,
    detail: "it runs, but no destination stands for it",
  });
}
