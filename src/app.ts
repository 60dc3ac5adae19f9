import type { Hono } from "hono";
import { createApi } from "./api/api.ts";
import { type Bot, createBot } from "./bot/bot.ts";
import type { Site } from "./commands/command.ts";
import { createCommands } from "./commands/run.ts";
import type { Config, FunctionSlack, SlackConfig } from "./config.ts";
import { defaultPolicy, type Policy } from "./domain/policy.ts";
import { OpsError } from "./errors.ts";
import { runDueJobs } from "./jobs/run-due-jobs.ts";
import { type Loop, startLoop } from "./manager/loop.ts";
import { createManager, type Manager } from "./manager/manager.ts";
import type { Notifier, Ports } from "./manager/ports.ts";

/** The whole product as a value; `open` and `close` are the only parts that touch the world by themselves. */
export type App = {
  api: Hono;
  /** Takes Slack's requests; null when the bot dials out to Slack. */
  slackListener: Bot["listener"];
  manager: Manager;
  /** Runs what is due, and a pass after it; called each minute by the door's own driver. */
  tick(): Promise<void>;
  /** Asks the loop to look at AWS now; resolves when it has. */
  wake(): Promise<void>;
  /** Starts the loop and connects to Slack; resolves when commands are accepted. */
  open(): Promise<void>;
  /** Acts on one delivery of Slack that was brought to this process; see `FrontDoor`. */
  deliver: Bot["deliver"];
  /** Resolves when nothing is on its way and nothing is left to be said, or `ending` aborts; the loop must be open. */
  settled(ending: AbortSignal): Promise<void>;
  /** When the last pass ended well; null before the first. */
  lastPassAt(): Date | null;
  /** Takes no new work, lets what is under way finish, and disconnects. */
  close(): Promise<void>;
};

/** What the doors bring: the environment, the ports that are not the bot's, and the Slack app. */
export type AppOptions = {
  config: Config;
  ports: Omit<Ports, "notifier" | "crew">;
  slack: SlackConfig | FunctionSlack;
  /** False for a process that writes wishes, and leaves it to others to act on AWS and to say things. True by default. */
  acts?: boolean;
};

/** The one place where the parts meet. */
export function createApp({ config, ports, slack, acts = true }: AppOptions): App {
  const { clock, log, ids, broadcasts, announcements, notes, deliveries } = ports;
  const policy = policyFrom(config);
  let loop: Loop | null = null;

  const bot: Bot = createBot({
    slack,
    people: { operators: config.PATCHBAY_OPERATORS, admins: config.PATCHBAY_ADMINS },
    site: policy,
    commands: { run: (line) => commands.run(line) },
    broadcasts,
    announcements,
    notes,
    deliveries,
    clock,
    ids,
    log,
  });
  const all: Ports = { ...ports, notifier: acts ? bot.notifier : silent, crew: bot.crew };
  const manager = createManager(all, policy, () => void loop?.wake());
  const commands = createCommands({
    ...(acts ? manager : withoutActs(manager)),
    policy,
    now: clock.now,
  });
  // A function takes what it is brought as soon as it is there.
  let accepted = slack.mode === "function";

  return {
    api: createApi({
      log,
      health: () => ({
        ready: accepted,
        slack: bot.isConnected(),
        slackMode: slack.mode,
        lastPassAt: loop?.lastPassAt() ?? null,
      }),
    }),
    slackListener: bot.listener,
    manager,
    async tick() {
      await loop?.firstPass;
      await hearTime(manager);
      await runDueJobs(clock.now(), { manager, ports: all, policy });
      await loop?.wake();
    },
    wake: async () => loop?.wake(),
    async open() {
      const { PATCHBAY_POLL_MS: soon } = config;
      loop = startLoop(ports, manager, { soon, watch: soon, idle: 60_000 });
      await bot.start();
      accepted = true;
    },
    deliver: bot.deliver,
    async settled(ending) {
      await loop?.settled(ending);
      await bot.settled(ending);
    },
    lastPassAt: () => loop?.lastPassAt() ?? null,
    async close() {
      accepted = false;
      await loop?.stop();
      await bot.stop();
    },
  };
}

const silent: Notifier = { announce: () => undefined, show: () => undefined };

/** A pass that only looks: the next one of somebody else does what is to be done. */
const withoutActs = (manager: Manager): Site => ({
  ...manager,
  reconcile: async () => ({ steps: null, view: await manager.look() }),
});

/** A clock that is wrong is put right by an answer of AWS, so there is one before anything is decided by the time. */
async function hearTime({ destinations }: Manager): Promise<void> {
  try {
    await destinations();
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
  }
}

function policyFrom(config: Config): Policy {
  return {
    ...defaultPolicy,
    zone: config.PATCHBAY_ZONE,
    defaultLeaseMinutes: config.PATCHBAY_DEFAULT_LEASE_MINUTES,
    maxLeaseMinutes: config.PATCHBAY_MAX_LEASE_MINUTES,
    keepWarmMinutes: config.PATCHBAY_KEEP_WARM_MINUTES,
    graceMinutes: config.PATCHBAY_GRACE_MINUTES,
    deadlineMarginMinutes: config.PATCHBAY_DEADLINE_MARGIN_MINUTES,
    strangers: config.PATCHBAY_STRANGERS,
    channelQuota: config.PATCHBAY_CHANNEL_QUOTA ?? null,
  };
}
