import { expect, it } from "vitest";
import { createAnswerTo } from "../../src/bot/answer-to.ts";
import type { Delivery } from "../../src/bot/delivery.ts";
import { OpsError } from "../../src/errors.ts";
import { aWorld } from "../support/world.ts";

/** What the commands were given, while deliveries cannot be claimed. */
async function ranWithout(text: string): Promise<string[]> {
  const { ports, failNext } = aWorld();
  failNext("deliveries.claim", new OpsError("aws-unavailable", "AWS does not answer."));
  const ran: string[] = [];
  const answerTo = createAnswerTo({
    ...ports,
    people: { look: () => Promise.resolve({ id: "U1", name: "Ana", role: "operator" }) },
    commands: {
      run: (line) => {
        ran.push(line.text);
        return Promise.resolve({ kind: "lines", lines: [["Done."]], buttons: [] });
      },
    },
    site: { zone: "UTC", defaultLeaseMinutes: 240 },
  });
  const delivery: Delivery = {
    kind: "command",
    key: "trigger",
    teamId: "T1",
    person: { userId: "U1", name: "Ana", teamId: null },
    place: { conversationId: "C1", responseUrl: null },
    text,
  };
  await answerTo(delivery, "T1");
  return ran;
}

it("M4 stop-wins: stops also where it cannot be told whether the delivery is new", async () => {
  expect(await ranWithout("stop twitch")).toEqual(["stop twitch"]);
});

it("starts nothing where it cannot be told whether the delivery is new", async () => {
  expect(await ranWithout("start twitch")).toEqual([]);
});
