import { describe, expect, it } from "vitest";
import { answer, choices, whoDid } from "../../src/commands/outcomes.ts";
import { text } from "../../src/domain/text.ts";
import { OpsError } from "../../src/errors.ts";
import type { Outcome } from "../../src/manager/intents.ts";
import { aDestination, anIntent, siteNow } from "../support/builders.ts";
import { buttonsOf, inWords, linesOf } from "../support/command-line.ts";

const anOutcome = (overrides: Partial<Outcome> = {}): Outcome => ({
  destination: aDestination(),
  result: "accepted",
  error: null,
  cappedBy: null,
  ...overrides,
});
const refused = new OpsError("conflict", "YouTube is busy.");
const done = () => text`done`;

describe("the answer to a wish", () => {
  it("is the error itself when the only destination was refused", () => {
    const only = anOutcome({ result: "refused", error: refused });
    expect(() => answer([only], done, { verb: "stop" })).toThrow(refused);
  });

  it("is a line each otherwise, without a loose end where there is no hint", () => {
    const destination = aDestination({ platform: "youtube" });
    const reply = answer(
      [anOutcome(), anOutcome({ destination, result: "refused", error: refused })],
      done,
      { verb: "stop" },
    );
    expect(linesOf(reply)).toEqual(["done", "*YouTube* was left alone: YouTube is busy."]);
    expect(buttonsOf(reply)).toEqual(["Stop Twitch → stop dest_twitch"]);
  });

  it("has no way back when nothing was done", () => {
    expect(buttonsOf(answer([anOutcome({ result: "already" })], done, { verb: "stop" }))).toEqual(
      [],
    );
  });
});

describe("the way back", () => {
  it("asks first, and knows the intent that it belongs to", () => {
    const destination = aDestination({ intent: anIntent({ id: "intent_7" }) });
    expect(answer([anOutcome({ destination })], done, { verb: "start" })).toMatchObject({
      buttons: [
        {
          label: "Start Twitch again",
          seen: "intent_7",
          confirm: { title: "Start Twitch again?", yes: "Start" },
        },
      ],
    });
  });

  it("names all that it undoes", () => {
    const youtube = aDestination({ platform: "youtube" });
    const outcomes = [anOutcome(), anOutcome({ destination: youtube })];
    expect(answer(outcomes, done, { verb: "stop" })).toMatchObject({
      buttons: [
        {
          label: "Stop these 2",
          confirm: { text: ["Twitch, YouTube go off; everything else stays as it is."] },
        },
      ],
    });
  });
});

describe("who did it", () => {
  it.each([
    [0, "just now"],
    [9, "just now"],
    [-60, "just now"],
    [10, "10 s ago"],
    [300, "5 min ago"],
  ])("is said with the time after %i s: %s", (seconds, when) => {
    const now = new Date(siteNow.getTime() + seconds * 1_000);
    expect(inWords(whoDid(anIntent(), "started", now))).toBe(`: Ana started it ${when}`);
  });
});

describe("choices", () => {
  const offer = (names: readonly string[], others = "") => {
    const found = names.map((name, index) => aDestination({ id: `dest_${index}`, name }));
    const unclear = { kind: "unclear", word: "twitch", choices: found, others } as const;
    return choices(unclear, (words) => `start ${words} for 2h`);
  };

  it("are buttons that carry the rest of the command", () => {
    const reply = offer(["Main", "Second"], "dest_youtube");
    expect(linesOf(reply)).toEqual(["“twitch” could be any of these. Which one?"]);
    expect(buttonsOf(reply)).toEqual([
      "Main → start dest_0 dest_youtube for 2h",
      "Second → start dest_1 dest_youtube for 2h",
    ]);
  });

  it("tell two of the same name apart by their ids", () => {
    const labels = buttonsOf(offer(["Main", "Main", "Other"])).map((each) => each.split(" →")[0]);
    expect(labels).toEqual(["Main (dest_0)", "Main (dest_1)", "Other"]);
  });

  it("are twenty at most", () => {
    expect(
      buttonsOf(offer(Array.from({ length: 30 }, (_, index) => `Stage ${index}`))),
    ).toHaveLength(20);
  });
});
