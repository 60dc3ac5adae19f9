import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, it, onTestFinished, vi } from "vitest";
import { type Death, supervise } from "../../../local/media/supervised.ts";
import { runTethered } from "../../../local/media/tethered.ts";
import { isAlive } from "../../support/media.ts";

/** A shell program that tells its own number first. */
const shell = (script: string) => ({ program: "sh", args: ["-c", `echo $$; ${script}`] });

async function started(script: string) {
  const lines: string[] = [];
  const tethered = runTethered(shell(script), (line) => lines.push(line));
  onTestFinished(() => tethered.stop());
  await vi.waitFor(() => expect(lines).not.toEqual([]));
  return { tethered, lines, pid: Number(lines[0]) };
}

it("ends a program that ends when asked", async () => {
  const { tethered, pid } = await started("exec sleep 60");
  await tethered.stop();
  expect(await tethered.ended).toBe("was killed (signal 15)");
  expect(await isAlive(pid)).toBe(false);
});

it("kills a program that does not end when asked", async () => {
  const { tethered, pid } = await started("trap '' TERM; while :; do sleep 0.1; done");
  await tethered.stop();
  expect(await isAlive(pid)).toBe(false);
});

it("says how a program ended", async () => {
  expect(await runTethered(shell("exit 3"), () => {}).ended).toBe("ended with code 3");
  expect(await runTethered(shell("kill -9 $$"), () => {}).ended).toBe("was killed (signal 9)");
  const none = { program: "no-such-program", args: [] };
  expect(await runTethered(none, () => {}).ended).toBe("ended with code 127");
});

it("takes the program with it when its own process is killed", async () => {
  const file = new URL("../../../local/media/tethered.ts", import.meta.url).href;
  const script = `
    const { runTethered } = await import(${JSON.stringify(file)});
    const command = { program: "sh", args: ["-c", "trap '' TERM; echo $$; while :; do sleep 0.1; done"] };
    runTethered(command, (line) => console.log(line));`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  expect(await isAlive(Number(line))).toBe(true);
  child.kill("SIGKILL");
  await vi.waitFor(async () => expect(await isAlive(Number(line))).toBe(false));
});

it("starts a program again, later each time", async () => {
  const deaths: Death[] = [];
  const supervised = supervise({
    command: () => shell("exit 1"),
    onLine: () => {},
    onDeath: (death) => deaths.push(death),
  });
  onTestFinished(() => supervised.stop());
  await vi.waitFor(() => expect(deaths).toHaveLength(3), { timeout: 4_000 });
  expect(deaths.map(({ streak, retryInMs }) => [streak, retryInMs])).toEqual([
    [1, 250],
    [2, 500],
    [3, 1_000],
  ]);
});

it("takes a command that cannot be made for a death", async () => {
  const deaths: Death[] = [];
  const supervised = supervise({
    command: () => Promise.reject(new Error("disk full")),
    onLine: () => {},
    onDeath: (death) => deaths.push(death),
  });
  onTestFinished(() => supervised.stop());
  await vi.waitFor(() => expect(deaths[0]?.reason).toBe("could not be started (disk full)"));
});
