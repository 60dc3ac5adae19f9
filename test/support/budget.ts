import { subHours } from "date-fns/subHours";
import { ana, aSession } from "./builders.ts";
import type { aCommandLine } from "./command-line.ts";

type Line = ReturnType<typeof aCommandLine>;

/** Ten hours of Twitch earlier this month, and a budget of which they are this part. */
export async function spendPart(line: Line, part: number): Promise<void> {
  const { world, manager } = line;
  const endedAt = subHours(world.clock.now(), 2);
  const startedAt = subHours(endedAt, 10);
  const times = { startedAt, billedFrom: startedAt, runningAt: startedAt, endedAt };
  await world.ports.sessions.open(aSession({ ...times, id: "session_earlier", status: "stopped" }));
  const { meter } = await manager.costs.month(0);
  await manager.settings.change({ budgetUsd: meter.usd / part }, ana);
  await manager.costs.month(0);
}
