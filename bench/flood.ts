import { type ChildProcess, execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { cpuSeconds, onCore } from "./processes.ts";

const run = promisify(execFile);
const seconds = 3;
const counts = z.object({ refused: z.number(), others: z.number() });

type Signed = { body: string; headers: Record<string, string> };
type Flooding = { connections: number; signed: Signed };

/** How many requests a second are refused: such as have no signature, and such as have a wrong one. */
export async function refusals(
  bot: { child: ChildProcess; port: number },
  { connections, signed }: Flooding,
) {
  const { "content-type": type = "", ...signature } = signed.headers;
  const forged = { ...signature, "x-slack-signature": `v0=${"0".repeat(64)}` };
  const flood = async (headers: Record<string, string>) => {
    const bytes = asBytes({ body: signed.body, headers: { "content-type": type, ...headers } });
    const args = [bot.port, connections, seconds, bytes.toString("base64")].map(String);
    const [command, all] = onCore(1, [resolve(import.meta.dirname, "children/flood.mjs"), ...args]);
    const before = cpuSeconds(bot.child);
    const { refused, others } = counts.parse(JSON.parse((await run(command, all)).stdout));
    const used = before === null ? null : (cpuSeconds(bot.child) ?? 0) - before;
    return {
      "per second": Math.round(refused / seconds),
      "per second of CPU": used === null ? null : Math.round(refused / used),
      errors: others,
    };
  };
  await flood({});
  return { "unsigned flood": await flood({}), "forged flood": await flood(forged) };
}

function asBytes({ body, headers }: Signed): Buffer {
  const fields = { host: "127.0.0.1", "content-length": Buffer.byteLength(body), ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /slack/events HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}
