import type { Drift } from "../domain/drift.ts";
import type { Facts } from "../domain/facts.ts";
import { type Text, text } from "../domain/text.ts";
import { OpsError } from "../errors.ts";
import { drift } from "../manager/drift.ts";
import type { Command } from "./command.ts";
import { hourlyIn, moneyOf, readable } from "./money.ts";

/** Brings AWS in line now, and says what was not as it should be. */
export const sync: Command = {
  verb: "sync",
  usage: "sync",
  summary: "Compare with AWS now, put it right, and say what was off",
  example: "sync",
  role: "operator",
  async run(args, context) {
    if (args !== "")
      throw new OpsError("invalid-input", "A sync is always of the whole site.", {
        hint: "Type `/stream sync`.",
      });
    const { facts, reconcile, policy, costs } = context;
    const { steps, view } = await reconcile();
    const now = await facts();
    const usdPerHour = hourlyIn(await moneyOf(now.destinations, context));
    const strangerUsdPerHour = await readable(costs.strangerUsdPerHour());
    const drifts = drift(now, { policy, now: view.at, usdPerHour, strangerUsdPerHour });
    return {
      kind: "lines",
      lines: [
        seenLine(now),
        doneLine(steps),
        ...drifts.flatMap(({ lines }) => lines),
        ...(drifts.length === 0 ? [text`Nothing is there that nobody asked for.`] : []),
        ...view.troubles.map((trouble) => [trouble]),
      ],
      buttons: drifts.flatMap(({ buttons }: Drift) => buttons),
    };
  },
};

function doneLine(steps: number | null): Text {
  if (steps === null) return text`What is not as people asked is put right within a minute.`;
  return steps === 0
    ? text`AWS is as people asked: there was nothing to do.`
    : text`Asked AWS for ${steps} ${steps === 1 ? "change" : "changes"} to make it so.`;
}

function seenLine({ channels, flow, destinations }: Facts): Text {
  const seen = channels === null ? "no channels could be read" : `${channels.size} channels`;
  const flowWords = flow === null ? "unreadable" : typeof flow === "string" ? flow : flow.state;
  return text`Looked at AWS: ${seen}, the flow is ${flowWords.replace("-", " ")}, ${destinations.length} destinations.`;
}
