import { beforeEach, describe, expect, it } from "vitest";
import { type FlowState, type SourceReading, unknownSource } from "../../src/domain/source.ts";
import type { Flows } from "../../src/manager/ports.ts";

/** One outside with a flow in standby. */
export type FlowsStage = {
  flows: Flows;
  flowArn: string;
  put(state: FlowState): void;
  settle(): Promise<void>;
  setSource(source: SourceReading): void;
};

const feed: SourceReading = {
  connected: true,
  bitrateBps: 6_000_000,
  rttMs: 24,
  lossPercent: 0.5,
};

/** What every implementation of `Flows` does. */
export function flowsContract(name: string, open: () => Promise<FlowsStage>): void {
  describe(`Flows: ${name}`, () => {
    let stage: FlowsStage;
    const read = () => stage.flows.read(stage.flowArn);

    beforeEach(async () => {
      stage = await open();
    });

    it("starts from standby and stops to standby", async () => {
      const { flows, flowArn } = stage;
      await flows.start(flowArn);
      await stage.settle();
      expect(await read()).toMatchObject({ state: "active" });
      await flows.stop(flowArn);
      await stage.settle();
      expect(await read()).toMatchObject({ state: "standby" });
    });

    it.each<FlowState>(["starting", "active", "updating", "stopping", "error"])(
      "does not start a flow that is %s",
      async (state) => {
        stage.put(state);
        await expect(stage.flows.start(stage.flowArn)).rejects.toMatchObject({ code: "conflict" });
      },
    );

    it.each<FlowState>(["standby", "starting", "updating", "stopping"])(
      "does not stop a flow that is %s",
      async (state) => {
        stage.put(state);
        await expect(stage.flows.stop(stage.flowArn)).rejects.toMatchObject({ code: "conflict" });
      },
    );

    it.each(["arn:aws:mediaconnect:us-west-2:123456789012:flow:1-none:none", "", "flow"])(
      "knows no flow %j",
      async (arn) => {
        await expect(stage.flows.read(arn)).rejects.toMatchObject({ code: "not-found" });
        await expect(stage.flows.start(arn)).rejects.toMatchObject({ code: "not-found" });
        await expect(stage.flows.stop(arn)).rejects.toMatchObject({ code: "not-found" });
      },
    );

    it.each<FlowState>(["active", "updating"])(
      "measures the source while the flow is %s",
      async (state) => {
        stage.setSource(feed);
        stage.put(state);
        const reading = await read();
        expect(reading).toEqual({ name: expect.stringMatching(/srt/), state, source: feed });
      },
    );

    it.each<FlowState>(["standby", "starting", "stopping", "error"])(
      "cannot say whether a source is there while the flow is %s",
      async (state) => {
        stage.setSource(feed);
        stage.put(state);
        expect((await read()).source).toEqual(unknownSource);
      },
    );

    it("has no figures of a source that is gone", async () => {
      stage.setSource({ ...feed, connected: false });
      stage.put("active");
      expect((await read()).source).toEqual({ ...unknownSource, connected: false });
    });
  });
}
