import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openAwsStage, serve } from "../support/aws-stage.ts";

const root = join(import.meta.dirname, "../..");
const patient = { timeout: 20_000, interval: 20 };

/** `npm run infra -- …` in a process of its own, with nothing of this machine's environment. */
function infra(words: string, environment: Record<string, string>) {
  const args = ["--import", "tsx", "infra/main.ts", ...words.split(" ")];
  const own = {
    PATH: process.env.PATH,
    HOME: join(root, "no-such-home"),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
  const child = spawn(process.execPath, args, { cwd: root, env: { ...own, ...environment } });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      said += chunk;
    });
  const ended = once(child, "close").then(([code]) => ({ code, said }));
  return { child, ended };
}

/** A local AWS whose backups never become whole; `looks` counts who waits for one. */
async function anAwsWithoutBackups() {
  const stage = await openAwsStage();
  const state = { looks: 0 };
  const server = await serve(async (request) => {
    const isLook = request.headers.get("x-amz-target")?.endsWith(".DescribeBackup") ?? false;
    if (!isLook) return stage.aws.fetch(request);
    state.looks += 1;
    return Response.json({ BackupDescription: { BackupDetails: { BackupStatus: "CREATING" } } });
  });
  onTestFinished(async () => {
    await server.close();
    await stage.close();
  });
  return { state, url: server.url };
}

/** A local AWS that counts what it is asked. */
async function anAws() {
  const stage = await openAwsStage();
  let asked = 0;
  const server = await serve((request) => {
    asked += 1;
    return stage.aws.fetch(request);
  });
  onTestFinished(async () => {
    await server.close();
    await stage.close();
  });
  return { asked: () => asked, url: server.url };
}

describe("npm run infra -- migrate", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends with 130 at %s, before anything is changed",
    async (signal) => {
      const { state, url } = await anAwsWithoutBackups();
      const environment = { AWS_REGION: "us-west-2", AWS_ENDPOINT_URL: url };
      const { child, ended } = infra("migrate --yes", environment);
      await vi.waitFor(() => expect(state.looks).toBeGreaterThan(0), patient);
      child.kill(signal);
      const { code, said } = await ended;
      expect(said).toContain("Stopped before lunora-destinations was backed up");
      expect(code).toBe(130);
    },
    40_000,
  );
});

describe("the region of a deployment", () => {
  const regions = { AWS_REGION: "us-west-2", MEDIALIVE_REGION: "eu-west-1" };

  it.each(["plan", "deploy --yes", "status", "destroy --yes"])(
    "is not guessed by %s when the environment names two",
    async (words) => {
      const { asked, url } = await anAws();
      const { ended } = infra(words, { ...regions, AWS_ENDPOINT_URL: url });
      const { code, said } = await ended;
      expect(said).toContain(
        "AWS_REGION is us-west-2 and MEDIALIVE_REGION is eu-west-1: say which of them is meant.\nAdd --region eu-west-1",
      );
      expect(code).toBe(1);
      expect(asked()).toBe(0);
    },
    40_000,
  );

  it("is what the command line says", async () => {
    const { asked, url } = await anAws();
    const { ended } = infra("status --region us-west-2", { ...regions, AWS_ENDPOINT_URL: url });
    expect(await ended).toMatchObject({ code: 0, said: expect.stringContaining("in us-west-2") });
    expect(asked()).toBeGreaterThan(0);
  }, 40_000);
});
