import { addSeconds } from "date-fns";
import fc from "fast-check";
import { type ChannelState, channelStates } from "../../src/domain/channel.ts";
import type { Destination, Phase, StartAttempt } from "../../src/domain/destination.ts";
import type { Facts } from "../../src/domain/facts.ts";
import { defaultPolicy, type Policy } from "../../src/domain/policy.ts";
import { type FlowState, flowStates } from "../../src/domain/source.ts";
import {
  aBindings,
  aChannelReading,
  aDestination,
  aFlowReading,
  anIntent,
  channelByPlatform,
  siteNow,
} from "./builders.ts";

const phases: Phase[] = ["accepted", "starting", "running", "stopping", "off", "failed"];

const aroundNow = (...seconds: number[]) =>
  fc.constantFrom(...seconds.map((each) => addSeconds(siteNow, each)));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });
const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ arbitrary: fc.constant(null), weight: 4 }, { arbitrary: value, weight: 1 });
const often = <T>(likely: readonly T[], all: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof(fc.constantFrom(...likely), all);

export const anyState = often<ChannelState>(["idle", "running"], fc.constantFrom(...channelStates));
export const anyPolicy: fc.Arbitrary<Policy> = fc
  .constantFrom("adopt" as const, "stop" as const)
  .map((strangers) => ({ ...defaultPolicy, strangers }));

const anyIntent = fc
  .record({
    id: fc.constantFrom("intent_1", "intent_2"),
    at: often([siteNow], aroundNow(-5, -599, -600, -7_200)),
  })
  .map(anIntent);

const anyAttempt: fc.Arbitrary<StartAttempt> = fc.record({
  intentId: fc.constantFrom("intent_1", "intent_2"),
  at: aroundNow(0, -4, -5, -31, -90, -600, -7_200),
  outcome: fc.constantFrom("unknown", "accepted", "refused"),
});

/** Every row that a crash, an old version or a hand edit may leave, for one of the test site's channels. */
export const anyDestination = (platform = "twitch"): fc.Arbitrary<Destination> =>
  fc
    .record({
      desired: fc.constantFrom("on", "off"),
      phase: often<Phase>(["accepted"], fc.constantFrom(...phases)),
      enabled: fc.boolean(),
      intent: fc.option(anyIntent, { nil: null, freq: 9 }),
      leaseUntil: often<Date | null>([addSeconds(siteNow, 3_600)], maybe(aroundNow(-1, 0, 1))),
      holdUntil: seldom(aroundNow(-1, 60)),
      attempt: maybe(anyAttempt),
      outputIntentId: maybe(fc.constantFrom("intent_1", "intent_2")),
      retryAt: seldom(aroundNow(-1, 0, 1)),
      failures: fc.constantFrom(0, 9),
      channelState: anyState,
      lastSyncAt: maybe(aroundNow(0, -59, -60)),
      runningSince: maybe(aroundNow(-60)),
      version: fc.constantFrom(0, 7),
    })
    .map((some) => aDestination({ platform, ...some }));

const anyFlow: fc.Arbitrary<Facts["flow"]> = often<Facts["flow"]>(
  [aFlowReading()],
  fc.oneof(
    fc.constantFrom<Facts["flow"]>(null, "not-configured"),
    often<FlowState>(["active", "standby"], fc.constantFrom(...flowStates)).map((state) =>
      aFlowReading({ state }),
    ),
  ),
);

const anyChannels: fc.Arbitrary<Facts["channels"]> = fc.option(
  fc
    .record({ primary: anyState, youtube: anyState, twitch: anyState })
    .map((states) =>
      Object.entries(states).map(([name, state]) =>
        aChannelReading({ name, channelId: idOf(name), state }),
      ),
    )
    .map((readings) => new Map(readings.map((each) => [each.channelId, each]))),
  { nil: null, freq: 9 },
);

const idOf = (name: string): string => new Map(Object.entries(channelByPlatform)).get(name) ?? "";

const anyBindings = often(
  [aBindings()],
  fc.constantFrom(
    aBindings({ channelByPlatform: {}, sharedChannelId: channelByPlatform.youtube }),
    aBindings({ channelByPlatform: { primary: "1001" } }),
  ),
);

/**
 * Facts of a site with two rows for Twitch's channel, one for YouTube's and one for the HLS player's, in any state;
 * YouTube's channel may be a stranger's.
 */
export const anyFacts: fc.Arbitrary<Facts> = fc.record({
  unreadable: fc.constant([]),
  destinations: fc
    .tuple(
      anyDestination(),
      anyDestination().map((each) => ({ ...each, id: "dest_rival" })),
      anyDestination("youtube"),
      anyDestination("primary"),
    )
    .chain((rows) => fc.shuffledSubarray(rows)),
  channels: anyChannels,
  flow: anyFlow,
  bindings: anyBindings,
  memory: fc.record({
    flowQuietSince: maybe(aroundNow(0, -599, -600, -7_200)),
    strangers: fc.subarray([
      { channelId: channelByPlatform.youtube, seenAt: siteNow, until: siteNow, sessionId: "" },
      {
        channelId: channelByPlatform.primary,
        seenAt: siteNow,
        until: addSeconds(siteNow, 1),
        sessionId: "",
      },
    ]),
    deadlines: fc.subarray([
      {
        channelId: channelByPlatform.twitch,
        at: addSeconds(siteNow, 300),
        sure: true,
        before: null,
      },
      {
        channelId: channelByPlatform.youtube,
        at: siteNow,
        sure: false,
        before: addSeconds(siteNow, -60),
      },
    ]),
    flowActiveSince: maybe(aroundNow(-600)),
    sourceLostSince: maybe(aroundNow(-60, -600)),
    sourceLostSeenAt: maybe(aroundNow(0, -60, -600)),
    sourceBitrateBps: fc.constantFrom(null, 8_000_000),
    version: fc.nat(9),
  }),
});
