import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeMedia } from "../support/media.ts";
import { aTakenPort, aTakenUdpPort } from "../support/ports.ts";
import { aHome, aProgram } from "../support/program.ts";

const slow = { timeout: 40_000 };

describe("npm start that cannot", slow, () => {
  it("names every bad variable in one sentence", async () => {
    const environment = {
      PORT: "http",
      LOCAL_STEP_MS: "-1",
      PATCHBAY_ZONE: "Mars/Olympus",
      SLACK_BOT_TOKEN: "hunter2",
    };
    const program = aProgram({ home: await aHome(), environment });
    const { code, lines } = await program.ended;
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^The environment has problems: .*\.$/)]);
    for (const name of Object.keys(environment)) expect(lines[0]).toContain(name);
    expect(lines[0]).not.toContain("hunter2");
  });

  it("names every Slack variable that is missing beside the one given", async () => {
    const environment = { SLACK_BOT_TOKEN: "xoxb-1" };
    const program = aProgram({ home: await aHome(), environment });
    expect(await program.ended).toMatchObject({
      code: 1,
      lines: [
        "Slack needs SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET for HTTP) and SLACK_CONVERSATION_ID.",
      ],
    });
  });

  it.each(["PORT", "LOCAL_PORT"])("says that %s is taken", async (name) => {
    const { port } = await aTakenPort();
    const program = aProgram({ home: await aHome(), environment: { [name]: String(port) } });
    const sentence = `Port ${port} is taken; set ${name} to another one.`;
    expect(await program.ended).toMatchObject({ code: 1, lines: [sentence] });
  });

  it.each(["world.json", "slack.json"])("says that %s is damaged", async (file) => {
    const home = await aHome();
    await writeFile(join(home, file), '{"channels":{"1":{}}');
    const program = aProgram({ home });
    const sentence = `The saved data in ${join(home, file)} is damaged; move this file away to start fresh.`;
    expect(await program.ended).toMatchObject({ code: 1, lines: [sentence] });
  });

  it("says that the tables are damaged", async () => {
    const home = await aHome();
    const folder = join(home, "dynamodb");
    const first = aProgram({ run: "start world", home });
    await first.consoleUrl();
    await first.kill("SIGTERM");
    const [damaged = ""] = (await readdir(folder)).filter((each) => each.startsWith("MANIFEST"));
    await writeFile(join(folder, damaged), "not a table");
    const sentence = `The saved data in ${folder} is damaged; move this folder away to start fresh.`;
    expect(await aProgram({ home }).ended).toMatchObject({ code: 1, lines: [sentence] });
  });

  it("says that another one has the data", async () => {
    const home = await aHome();
    const first = aProgram({ run: "start world", home });
    await first.consoleUrl();
    expect(await aProgram({ home }).ended).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(/^The data in .* is in use by another local world; .*\.$/)],
    });
    expect(first.isRunning()).toBe(true);
  });

  it("says that the folder of the data cannot be made", async () => {
    const home = await aHome();
    const file = join(home, "a-file");
    await writeFile(file, "");
    const program = aProgram({ home, environment: { PATCHBAY_HOME: join(file, "data") } });
    expect(await program.ended).toMatchObject({
      code: 1,
      lines: [`The folder ${join(file, "data")} cannot be made; set PATCHBAY_HOME to another one.`],
    });
  });

  it("knows no third half", async () => {
    const program = aProgram({ run: "start moon", home: await aHome() });
    expect(await program.ended).toMatchObject({
      code: 1,
      lines: ["There is no half called moon; say world, bot or nothing."],
    });
  });
});

describeMedia("npm start with real media", () => {
  it("says that the SRT port is taken", slow, async () => {
    const { port } = await aTakenUdpPort();
    const environment = { LOCAL_MEDIA: "auto", LOCAL_SRT_PORT: String(port) };
    const program = aProgram({ home: await aHome(), environment });
    expect(await program.ended).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(new RegExp(`^UDP port ${port} .* LOCAL_SRT_PORT\\.$`))],
    });
  });

  it("says that the RTMP port is taken", slow, async () => {
    const { port } = await aTakenPort();
    const environment = { LOCAL_MEDIA: "auto", LOCAL_RTMP_PORT: String(port) };
    const program = aProgram({ home: await aHome(), environment });
    expect(await program.ended).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(new RegExp(`^TCP port ${port} .* LOCAL_RTMP_PORT\\.$`))],
    });
  });
});
