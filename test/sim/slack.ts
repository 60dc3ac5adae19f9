import type { Mark, Post, Posted, Slack } from "../../src/bot/slack.ts";
import { SlackFailure, type SlackTrouble } from "../../src/bot/slack-failure.ts";
import type { Faults } from "./faults.ts";
import type { SimOptions } from "./options.ts";
import type { SimProcess } from "./process.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";
import { canary } from "./world.ts";

/** One message of the conversation, as people see it. */
export type Shown = {
  ts: string;
  threadTs: string | null;
  at: number;
  mark: Mark | null;
  words: string;
};

type Parts = {
  options: SimOptions;
  timeline: Timeline;
  faults: Faults;
  trace: Trace;
  random: Random;
  onPost(message: Shown, process: SimProcess): void;
  onSecret(where: string): void;
};

type Caller = { process: SimProcess; name: string };
export type NotifierSlack = Pick<Slack, "post" | "update" | "share" | "history" | "replies">;

const keptMs = 3 * 24 * 3_600_000;
const timeoutMs = 10_000;

/** One conversation of Slack: what is posted stays, and only the way to it has faults. */
export function createSimSlack(parts: Parts) {
  const { timeline, faults, trace, random, options } = parts;
  let messages: Shown[] = [];
  let count = 0;

  function keep(message: Shown, process: SimProcess): void {
    messages.push(message);
    const first = messages[0];
    if (first !== undefined && first.at < timeline.now() - 2 * keptMs)
      messages = messages.filter(({ at }) => at > timeline.now() - keptMs);
    parts.onPost(message, process);
  }

  function post({ message, mark, thread }: Post, process: SimProcess): string {
    count += 1;
    const at = timeline.now();
    const ts = `${Math.floor(at / 1_000)}.${String(count).padStart(6, "0")}`;
    const words = JSON.stringify(message);
    if (words.includes(canary)) parts.onSecret(`message ${ts}`);
    keep({ ts, threadTs: thread?.ts ?? null, at, mark: mark ?? null, words }, process);
    return ts;
  }

  const found = (threadTs: string | null, since: Date): Posted[] =>
    messages
      .filter((each) => each.at >= since.getTime())
      .filter((each) => each.threadTs === threadTs || each.ts === threadTs)
      .map(({ ts, mark }) => ({ ts, mark, files: [] }));
  /** The trouble that one call meets, and whether it takes effect all the same. */
  function troubleOf(name: string): { trouble: SlackTrouble; effect: boolean } | null {
    if (faults.isCalm()) return null;
    if (faults.isOut("slack")) {
      faults.meet("outage-slack", `slack.${name}`);
      return { trouble: { kind: "unreachable" }, effect: false };
    }
    if (random.chance(options.faults["slack-lost"] * 0.1)) {
      faults.note("slack-lost", `slack.${name}`);
      return { trouble: { kind: "unreachable" }, effect: true };
    }
    if (!random.chance(options.faults["slack-limited"] * 0.1)) return null;
    faults.note("slack-limited", `slack.${name}`);
    const retryAfterMs = 1_000 * random.pick([1, 2, 5, 30, 60]);
    return { trouble: { kind: "limited", retryAfterMs }, effect: false };
  }

  async function call<T>({ process, name }: Caller, act: () => T): Promise<T> {
    if (!process.isAlive()) return new Promise(() => undefined);
    const met = troubleOf(name);
    trace.add(timeline.now(), `slack.${name}`, `${process.id} ${met?.trouble.kind ?? ""}`);
    await arrives(process, random.between(20, 300));
    const answer = met?.effect === false ? null : act();
    const isSilent = met?.trouble.kind === "unreachable";
    const waitMs = isSilent ? random.between(0, timeoutMs) : 20;
    await new Promise<void>((resolve) => process.after(waitMs, resolve));
    if (met !== null) throw new SlackFailure(name, met.trouble);
    if (answer === null) throw new SlackFailure(name, gone);
    return answer;
  }

  /** Slack as one process reaches it. */
  const slackOf = (process: SimProcess): NotifierSlack => ({
    post: (given) => call({ process, name: "post" }, () => post(given, process)),
    update: ({ ts }) =>
      call({ process, name: "update" }, () => messages.some((each) => each.ts === ts) || null).then(
        () => undefined,
      ),
    share: () => call({ process, name: "share" }, () => true).then(() => undefined),
    history: (_, since) => call({ process, name: "history" }, () => found(null, since)),
    replies: ({ ts }, since) => call({ process, name: "replies" }, () => found(ts, since)),
  });

  /** What is sent arrives also when its sender has died; a paused one has not sent it yet. */
  const arrives = (process: SimProcess, ms: number) =>
    new Promise<void>((resolve) =>
      process.isPaused() ? process.after(ms, resolve) : timeline.after(ms, resolve),
    );

  return { slackOf };
}

export type SimSlack = ReturnType<typeof createSimSlack>;

const gone: SlackTrouble = { kind: "refused", code: "message_not_found" };
