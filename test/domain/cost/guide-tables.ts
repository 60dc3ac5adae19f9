import { usdWords } from "../../../src/domain/money.ts";
import {
  advice,
  everythingUsdPerHour,
  flowUsdPerHour,
  inBudget,
  metered,
  planned,
  primary,
  social,
} from "./worked-month.ts";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const lineNames = [
  ["input", "MediaLive inputs: 5 × 100 h"],
  ["encode", "MediaLive encodes: 5 × 100 h"],
  ["flow", "MediaConnect flow"],
  ["transfer", "flow → channels: 5 × 8 Mb/s"],
  ["ingest", "into the packager: 5.128 Mb/s"],
  ["egress", "RTMP out of AWS: 4 × 6.128 Mb/s"],
] as const;

function monthTable(): string {
  const [ours, always] = [metered({}), metered({ flowHours: 730 })];
  const idle = metered({ idle: true });
  const idleUsd = usdWords(idle.parts.idleChannels + idle.parts.idleInputs);
  const both = (pick: (meter: typeof ours) => number) => [
    usdWords(pick(ours)),
    usdWords(pick(always)),
  ];
  return table(
    ["line", "flow only while streaming", "flow all month"],
    [
      ...lineNames.map(([part, name]) => [name, ...both(({ parts }) => parts[part])]),
      ["**together**", ...both(({ usd }) => usd)],
      ["idle fees (from memory)", idleUsd, idleUsd],
    ],
  );
}

const hourTable = (): string =>
  table(
    ["one more hour of", "costs"],
    [
      ["an RTMP destination", usdWords(social.totalUsdPerHour)],
      ["the primary, one rendition, without viewers", usdWords(primary.totalUsdPerHour)],
      ["the flow", usdWords(flowUsdPerHour)],
      ["everything: five destinations and the flow", usdWords(everythingUsdPerHour)],
      ["a start, however short", usdWords(social.minimumUsd)],
      ["a channel that is off, with its input", usdWords(social.idleUsdPerHour)],
    ],
  );

const planTable = (): string =>
  table(
    ["the plan said", "for", "it is", "and leaves out"],
    [
      [
        usdWords(planned.fourChannels),
        "four channels",
        "four encodes, 100 h",
        "inputs, flow, transfer, egress",
      ],
      [
        usdWords(planned.flowAndEgress),
        "the flow and several channels",
        "the flow for 720 h, and $30.00 of egress",
        "all of MediaLive",
      ],
      [
        usdWords(planned.encoders),
        "one channel with five outputs",
        "five channels: inputs and encodes, 100 h",
        "flow, transfer, egress",
      ],
      [
        usdWords(planned.secondVersion),
        "the same, corrected",
        "the flow for 720 h, $30.00, and five encodes",
        "inputs, most of the egress",
      ],
    ],
  );

const hoursWords = (hours: number) => `${hours.toFixed(1)} h`;

function budgetTable(): string {
  const { withoutIdle, withIdle, two, twoIdle } = inBudget();
  return table(
    ["$200 a month buys", "which is"],
    [
      ["five destinations together, without idle fees", hoursWords(withoutIdle)],
      ["five destinations together, idle fees paid", hoursWords(withIdle)],
      [
        "the primary and one RTMP destination for 100 h",
        `${usdWords(two)}, and ${usdWords(twoIdle)} of idle fees`,
      ],
    ],
  );
}

function leverTable(): string {
  const [ours, always, compared] = [metered({}), metered({ flowHours: 730 }), advice()];
  const night = 10 * (5 * social.encodeUsdPerHour + flowUsdPerHour);
  return table(
    ["lever", "what it is worth"],
    [
      ["the flow on standby when nothing runs", `${usdWords(always.usd - ours.usd)} a month`],
      [
        "a stop when the source is gone: one forgotten night of 10 h, without egress",
        usdWords(night),
      ],
      ["one RTMP destination less, 100 h", usdWords(100 * social.totalUsdPerHour)],
      [
        "channels of their own against one for all, everything always on",
        `${usdWords((compared?.asBuiltUsd ?? 0) - (compared?.oneChannelUsd ?? 0))} more for 100 h`,
      ],
      [
        "when channels of their own pay off",
        `from ${Math.round(compared?.breakEvenHours ?? 0)} of ${compared?.possibleHours} destination-hours off`,
      ],
    ],
  );
}

/** The tables of docs/cost-monitoring-guide.md, by the name of their markers. */
export const guideTables: Record<string, () => string> = {
  "one hour": hourTable,
  "worked month": monthTable,
  "the plan": planTable,
  "two hundred": budgetTable,
  levers: leverTable,
};
