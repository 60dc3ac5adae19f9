import { subMinutes } from "date-fns/subMinutes";
import type { Job } from "./job.ts";

const everyMinutes = 15;

/**
 * Ends the sessions that nobody will end any more, because their row was removed or names another session: an open one is
 * metered for ever. Where the channel runs on without a row, that has a session of its own from when it was seen.
 */
export const closeSessions: Job = {
  name: "close-sessions",
  async run(now, tick) {
    if (now.getUTCMinutes() % everyMinutes !== 0) return;
    const sessions = await tick.ports.sessions.list(subMinutes(now, 1), now);
    const settled = subMinutes(now, everyMinutes);
    const open = sessions.filter(
      ({ endedAt, startedAt }) => endedAt === null && startedAt < settled,
    );
    if (open.length === 0) return;
    const { destinations, memory } = await tick.facts();
    const owners = [...destinations, ...memory.strangers];
    const lost = open.filter(({ id }) => owners.every(({ sessionId }) => sessionId !== id));
    for (const { id, channelId } of lost) {
      const heir = memory.strangers.find((each) => each.channelId === channelId);
      const end = { endedAt: heir?.seenAt ?? now, endReason: "its destination is gone" };
      await tick.ports.sessions.amend(id, { ...end, status: "stopped" });
    }
  },
};
