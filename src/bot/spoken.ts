import type { Log } from "../manager/ports.ts";
import { lookUp } from "./find-posted.ts";
import type { TurnSlack } from "./in-turn.ts";
import type { Posted } from "./slack.ts";

/** Where in the conversation something stands; `threadTs` names the message that a thread hangs on. */
export type Place = { conversationId: string; threadTs: string | null };

/** What of ours stands in the conversation and its threads: read once from Slack, and kept up with what is posted. */
export type Spoken = {
  /** What stands there, at least since then. Throws a `SlackFailure` when Slack does not answer. */
  in(place: Place, since: Date): Promise<readonly Posted[]>;
  add(place: Place, posted: Posted): void;
  /** From now on everything is read again: an answer was lost, or somebody else may have posted. */
  forget(): void;
};

type Needs = { slack: Pick<TurnSlack, "history" | "replies">; log: Log };

/** Messages are looked for from a little before they can be there, because clocks differ. */
const clockSlackMs = 10 * 60_000;

export function createSpoken({ slack, log }: Needs): Spoken {
  const known = new Map<string, { since: number; messages: Posted[] }>();
  const nameOf = ({ conversationId, threadTs }: Place) => `${conversationId} ${threadTs ?? ""}`;

  function read({ conversationId, threadTs }: Place, since: Date): Promise<Posted[]> {
    return threadTs === null
      ? slack.history(conversationId, since)
      : slack.replies({ conversationId, ts: threadTs }, since);
  }

  return {
    async in(place, since) {
      const found = known.get(nameOf(place));
      if (found !== undefined && found.since <= since.getTime()) return found.messages;
      const from = new Date(since.getTime() - clockSlackMs);
      const messages = await lookUp(() => read(place, from), log);
      known.set(nameOf(place), { since: since.getTime(), messages });
      return messages;
    },
    add: (place, posted) => void known.get(nameOf(place))?.messages.push(posted),
    forget: () => known.clear(),
  };
}
