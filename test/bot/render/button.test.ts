import { expect, it } from "vitest";
import { parseButtonValue } from "../../../src/bot/delivery.ts";
import { type DrawnButton, toButton } from "../../../src/bot/render/button.ts";
import { siteNow } from "../../support/builders.ts";

const moment = { now: siteNow, zone: "UTC" };
const drawn = (more: Partial<DrawnButton>) =>
  toButton({ label: "Start all 5", command: "start all", seen: null, ...more }, "0", moment);

it("counts as asked when the answer around it is the question, and then has no dialog", () => {
  const button = drawn({ asked: true });
  expect(JSON.parse(button?.value ?? "")).toEqual({ c: "start all", seen: null, ok: true });
  expect(button).not.toHaveProperty("confirm");
});

it("counts as asked when it has a dialog", () => {
  const button = drawn({ confirm: { title: "Start?", text: ["All five."], yes: "Start" } });
  expect(JSON.parse(button?.value ?? "")).toMatchObject({ ok: true });
  expect(button).toHaveProperty("confirm");
});

it("is not asked otherwise", () => {
  expect(JSON.parse(drawn({})?.value ?? "")).toEqual({ c: "start all", seen: null });
});

it("is left out when its command is too long to carry", () => {
  expect(drawn({ command: "x".repeat(3_000) })).toBeNull();
});

it("carries what was seen of twenty destinations to and fro", () => {
  const ids = Array.from({ length: 20 }, (_, at) => `dest_1795385520${800 + at}_ykp6ljwqm`);
  const seen = ids.map((_, at) => `intent_mwsfago0f2051327${10 + at}`).join(" ");
  const button = drawn({ command: `hold ${ids.join(" ")} until 2026-11-22 22:33 UTC break`, seen });
  expect(parseButtonValue(button?.value ?? null)).toMatchObject({ seen });
});
