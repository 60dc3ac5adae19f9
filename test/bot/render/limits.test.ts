import { describe, expect, it } from "vitest";
import { blockProblems } from "../../../local/slack/block-kit.ts";
import { header, type Message, section } from "../../../src/bot/render/blocks.ts";
import { toCard } from "../../../src/bot/render/card.ts";
import { checkBlocks } from "../../../src/bot/render/check-blocks.ts";
import { homeRoom, messageRoom } from "../../../src/bot/render/fit.ts";
import { toStoryLine } from "../../../src/bot/render/notice.ts";
import { toMessage } from "../../../src/bot/render/reply.ts";
import { sendable } from "../../../src/bot/sendable.ts";
import type { Reply } from "../../../src/commands/reply.ts";
import { code, strong, text } from "../../../src/domain/text.ts";
import type { DestinationView } from "../../../src/domain/view.ts";
import { aBroadcast, aDestinationView, aNotice, siteNow } from "../../support/builders.ts";
import { memoryLog } from "../../support/memory/process.ts";
import { aView, earlier, onAir } from "../../support/views.ts";

const rule = { defaultLeaseMinutes: 240 };
const moment = { now: siteNow, zone: "UTC" };
const drawing = { ...rule, moment, room: messageRoom, role: "operator" } as const;

const hostileNames: [string, string][] = [
  ["3 000 letters", "n".repeat(3_000)],
  ["3 000 characters that are escaped", "&<>".repeat(1_000)],
  ["emoji", "😀".repeat(1_500)],
  ["control characters", "\u0000\u0007\r\n\u202E\u200B".repeat(100)],
  ["a ping", "<!channel> <@U1> @here"],
  ["formatting", "*_~`x`~_*\n> quote"],
  ["nothing", ""],
];

const site = (name: string, count: number): DestinationView[] =>
  Array.from({ length: count }, (_, index) => {
    const common = { id: `dest_${index}`, name: `${name}${count > 1 ? index : ""}` };
    return index % 2 === 0
      ? aDestinationView({ ...common, since: earlier(60), lastError: name })
      : onAir({ ...common, missing: name, by: { id: "U1", name } });
  });

/** All text in which Slack looks for markup. */
function mrkdwnOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const own =
    "type" in value && value.type === "mrkdwn" && "text" in value ? `${value.text}\n` : "";
  return own + Object.values(value).map(mrkdwnOf).join("");
}

function expectFine({ text: words, blocks }: Message) {
  expect(blockProblems(blocks, "message")).toEqual([]);
  expect(checkBlocks(blocks, messageRoom)).toEqual([]);
  expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(12_000);
  expect(mrkdwnOf(blocks)).not.toMatch(/<(?!!date\^)/);
  expect(words).not.toMatch(/[<>\n]/);
  expect(words.length).toBeGreaterThan(0);
}

describe.each(hostileNames)("a name of %s", (_, name) => {
  it.each([1, 60])("fits on the card, panel and summary of %i destinations", (count) => {
    const troubles = Array.from({ length: count }, () => name);
    const view = aView({ destinations: site(name, count), troubles });
    expectFine(toCard(view, rule));
    expectFine(toMessage({ kind: "site", view, only: null, controls: true }, drawing));
    const ended = aBroadcast({ startedAt: earlier(600), endedAt: siteNow });
    expectFine(toCard({ ...view, broadcast: ended }, rule));
  });

  it("fits into lines, buttons and the story", () => {
    const confirm = { title: name, text: text`Stop ${strong(name)}?`, yes: name || "Stop" };
    const reply: Reply = {
      kind: "lines",
      lines: Array.from({ length: 90 }, () => text`About ${strong(name)}: ${name} ${code(name)}`),
      buttons: Array.from({ length: 90 }, () => ({
        label: name.trim() || "Stop",
        command: `stop ${name}`,
        ...(name.trim() && { confirm }),
      })),
    };
    const { blocks } = toMessage(reply, drawing);
    expect(blockProblems(blocks, "message")).toEqual([]);
    const notice = aNotice({ destinationName: name, detail: name, by: { id: "U1", name } });
    expectFine(toStoryLine(notice, aView()));
  });
});

it("says how many there are no more room for, those on air first", () => {
  const { blocks } = toCard(aView({ destinations: site("Place ", 60) }), rule);
  const words = JSON.stringify(blocks);
  const rows = blocks.filter(({ type }) => type === "section").length - 1;
  expect(words).toContain(`… and ${60 - rows} more`);
  expect(words).toContain("Place 29");
  expect(words).not.toContain("Place 28");
  expect(words).toContain("started this at");
});

it("gives the Home tab more room than a message", () => {
  const view = aView({ destinations: site("Place ", 60) });
  const home = { ...drawing, room: homeRoom };
  const { blocks } = toMessage({ kind: "site", view, only: null, controls: true }, home);
  expect(blockProblems(blocks, "home")).toEqual([]);
  expect(JSON.stringify(blocks)).not.toContain("more");
});

describe("the check before sending", () => {
  it("lets plain text go out in place of blocks that Slack would refuse, and logs why", () => {
    const log = memoryLog();
    const broken: Message = { text: "All off", blocks: [header("h".repeat(151))] };
    expect(sendable(broken, log)).toEqual({ text: "All off", blocks: [] });
    expect(log.lines).toMatchObject([
      { event: "blocks-refused", fields: { wrong: "block 0: header: 151 is more than 150" } },
    ]);
  });

  it("finds empty text, doubled ids and too much of anything", () => {
    const button = { type: "button", text: { type: "plain_text", text: "Go" } } as const;
    const twice = { ...button, action_id: "run:1" };
    expect(checkBlocks([section(" ")], messageRoom)).toEqual(["block 0: section is empty"]);
    expect(checkBlocks([{ type: "actions", elements: [] }], messageRoom)).toEqual([
      "block 0: no actions",
    ]);
    expect(checkBlocks([{ type: "actions", elements: [twice, twice] }], messageRoom)).toEqual([
      "block 0: an action_id stands twice",
    ]);
    const many = Array.from({ length: 51 }, () => section("x"));
    expect(checkBlocks(many, messageRoom)).toEqual(["blocks: 51 is more than 50"]);
  });
});
