import type { ChannelReading } from "../domain/channel.ts";
import { billMemory, billNote, withLook } from "../domain/cost/bill-memory.ts";
import { managedChannels } from "../domain/site.ts";
import { readMemo } from "../manager/memo.ts";
import type { Job } from "./job.ts";

/** Remembers whose channels the account has, because a bill that others are in says nothing of the site's prices. */
export const billWatch: Job = {
  name: "bill-watch",
  async run(now, tick) {
    const { bill, notes } = tick.ports;
    if (bill === null) return;
    const facts = await tick.facts();
    if (facts.channels === null) return;
    const ours = managedChannels(facts);
    const others = [...facts.channels.values()].filter(({ channelId }) => !ours.has(channelId));
    const memo = await readMemo(notes, billNote(now), billMemory);
    await memo.write(withLook(memo.value, now, others.map(nameOf)));
  },
};

const nameOf = ({ name, channelId }: ChannelReading): string => `${name} (${channelId})`.trim();
