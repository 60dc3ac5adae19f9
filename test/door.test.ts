import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";

const childFile = fileURLToPath(new URL("./support/door-child.ts", import.meta.url));
const patient = { timeout: 15_000, interval: 10 };

/** A process that behaves like this behind the door, with all it says. */
function aProcess(behaviour: string) {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", childFile, behaviour]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      said += chunk;
    });
  const closed = once(child, "close");
  return {
    says: (words: string) => vi.waitFor(() => expect(said).toContain(words), patient),
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    goOn: () => child.stdin?.write("\n"),
    /** Everything it said and how it ended. */
    end: async () => {
      const [code, signal] = await closed;
      return { said: said.trim().split("\n"), code, signal };
    },
  };
}

describe("a process behind the door", { timeout: 20_000 }, () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "closes what it opened on %s and exits 0",
    async (signal) => {
      const child = aProcess("works");
      await child.says("open");
      child.signal(signal);
      expect(await child.end()).toEqual({ said: ["open", "closed"], code: 0, signal: null });
    },
  );

  it.each([
    ["SIGTERM", "SIGTERM"],
    ["SIGINT", "SIGTERM"],
  ] as const)("is hurried by a second signal: %s, %s", async (first, second) => {
    const child = aProcess("closes never");
    await child.says("open");
    child.signal(first);
    await child.says("closing");
    const hurrying = setInterval(() => child.signal(second), 100);
    const hurried = performance.now();
    expect(await child.end()).toEqual({ said: ["open", "closing"], code: 0, signal: null });
    clearInterval(hurrying);
    expect(performance.now() - hurried).toBeLessThan(4_000);
  });

  it("takes one key press for one signal, although npm passes it on as well", async () => {
    const child = aProcess("closes slowly");
    await child.says("open");
    child.signal("SIGINT");
    // Another one than the first, because two of the same may become one on the way.
    child.signal("SIGTERM");
    await child.says("closing");
    child.goOn();
    expect(await child.end()).toMatchObject({ said: ["open", "closing", "closed"], code: 0 });
  });

  it("tells what is opening that it should end", async () => {
    const child = aProcess("opens until told");
    await child.says("opening");
    child.signal("SIGTERM");
    expect(await child.end()).toMatchObject({ said: ["opening", "told", "open", "closed"] });
  });

  it("does not wait for ever for what does not close", async () => {
    const child = aProcess("closes never");
    await child.says("open");
    child.signal("SIGTERM");
    await child.says("closing");
    expect(await child.end()).toMatchObject({ code: 0, signal: null });
  });

  it("closes what was still opening when the signal came", async () => {
    const child = aProcess("opens slowly");
    await child.says("opening");
    child.signal("SIGTERM");
    child.goOn();
    expect(await child.end()).toEqual({
      said: ["opening", "open", "closed"],
      code: 0,
      signal: null,
    });
  });

  it("says in one sentence why it cannot open, and exits 1", async () => {
    expect(await aProcess("opens badly").end()).toEqual({
      said: ["Port 4300 is taken; set PORT to another one."],
      code: 1,
      signal: null,
    });
  });

  it("shows nothing of what is not even an error", async () => {
    expect(await aProcess("throws no error").end()).toMatchObject({
      said: ["Something went wrong."],
      code: 1,
    });
  });

  it("exits 1 with a sentence when closing fails", async () => {
    const child = aProcess("closes badly");
    await child.says("open");
    child.signal("SIGTERM");
    expect(await child.end()).toMatchObject({
      said: ["open", "The table cannot be reached."],
      code: 1,
    });
  });

  it.each(["loses its connection", "throws in a callback"])(
    "ends at once, with a sentence and no more, when it %s",
    async (behaviour) => {
      const child = aProcess(behaviour);
      await child.says("open");
      child.goOn();
      expect(await child.end()).toMatchObject({
        said: ["open", "The connection is gone."],
        code: 1,
      });
    },
  );
});
