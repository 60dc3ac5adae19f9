import { addMinutes } from "date-fns/addMinutes";
import { beforeEach, describe, expect, it } from "vitest";
import type { Deadlines } from "../../src/manager/ports.ts";
import { siteNow } from "../support/builders.ts";

/** One outside without deadlines. */
export type DeadlinesStage = {
  deadlines: Deadlines;
  channelId: string;
  /** When each channel will be stopped by AWS itself. */
  all(): Record<string, Date>;
};

/** What every implementation of `Deadlines` does. */
export function deadlinesContract(name: string, open: () => Promise<DeadlinesStage>): void {
  describe(`Deadlines: ${name}`, () => {
    let stage: DeadlinesStage;
    beforeEach(async () => {
      stage = await open();
    });
    const inAnHour = addMinutes(siteNow, 60);

    it("writes, moves and takes away a channel's deadline", async () => {
      const { deadlines, channelId } = stage;
      await deadlines.set(channelId, inAnHour);
      expect(stage.all()).toEqual({ [channelId]: inAnHour });
      await deadlines.set(channelId, addMinutes(inAnHour, 30));
      expect(stage.all()).toEqual({ [channelId]: addMinutes(inAnHour, 30) });
      await deadlines.clear(channelId);
      expect(stage.all()).toEqual({});
    });

    it("sets the same deadline twice without harm", async () => {
      await stage.deadlines.set(stage.channelId, inAnHour);
      await stage.deadlines.set(stage.channelId, inAnHour);
      expect(stage.all()).toEqual({ [stage.channelId]: inAnHour });
    });

    it("keeps one deadline when several are set at once", async () => {
      const sets = [0, 0, 0].map(() => stage.deadlines.set(stage.channelId, inAnHour));
      await Promise.all(sets);
      expect(stage.all()).toEqual({ [stage.channelId]: inAnHour });
    });

    it("takes away what is not there", async () => {
      await stage.deadlines.clear(stage.channelId);
      expect(stage.all()).toEqual({});
    });
  });
}
