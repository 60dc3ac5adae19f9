import type { LocalChannel, LocalOutput, World, WorldData } from "../world.ts";
import { type Output, type OutputWorks, startOutput } from "./channel-output.ts";

/** Milliseconds between two looks at whether the receivers get their streams. */
const lookMs = 250;
/** Deaths in a row that are told one by one; after that the output's own `failed` says it. */
const toldDeaths = 5;

/** The outputs of all channels: each runs while its channel is RUNNING and there is something to send. */
export type Outputs = {
  watch(channelId: string): string | null;
  close(): Promise<void>;
};

/** What a running channel waits for; null when it can send. A flow being updated goes on carrying its stream. */
export function waitsFor(data: Readonly<WorldData>): string | null {
  if (data.flow?.status !== "ACTIVE" && data.flow?.status !== "UPDATING") return "the flow";
  return data.source.connected ? null : "the source";
}

type Running = { output: Output; stopping: boolean };

export function createOutputs(
  world: World,
  works: OutputWorks,
  log: (line: string) => void,
): Outputs {
  const running = new Map<string, Running>();
  let closed = false;

  const report = (channelId: string, status: LocalOutput["status"], detail: string) => {
    const before = world.data.outputs[channelId];
    if (before?.status === status && before.detail === detail) return;
    world.change(({ outputs }) => {
      outputs[channelId] = { channelId, status, detail };
    });
  };
  const forget = (channelId: string) => {
    if (!world.data.outputs[channelId]) return;
    world.change(({ outputs }) => void delete outputs[channelId]);
  };
  const isWanted = (channelId: string) =>
    !closed && world.data.channels[channelId]?.state === "RUNNING" && !waitsFor(world.data);

  const start = (channel: LocalChannel) => {
    const output = startOutput({ ...channel }, works, {
      log,
      onDeath: ({ reason, streak, retryInMs }) => {
        const again = `trying again in ${retryInMs / 1_000} s`;
        if (streak <= toldDeaths) world.log(`ffmpeg of ${channel.name} ${reason}, ${again}.`);
        report(channel.id, "failed", `ffmpeg ${reason}, ${again}`);
      },
    });
    running.set(channel.id, { output, stopping: false });
    report(channel.id, "starting", "waiting for the first picture");
  };
  const stop = async (channelId: string, entry: Running) => {
    entry.stopping = true;
    await entry.output.stop();
    running.delete(channelId);
    if (!world.data.channels[channelId]) forget(channelId);
    follow();
  };
  const followOne = (channel: LocalChannel) => {
    const entry = running.get(channel.id);
    const wait = waitsFor(world.data);
    if (isWanted(channel.id)) {
      if (!entry) start(channel);
    } else if (channel.state === "RUNNING" && !closed) {
      report(channel.id, "starting", `waiting for ${wait}`);
    } else if (!entry) {
      forget(channel.id);
    }
  };
  const follow = () => {
    for (const [channelId, entry] of running)
      if (!isWanted(channelId) && !entry.stopping) void stop(channelId, entry);
    for (const channel of Object.values(world.data.channels)) followOne(channel);
  };
  const look = () => {
    for (const [channelId, { output, stopping }] of running)
      if (!stopping && output.isSending()) report(channelId, "sending", output.sendingDetail);
  };

  const timer = setInterval(look, lookMs);
  const unfollow = world.onChange(follow);
  follow();
  return {
    watch: (channelId) => {
      const output = running.get(channelId)?.output;
      return output?.isSending() ? output.watch : null;
    },
    close: async () => {
      closed = true;
      clearInterval(timer);
      unfollow();
      await Promise.all([...running].map(([channelId, entry]) => stop(channelId, entry)));
      for (const channelId of Object.keys(world.data.outputs)) forget(channelId);
    },
  };
}
