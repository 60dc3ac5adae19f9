import { type Content, saying } from "../announcement.ts";
import { strong, text } from "../text.ts";
import type { Advice } from "./advisor.ts";
import type { Period } from "./period.ts";
import { periodWords } from "./period-words.ts";

/** What a month's advice says. */
export const adviceContent = ({ verdict }: Advice, month: Period): Content =>
  saying(
    [
      text`Did a channel for each destination pay off in ${strong(periodWords(month))}?`,
      [verdict],
      ["An estimate. One channel for all cannot stop one destination without the others."],
    ],
    [{ label: "See the costs", command: `cost ${month.name}` }],
  );
