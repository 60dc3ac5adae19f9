import type { Announcement, KeptAnnouncement } from "../../../src/domain/announcement.ts";
import type { Notice } from "../../../src/domain/broadcast.ts";
import type { SimProcess } from "../process.ts";
import type { Shown } from "../slack.ts";
import type { CheckContext, Checker } from "./context.ts";

/** A1's bound in minutes of a world in which somebody could have said it. */
const mostMinutes = 10;
const minuteMs = 60_000;
/** A5's bound, less what two calls may differ by on their way. */
const leastApartMs = 700;

type Expected = { key: string; of: string | null; at: number; silentMs: number };

/** A1 no alert lost, A2 not twice, A3 order and A5 rate: what people see against what was written to be told. */
export function messageChecker(context: CheckContext) {
  const { options, world, timeline, violations, silentMs } = context;
  const waiting = new Map<string, Expected>();
  const shown = new Set<string>();
  const counts = { expected: 0, lost: 0, doubled: 0 };
  let last: { at: number; process: SimProcess } | null = null;

  function expect(key: string, of: string | null): void {
    if (!options.messages || waiting.has(key) || shown.has(key)) return;
    counts.expected += 1;
    waiting.set(key, { key, of, at: timeline.now(), silentMs: silentMs() });
  }

  /** What came before it of the same destination must be there already. */
  function inOrder(key: string): void {
    const own = waiting.get(key);
    if (own === undefined || own.of === null) return;
    const before = [...waiting.values()].find(({ of, at }) => of === own.of && at < own.at);
    violations.check(
      before === undefined,
      "A3 order",
      () => `${key} is told before ${before?.key}`,
    );
  }

  function posted({ mark, at }: Shown, process: SimProcess): void {
    const apart = last?.process === process ? at - last.at : leastApartMs;
    last = { at, process };
    const keys = keysOf(mark);
    for (const key of keys) {
      inOrder(key);
      waiting.delete(key);
      const isSecond = shown.has(key);
      shown.add(key);
      if (isSecond) counts.doubled += 1;
      violations.check(!isSecond, "A2 not twice", () => `${key} stands in Slack twice`);
    }
    violations.check(apart >= leastApartMs, "A5 rate", () => `two posts within ${apart} ms`);
  }

  const checker: Checker = {
    listener: {
      sent(_, { name, args }) {
        if (name === "broadcasts.note") {
          const [{ broadcastId, key, destinationId }] = args as [Notice];
          expect(
            `${broadcastId} ${key}`,
            destinationId === null ? null : `${broadcastId} ${destinationId}`,
          );
        }
        if (name === "announcements.add") expect((args[0] as Announcement).key, null);
      },
    },
    each() {
      for (const { key, at, silentMs: before } of waiting.values()) {
        const minutes = (timeline.now() - at - (silentMs() - before)) / minuteMs;
        if (minutes <= mostMinutes) break;
        waiting.delete(key);
        if (isDropped(world.announcements.all().find((each) => each.key === key))) continue;
        counts.lost += 1;
        violations.check(
          false,
          "A1 no alert lost",
          () => `${key} is not there after ${mostMinutes} min`,
        );
      }
    },
  };
  return {
    ...checker,
    posted,
    expected: () => counts.expected,
    lost: () => counts.lost,
    doubled: () => counts.doubled,
  };
}

/** A question that was over before anybody saw it needs no words. */
const isDropped = (kept: KeptAnnouncement | undefined): boolean =>
  kept !== undefined &&
  (kept.shown?.messageTs === "" || (!kept.open && kept.content.lines.length === 0));

/** What a message tells: a card, an announcement, or lines of a story. */
function keysOf(mark: Shown["mark"]): string[] {
  const { broadcast_id: id = "", key = "" } = mark?.payload ?? {};
  if (mark?.type === "patchbay_card") return [`card ${id}`];
  if (mark?.type === "patchbay_announcement") return [key];
  return key.split("\n").map((line) => `${id} ${line}`);
}
