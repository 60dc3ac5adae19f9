import { join } from "node:path";
import { ListBackupsCommand } from "@aws-sdk/client-dynamodb";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { migrateCommand } from "../../../infra/migrate/main.ts";
import { createAwsClients } from "../../../src/aws/clients.ts";
import { type AwsStage, openAwsStage } from "../../support/aws-stage.ts";
import { memoryIds } from "../../support/memory/process.ts";
import { waitingClock } from "../../support/migration.ts";

const clock = waitingClock();

let stage: AwsStage;
beforeAll(async () => {
  stage = await openAwsStage();
});
afterAll(() => stage.close());

const here = { AWS_REGION: "us-west-2" };
/** Channels of the local world. */
const withChannels = { ...here, YOUTUBE_CHANNEL_ID: "4710002", TWITCH_CHANNEL_ID: "4710003" };

type Ways = { environment?: Record<string, string>; answer?: boolean };

/** What `npm run infra -- migrate …` says to an operator of the local world, and its exit code. */
async function run(args: string, { environment = here, answer }: Ways = {}) {
  const said: string[] = [];
  const asked: string[] = [];
  const code = await migrateCommand(args.split(" ").filter(Boolean), {
    environment,
    clock,
    ids: memoryIds(),
    say: (line) => void said.push(line),
    ask:
      answer === undefined
        ? null
        : async (question) => {
            asked.push(question);
            return answer;
          },
    aws: { endpoint: stage.url, credentials: { accessKeyId: "local", secretAccessKey: "local" } },
  });
  return { code, text: said.join("\n"), asked };
}

const rows = async () => {
  const clients = createAwsClients(stage.options);
  const { Items = [] } = await clients.dynamoDb.send(
    new ScanCommand({ TableName: "lunora-destinations" }),
  );
  clients.close();
  return Items;
};

const backups = async () => {
  const clients = createAwsClients(stage.options);
  const { BackupSummaries = [] } = await clients.dynamoDb.send(new ListBackupsCommand({}));
  clients.close();
  return BackupSummaries.length;
};

/** One story on one world: what is done first is there afterwards. */
describe("npm run infra -- migrate", () => {
  it("goes from a dry run over a question to the migration and back", async () => {
    const before = await rows();

    const dry = await run("--dry-run");
    expect(dry).toMatchObject({ code: 0, asked: [] });
    expect(dry.text).toContain("The tables lunora-destinations and lunora-presets in us-west-2:");
    expect(dry.text).toContain("lunora-destinations: 6 rows, 0 complete; 6 to add to.");
    expect(dry.text).toMatch(/YouTube \(dest_\w+\): channel_status idle, last_channel_sync NULL/);
    expect(dry.text).toContain("rows get theirs when this runs again after the deployment");

    const nobody = await run("");
    expect(nobody.code).toBe(1);
    expect(nobody.text).toMatch(/Nothing is done: add --yes to do it\.$/);
    const no = await run("", { answer: false });
    expect(no).toMatchObject({ code: 1, asked: ["Do it? (y/N) "] });
    expect(await rows()).toEqual(before);
    expect(await backups()).toBe(0);

    const done = await run("", { answer: true, environment: withChannels });
    expect(done.code).toBe(0);
    expect(done.text).toContain("lunora-destinations: added to 6 of 6 rows.");
    expect(done.text).toContain("lunora-presets: 7 presets added to 0.");
    expect(done.text).toMatch(/13 rows changed\..*migrate --undo takes it back\.$/);
    expect(done.text).not.toContain("arn:");
    expect(await backups()).toBe(2);

    const again = await run("--yes");
    expect(again).toMatchObject({ code: 0, asked: [] });
    expect(again.text).toMatch(/Nothing is lacking\.$/);

    const dryUndo = await run("--undo --dry-run");
    expect(dryUndo.text).toContain("6 of 6 rows that the migration had added to.");
    const undone = await run("--undo --yes");
    expect(undone.text).toContain("Taken back:");
    expect(await rows()).toEqual(before);
    expect((await run("--undo")).text).toMatch(/There is nothing of the migration to take back\.$/);
  }, 20_000);

  it("gives rows the dedicated channel that is named, and never the shared one", async () => {
    const { text } = await run("--dry-run", {
      environment: { ...withChannels, MEDIALIVE_CHANNEL_ID: withChannels.TWITCH_CHANNEL_ID },
    });
    expect(text).toMatch(
      new RegExp(`YouTube .*: medialive_channel_id ${withChannels.YOUTUBE_CHANNEL_ID},`),
    );
    expect(text).toMatch(/Twitch .*: medialive_channel_id NULL,/);
  });

  it("says that a table without rows may be in another region", async () => {
    const DESTINATIONS_TABLE = await stage.table("destination_id");
    const { text } = await run("--dry-run", { environment: { ...here, DESTINATIONS_TABLE } });
    expect(text).toContain(
      `${DESTINATIONS_TABLE}: there are no rows in it; is us-west-2 its region?`,
    );
  });

  it("tells every option", async () => {
    const { code, text } = await run("--help");
    expect(code).toBe(0);
    for (const option of ["--dry-run", "--undo", "--yes", "--region", "--project"])
      expect(text).toContain(option);
  });
});

describe("what cannot be", () => {
  it.each([
    { args: "--dryrun", message: "Unknown option '--dryrun'." },
    { args: "now", message: /^Unexpected argument 'now'/ },
    {
      args: "--region us-west2",
      message: "That is not a region; a valid example: --region us-west-2",
    },
  ])("refuses $args", async ({ args, message }) => {
    await expect(run(args)).rejects.toMatchObject({
      code: "invalid-input",
      message: typeof message === "string" ? message : expect.stringMatching(message),
      hint: "npm run infra -- migrate --help lists every option.",
    });
  });

  it("asks for a region", async () => {
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"])
      vi.stubEnv(name, undefined);
    for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"])
      vi.stubEnv(name, join(import.meta.dirname, "no-such-file"));
    await expect(run("--dry-run", { environment: {} })).rejects.toMatchObject({
      code: "not-configured",
      message: "AWS needs a region.",
    });
  });

  it("names a stack that does not exist", async () => {
    const environment = { ...here, PATCHBAY_STACKS: "no-such-stack" };
    await expect(run("--dry-run", { environment })).rejects.toMatchObject({
      message: "There is no stack named no-such-stack in this account and region.",
    });
  });

  it("names a table that does not exist", async () => {
    const environment = { ...here, PRESETS_TABLE: "no-such-table" };
    await expect(run("--yes", { environment })).rejects.toMatchObject({
      message: "There is no table named no-such-table in this account and region.",
      hint: expect.stringContaining("PRESETS_TABLE"),
    });
  });

  it("explains credentials and regions that AWS does not accept", async () => {
    await expect(run("--dry-run --region eu-west-1")).rejects.toMatchObject({
      message: expect.stringContaining("AWS does not accept patchbay's credentials"),
    });
  });
});
