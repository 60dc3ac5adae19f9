import { addHours } from "date-fns";
import { defaultPolicy, type Policy } from "../../src/domain/policy.ts";
import { defaultSettings, type Settings, toStoredSettings } from "../../src/domain/settings.ts";
import { budgetAlert } from "../../src/jobs/budget-alert.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { aSession } from "./builders.ts";
import { inWords } from "./command-line.ts";
import { aPatchbay } from "./patchbay.ts";
import { aWorld } from "./world.ts";

type Options = { policy?: Partial<Policy> };

/** A site that has spent about $100 this month, and what its budget is. */
export async function aSpendingSite({ policy = {} }: Options = {}) {
  const world = aWorld();
  const start = world.clock.now();
  await world.sessions.open(
    aSession({
      id: "session_spent",
      startedAt: addHours(start, -200),
      billedFrom: addHours(start, -200),
      endedAt: addHours(start, -1),
      status: "stopped",
    }),
  );
  const patchbay = aPatchbay(world, { policy });
  const context = () => ({
    manager: aPatchbay(world, { policy }).manager,
    ports: world.ports,
    policy: { ...defaultPolicy, ...policy },
  });
  const set = (change: Partial<Settings>) =>
    world.notes.put("settings", toStoredSettings({ ...defaultSettings, ...change }));
  const spent = (await patchbay.manager.costs.month()).meter.usd;
  const tick = () => budgetAlert.run(world.clock.now(), createTick(context()));
  const keys = () => world.announcements.all().map(({ key }) => key);
  const said = (key: string) =>
    world.announcements
      .all()
      .filter((each) => each.key.includes(key))
      .map(
        ({ open, content }) => `${open ? "open" : "said"}: ${content.lines.map(inWords).join(" ")}`,
      );
  /** Slack shows everything as it is. */
  const show = async () => {
    for (const each of await world.announcements.live())
      await world.announcements.noteShown(each.key, {
        conversationId: "C1",
        messageTs: "1.1",
        revision: each.revision,
      });
  };
  const setShare = (percent: number, hardCap = false) =>
    set({ budgetUsd: (spent * 100) / percent, hardCap });
  return { world, patchbay, set, setShare, tick, keys, said, show, spent };
}
