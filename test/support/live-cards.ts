import { conversation, tokens } from "../../local/slack/people.ts";
import { createNotifier } from "../../src/bot/notifier.ts";
import { createSlack, type Slack } from "../../src/bot/slack.ts";
import { SlackFailure, type SlackTrouble } from "../../src/bot/slack-failure.ts";
import { Secret } from "../../src/domain/secret.ts";
import type { DestinationView, SiteView } from "../../src/domain/view.ts";
import type { Ports } from "../../src/manager/ports.ts";
import { said, untilTrue } from "./bot.ts";
import { aBroadcast, siteNow } from "./builders.ts";
import { hooked, type Wrap } from "./hooked.ts";
import { type SlackHarness, slackPeople } from "./local-slack.ts";
import { aView } from "./views.ts";
import { aWorld, type World } from "./world.ts";

const { ana } = slackPeople;
export const broadcastId = "broadcast_1";

export type Fault = { trouble: SlackTrouble; effect: boolean };
/** The call works and its answer is lost. */
export const lost: Fault = { trouble: { kind: "unreachable" }, effect: true };
export const limited: Fault = { trouble: { kind: "limited", retryAfterMs: 30_000 }, effect: false };
export const refused = (code: string): Fault => ({
  trouble: { kind: "refused", code },
  effect: false,
});

export type StageOptions = {
  /** Ports that this process has instead of the world's. */
  ports?: Partial<Ports>;
  /** Goes around each call of a port and of Slack (`slack.post`). */
  wrap?: Wrap;
};

/** A process that shows and says things on the local Slack, whose calls can be counted and broken. */
export function aStage(
  slack: SlackHarness,
  world: World = aWorld(),
  { ports, wrap = () => undefined }: StageOptions = {},
) {
  const calls: { name: string; at: number }[] = [];
  const faults = new Map<string, Fault[]>();
  const real = createSlack(new Secret(tokens.bot), `${slack.origin}/api/`, world.log);
  const broken = new Proxy(real, {
    get:
      (target, name: keyof Slack) =>
      async (...args: unknown[]) => {
        await wrap(`slack.${name}`, "before");
        calls.push({ name, at: world.clock.now().getTime() });
        const fault = faults.get(name)?.shift();
        if (fault && !fault.effect) throw new SlackFailure(name, fault.trouble);
        const answer: unknown = await Reflect.apply(target[name], target, args);
        await wrap(`slack.${name}`, "after");
        if (fault) throw new SlackFailure(name, fault.trouble);
        return answer;
      },
  });
  const notifier = createNotifier({
    ...hooked({ ...world.ports, ...ports }, wrap),
    slack: broken,
    conversationId: conversation.id,
    site: { zone: "UTC", defaultLeaseMinutes: 240 },
  });
  return {
    ...notifier,
    world,
    calls: (name: keyof Slack) => calls.filter((each) => each.name === name).length,
    /** When a call was made, in milliseconds. */
    times: (name: keyof Slack) => calls.filter((each) => each.name === name).map(({ at }) => at),
    fail: (name: keyof Slack, ...next: Fault[]) => faults.set(name, next),
    /** What stands in the conversation: cards, and loud lines of the story. */
    cards: async () => (await said(slack, ana)).filter(({ threadTs }) => threadTs === null),
    story: async () => (await said(slack, ana)).filter(({ threadTs }) => threadTs !== null),
    /** Waits until the card's row says where the card stands. */
    untilPosted: () =>
      untilTrue(world, async () => {
        const card = await world.broadcasts.card(broadcastId);
        if (card?.messageTs == null || card.digest === null) throw new Error("not posted yet");
        return card;
      }),
    until: <T>(check: () => T | Promise<T>) => untilTrue(world, check),
  };
}

/** The site in the middle of the broadcast, as it is now. */
export const view = (world: World, ...destinations: DestinationView[]): SiteView =>
  aView({ at: world.clock.now(), broadcast: aBroadcast({ startedAt: siteNow }), destinations });
export const headlines = (messages: { text: string }[]) =>
  messages.map(({ text }) => text.split(".")[0]);
