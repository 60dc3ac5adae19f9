import type { Clock } from "../manager/ports.ts";
import type { Spacing } from "./pace.ts";
import type { Slack } from "./slack.ts";
import type { Turn } from "./turn.ts";

/** Said instead of writing while another process has the turn. */
export class NotOurTurn extends Error {
  override readonly name = "NotOurTurn";
}

/** Slack for what everybody sees: it is written to while it is our turn only, and posts keep their distance. */
export type TurnSlack = Pick<Slack, "post" | "update" | "share" | "history" | "replies"> & {
  /**
   * Asked before each piece of work. True when others may have written since the last piece, so that nothing remembered
   * of Slack or the store counts any more. Throws `NotOurTurn`, as every write does when the turn was lost meanwhile.
   */
  begin(): Promise<boolean>;
};

type Needs = { slack: Omit<TurnSlack, "begin">; turn: Turn; spacing: Spacing; clock: Clock };

export function createTurnSlack({ slack, turn, spacing, clock }: Needs): TurnSlack {
  let epoch = turn.epoch();

  async function insist(): Promise<void> {
    if (!(await turn.isOurs()) || turn.epoch() !== epoch) throw new NotOurTurn();
  }

  /** The last question before a post, so that a process that was paused while it waited does not post. */
  async function spaced<T>(post: () => Promise<T>): Promise<T> {
    await clock.sleep(spacing.nextMs());
    await insist();
    try {
      return await post();
    } finally {
      spacing.posted();
    }
  }

  return {
    async begin() {
      if (!(await turn.isOurs())) throw new NotOurTurn();
      const isChanged = turn.epoch() !== epoch;
      epoch = turn.epoch();
      return isChanged;
    },
    post: (post) => spaced(() => slack.post(post)),
    share: (share) => spaced(() => slack.share(share)),
    update: async (place, message) => {
      await insist();
      await slack.update(place, message);
    },
    history: slack.history,
    replies: slack.replies,
  };
}
