import { describe, expect, it } from "vitest";
import { OpsError } from "../../src/errors.ts";
import { spendPart } from "../support/budget.ts";
import { ana, ben } from "../support/builders.ts";
import {
  aCommandLine,
  buttonsOf,
  inWords,
  linesOf,
  operator,
  otherOperator,
} from "../support/command-line.ts";

type Line = ReturnType<typeof aCommandLine>;
const admin = { id: "U0ADA", name: "Ada", role: "admin" as const };

const wanted = ({ world }: Line) =>
  world.destinations
    .all()
    .filter(({ desired }) => desired === "on")
    .map(({ id }) => id);

/** A site on which this part of the budget is spent. */
async function spent(part: number): Promise<Line> {
  const line = aCommandLine();
  await spendPart(line, part);
  return line;
}

/** What the conversation was asked, and the command under its button. */
function question({ world }: Line) {
  const [asked] = world.announcements.all();
  return {
    asked,
    lines: asked?.content.lines.map(inWords) ?? [],
    command: asked?.content.buttons[0]?.command ?? "",
  };
}

describe("a start when 83 % of the budget is spent", () => {
  it("waits for a second person, who is asked in the conversation", async () => {
    const line = await spent(0.835);
    const reply = await line.run("start twitch until 21:30");
    expect(linesOf(reply)[0]).toBe(
      "*Twitch*: not started yet. 83 % of the budget is spent, so a second person has to agree.",
    );
    expect(wanted(line)).toEqual([]);
    const { asked, lines } = question(line);
    expect(asked).toMatchObject({ key: expect.stringMatching(/^second_/), open: true });
    expect(lines).toEqual([
      "Ana wants to start *Twitch* until 21:30 (about $2.11). 83 % of the budget is spent, so a second person has to agree.",
    ]);
    expect(asked?.content.buttons[0]?.label).toBe("Start it · $0.85/h");
  });

  it("is done when another operator agrees, in the name of who asked", async () => {
    const line = await spent(0.835);
    await line.run("start twitch until 21:30");
    const reply = await line.run(question(line).command, {
      asker: otherOperator,
      confirmed: true,
    });
    expect(linesOf(reply)).toEqual([
      "Starting *Twitch* until 21:30. $0.85/h, about $2.11.",
      "Plus the flow: $0.16/h while anything is on.",
    ]);
    const { intent } = line.world.destinations.get("dest_twitch");
    expect(intent).toMatchObject({ by: ana, reason: "approved by Ben" });
    expect(question(line)).toMatchObject({
      asked: { open: false },
      lines: ["Ana wanted to start *Twitch*, and Ben agreed."],
      command: "",
    });
  });

  it("is not done by a second press after a stop", async () => {
    const line = await spent(0.835);
    await line.run("start twitch");
    const { command } = question(line);
    await line.run(command, { asker: otherOperator });
    await line.run("stop twitch");
    const again = await line.run(command, { asker: otherOperator });
    expect(linesOf(again)).toEqual(["That has been answered already, or is over."]);
    expect(wanted(line)).toEqual([]);
  });

  it("is not agreed to by the person who asked", async () => {
    const line = await spent(0.835);
    await line.run("start twitch");
    await expect(line.run(question(line).command)).rejects.toMatchObject({
      code: "not-allowed",
      message: "You asked for this start yourself.",
    });
    expect(wanted(line)).toEqual([]);
    expect(question(line).asked?.open).toBe(true);
  });

  it("is over after half an hour", async () => {
    const line = await spent(0.835);
    await line.run("start twitch");
    await line.world.clock.advance(30 * 60_000);
    const reply = await line.run(question(line).command, { asker: otherOperator });
    expect(linesOf(reply)[0]).toMatch(/^That was asked at .+ and is over, nothing was started/);
    expect(wanted(line)).toEqual([]);
    expect(question(line)).toMatchObject({ asked: { open: false }, command: "" });
  });

  it("M1 no-overrun: is over at the end that was asked for", async () => {
    const line = await spent(0.835);
    await line.run("start twitch for 10m");
    await line.world.clock.advance(10 * 60_000);
    const reply = await line.run(question(line).command, { asker: otherOperator });
    expect(linesOf(reply)[0]).toMatch(/^That was asked at .+ and is over, nothing was started/);
    expect(wanted(line)).toEqual([]);
  });

  it("is asked once, however often it is typed", async () => {
    const line = await spent(0.835);
    await line.run("start twitch");
    await line.run("start twitch");
    await line.run("start twitch", { asker: otherOperator });
    expect(line.world.announcements.all().map(({ content }) => content.lines.map(inWords))).toEqual(
      [[expect.stringMatching(/^Ana wants/)], [expect.stringMatching(/^Ben wants/)]],
    );
  });

  it("is no question for what is on already", async () => {
    const line = aCommandLine();
    await line.run("start twitch");
    await spendPart(line, 0.835);
    expect(linesOf(await line.run("start twitch"))[0]).toMatch(/already starting/);
    expect(line.world.announcements.all()).toEqual([]);
  });

  it("asks about all that is named as one", async () => {
    const line = await spent(0.835);
    await line.run("start all for 2h", { confirmed: true });
    expect(question(line).asked?.content.buttons[0]?.label).toBe("Start it · $4.23/h");
    await line.run(question(line).command, { asker: admin });
    expect(wanted(line)).toHaveLength(5);
  });
});

describe("a start when 96 % of the budget is spent", () => {
  it("lasts an hour at most, and says why", async () => {
    const line = await spent(0.96);
    await line.run("start twitch for 3h");
    const reply = await line.run(question(line).command, { asker: otherOperator });
    expect(linesOf(reply)[0]).toMatch(
      /^Starting \*Twitch\* until 20:00, the longest time while 96 % of the budget is spent\./,
    );
  });
});

describe("a start when the budget is spent", () => {
  it("is refused to an operator, with the figures and who can do it", async () => {
    const line = await spent(1.02);
    await expect(line.run("start twitch")).rejects.toMatchObject({
      code: "over-budget",
      message: expect.stringMatching(
        /^This month's budget is spent: \$\d+\.\d\d of \$\d+\.\d\d\. Only an admin can start now\.$/,
      ),
      hint: expect.stringContaining("/stream budget set 400"),
    });
    expect(wanted(line)).toEqual([]);
  });

  it("is done for an admin, for an hour", async () => {
    const line = await spent(1.02);
    const reply = await line.run("start twitch", { asker: admin });
    expect(linesOf(reply)[0]).toMatch(/^Starting \*Twitch\* until 20:00, the longest time/);
  });

  it("does not stand in the way of a stop", async () => {
    const line = aCommandLine();
    await line.run("start twitch");
    await spendPart(line, 1.02);
    expect(linesOf(await line.run("stop twitch"))[0]).toMatch(/^Stopping/);
  });

  it("is not agreed to by an operator who was asked before", async () => {
    const line = await spent(0.835);
    await line.run("start twitch");
    const { command } = question(line);
    await line.manager.settings.change({ budgetUsd: 1 }, ben);
    await line.manager.costs.month(0);
    await expect(line.run(command, { asker: otherOperator })).rejects.toMatchObject({
      code: "over-budget",
    });
    await line.run(command, { asker: admin });
    expect(wanted(line)).toEqual(["dest_twitch"]);
  });
});

describe("a start when the costs cannot be read", () => {
  it("is done, and says so", async () => {
    const line = aCommandLine();
    line.world.failNext("sessions.list", new OpsError("aws-unavailable", "No answer."));
    const reply = await line.run("start twitch", { asker: operator });
    expect(linesOf(reply)).toEqual([
      expect.stringMatching(/^Starting \*Twitch\* until 23:00\./),
      "Plus the flow: $0.16/h while anything is on.",
      "The budget could not be checked.",
    ]);
    expect(wanted(line)).toEqual(["dest_twitch"]);
    expect(buttonsOf(reply)).toEqual(["Stop Twitch → stop dest_twitch"]);
  });
});

it("warns of what a platform does to a long stream", async () => {
  const { run } = aCommandLine();
  expect(linesOf(await run("start youtube for 13h"))[0]).toMatch(
    /Mind: streams longer than 12 h are not archived\.$/,
  );
  expect(linesOf(await run("start youtube for 12h"))[0]).not.toMatch(/Mind/);
});
