import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { buildLambda } from "../../build.ts";
import { aFunction, functionsOf } from "../support/called.ts";
import { consoleDriver } from "../support/console-driver.ts";
import { commandBody, eventsOf, functionEnvironment } from "../support/functions.ts";
import { aStartedWorld } from "../support/started-world.ts";

const run = promisify(execFile);

/** Calls a handler of a file once. */
const caller = `
  const [file, name, event] = process.argv.slice(1);
  const functions = await import(file);
  const context = { awsRequestId: "1", getRemainingTimeInMillis: () => 40_000 };
  console.log(JSON.stringify((await functions[name](JSON.parse(event), context)) ?? null));
  process.exit(0);
`;

let folder = "";
let outputs: Awaited<ReturnType<typeof buildLambda>>["outputs"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "patchbay-built-"));
  ({ outputs } = await buildLambda(folder));
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** One cold call of a built function in a process of its own, in an empty folder with nothing of this repository. */
async function call(name: string, event: object, environment: Record<string, string>) {
  const empty = await mkdtemp(join(tmpdir(), "patchbay-empty-"));
  onTestFinished(() => rm(empty, { recursive: true, force: true }));
  const file = join(
    folder,
    name === "slack" || name === "api" ? "lambda.mjs" : "lambda-worker.mjs",
  );
  const args = ["--input-type=module", "--eval", caller, file, name, JSON.stringify(event)];
  const env = { PATH: process.env.PATH, HOME: empty, TZ: "UTC", ...environment };
  const { stdout, stderr } = await run(process.execPath, args, { cwd: empty, env });
  return { answer: JSON.parse(stdout.trim().split("\n").at(-1) ?? ""), log: stderr };
}

describe("the built functions", { timeout: 60_000 }, () => {
  it("leave a signed command to work, write its wish, and put it on air by the minute", async () => {
    const world = await aStartedWorld({ stepMs: 30 });
    const work = await aFunction();
    await functionsOf(world.url).register({ name: "work", url: work.url });
    const environment = functionEnvironment(world);
    const { functionUrl } = eventsOf(commandBody("start twitch"), Date.now());
    const { answer, log } = await call("slack", functionUrl, environment);
    expect(answer.statusCode, log).toBe(200);
    await vi.waitFor(() => expect(work.calls).toHaveLength(1));
    expect(await call("work", work.calls[0] ?? {}, environment)).toMatchObject({ answer: null });
    expect((await consoleDriver(world.url).answer())?.text).toContain("Starting Twitch");
    expect(await call("tick", {}, environment)).toMatchObject({ answer: null });
    const channels = Object.values(world.world.data.channels);
    expect(channels.find(({ platform }) => platform === "twitch")).toMatchObject({
      state: "RUNNING",
    });
  });

  it("refuse what is not signed, before anything else", async () => {
    const world = await aStartedWorld({ stepMs: 30 });
    const { httpApi } = eventsOf(commandBody("start twitch"), Date.now());
    const forged = { ...httpApi, body: `${httpApi.body}&text=stop+all` };
    const { answer } = await call("slack", forged, functionEnvironment(world));
    expect(answer.statusCode).toBe(401);
  });

  it("answer the health route", async () => {
    const world = await aStartedWorld({ stepMs: 30 });
    const http = { method: "GET", path: "/healthz", sourceIp: "127.0.0.1", protocol: "HTTP/1.1" };
    const requestContext = { http, domainName: "example.com" };
    const event = { version: "2.0", rawPath: "/healthz", rawQueryString: "", headers: {} };
    const { answer } = await call("api", { ...event, requestContext }, functionEnvironment(world));
    expect(answer.statusCode).toBe(200);
  });
});

/** The file and all that it loads at once. */
function loadedAtOnce(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const { path, kind, external } of outputs[name]?.imports ?? [])
    if (kind === "import-statement" && external !== true) loadedAtOnce(path, seen);
  return seen;
}

/** What a cold start reads from these files on: how many bytes, and from which packages. */
function read(...names: RegExp[]) {
  const files = Object.keys(outputs).filter((file) => names.some((name) => name.test(file)));
  expect(files).toHaveLength(names.length);
  const loaded = files.flatMap((file) => [...loadedAtOnce(file)].map((name) => outputs[name]));
  const inputs = loaded.flatMap((each) => Object.keys(each?.inputs ?? {}));
  const packages = inputs.flatMap((name) => /node_modules\/(@?[^/]+)/.exec(name)?.[1] ?? []);
  const bytes = loaded.reduce((sum, each) => sum + (each?.bytes ?? 0), 0);
  return { bytes, packages: [...new Set(packages)] };
}

describe("the size of the functions", () => {
  it("is 20 kB at most for what checks a request, without a line of the AWS SDK, Bolt or zod", () => {
    const { bytes, packages } = read(/\/lambda\.mjs$/);
    expect(bytes).toBeLessThan(20_000);
    expect(packages).toEqual([]);
  });

  it("is 25 kB at most for what leaves it to work, with the SDK's signer and nothing else of others", () => {
    const { bytes, packages } = read(/\/hand-over-/, /\/sign-request\.mjs$/);
    expect(bytes).toBeLessThan(25_000);
    expect(packages).toEqual(["@smithy"]);
  });

  it("is 450 kB at most as a zip", async () => {
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = names.filter((each) => each.isFile());
    const packed = await Promise.all(
      files.map(async ({ parentPath, name }) =>
        deflateRawSync(await readFile(join(parentPath, name)), { level: 9 }),
      ),
    );
    // A zip has some 150 bytes of names and sums a file.
    const bytes = packed.reduce((sum, { length }) => sum + length + 150, 0);
    expect(bytes).toBeLessThan(450_000);
  });
});
