import { afterAll, beforeAll, vi } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { sourceFigures } from "../../src/aws/cloudwatch.ts";
import { mediaConnectFlows } from "../../src/aws/mediaconnect.ts";
import type { FlowState } from "../../src/domain/source.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { flowArn } from "../support/builders.ts";
import { flowOf } from "../support/the-flow.ts";
import { aWorld } from "../support/world.ts";
import { flowsContract } from "./flows.contract.ts";

flowsContract("in memory", () => {
  const { flows, clock } = aWorld();
  return Promise.resolve({
    flows,
    flowArn,
    put: flows.setState,
    settle: () => clock.advance(60_000),
    setSource: flows.setSource,
  });
});

let local: AwsStage;
let clients: ReturnType<typeof createAwsClients>;
beforeAll(async () => {
  local = await openAwsStage();
  clients = createAwsClients(local.options);
});
afterAll(async () => {
  clients.close();
  await local.close();
});

const transitional = ["STARTING", "STOPPING", "UPDATING"];

flowsContract("MediaConnect", async () => {
  const { world, clock, aws } = local;
  const settle = () =>
    vi.waitFor(() => {
      if (transitional.includes(flowOf(world.data).status)) throw new Error("still on its way");
    });
  // A move takes the place of one that the test before has left under way.
  aws.life.moveFlow("STOPPING");
  await settle();
  return {
    flows: mediaConnectFlows(
      clients.mediaConnect,
      sourceFigures(clients.cloudWatch, { clock, cacheMs: 0 }),
    ),
    flowArn: flowOf(world.data).arn,
    put: (state: FlowState) =>
      world.change((data) => Object.assign(flowOf(data), { status: state.toUpperCase() })),
    settle,
    setSource: (reading) => world.change(({ source }) => Object.assign(source, reading)),
  };
});
