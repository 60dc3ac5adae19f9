import { addMinutes } from "date-fns/addMinutes";
import { differenceInMinutes } from "date-fns/differenceInMinutes";
import { min } from "date-fns/min";
import { untilWords } from "./offers.ts";
import type { Policy } from "./policy.ts";
import { forMinutes, perHour, priced } from "./price-words.ts";
import type { Stranger } from "./site.ts";
import type { Button } from "./text.ts";
import { wallTime } from "./wall-time.ts";

/** A running channel that no destination stands for, by the name that it has in AWS; a price that is not known is left out. */
export type NamedStranger = { stranger: Stranger; name: string; usdPerHour: number | null };

/** Stops that channel, by its id, because no destination names it; asks first. */
export function stopStrangerOffer(
  { stranger, name, usdPerHour }: NamedStranger,
  label: string,
): Button {
  const saved = usdPerHour === null ? "" : ` That saves about ${perHour(usdPerHour)}.`;
  return {
    label,
    command: `stop channel ${stranger.channelId}`,
    style: "danger",
    confirm: {
      title: "Stop this channel?",
      text: [`${name} runs for no destination here; somebody may need it all the same.${saved}`],
      yes: "Stop",
    },
    seen: stranger.sessionId,
  };
}

type Keeping = { label: string; minutes: number; policy: Policy; now: Date };

/** Less than this is not worth a button: the site's limit may leave only a minute. */
const leastMinutes = 5;

/** "Keep until 23:00 · $1.70", by the clock of the site; none where the longest lease leaves nothing to give. */
export function keepStrangerOffer(
  { stranger, usdPerHour }: NamedStranger,
  { label, minutes, policy, now }: Keeping,
): Button[] {
  const { until: from, channelId, sessionId } = stranger;
  const until = min([addMinutes(from, minutes), addMinutes(now, policy.maxLeaseMinutes)]);
  const more = differenceInMinutes(until, from);
  if (more < leastMinutes) return [];
  return [
    {
      label: priced(`${label} until ${wallTime(until, policy.zone)}`, forMinutes(more, usdPerHour)),
      command: `extend channel ${channelId} ${untilWords(until)}`,
      seen: sessionId,
    },
  ];
}

/** Puts the flow on standby, as long as nobody needs it; asks first. */
export const stopFlowOffer = (usdPerHour: number): Button => ({
  label: priced("Stop the flow", `saves ${perHour(usdPerHour)}`),
  command: "stop flow",
  style: "danger",
  confirm: {
    title: "Stop the flow?",
    text: ["It stops only while no destination needs it; the next start takes a little longer."],
    yes: "Stop",
  },
});
